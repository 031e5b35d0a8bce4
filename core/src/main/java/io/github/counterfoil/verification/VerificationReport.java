package io.github.counterfoil.verification;

import io.github.counterfoil.internal.given.Given;
import io.github.counterfoil.json.AsJson;
import java.util.List;
import java.util.UUID;

/**
 * What a verification found.
 *
 * @param tickets how many tickets were looked at
 * @param discrepancies by ticket; empty if every ticket is what its history says
 */
public record VerificationReport(long tickets, List<Discrepancy> discrepancies) implements AsJson {
    public VerificationReport {
        discrepancies = Given.list("discrepancies", discrepancies);
    }

    /**
     * One thing about a ticket that is not what its history says; without the values, which may be private.
     *
     * @param ticketId the ticket
     * @param seq the event that does not fit, or that a row does not fit to; 0 if it is the ticket as a whole
     * @param subject where it stands: {@code ticket.status}, {@code ticket_event.created_at}, {@code ticket_assignment}, …
     * @param code what is wrong with it: {@code differs}, {@code missing}, {@code unexpected}, {@code not_current},
     *     {@code out_of_order}
     */
    public record Discrepancy(UUID ticketId, int seq, String subject, String code) implements AsJson {
        @Override
        public String toString() {
            return "ticket " + ticketId + (seq == 0 ? "" : ", event " + seq) + ": " + subject + " " + code;
        }
    }
}
