package io.github.counterfoil.verification;

import java.util.List;

/**
 * What a verification found.
 *
 * @param tickets how many tickets were looked at
 * @param discrepancies by ticket; empty if every ticket is what its history says
 */
public record VerificationReport(long tickets, List<Discrepancy> discrepancies) {
    public VerificationReport {
        discrepancies = List.copyOf(discrepancies);
    }
}
