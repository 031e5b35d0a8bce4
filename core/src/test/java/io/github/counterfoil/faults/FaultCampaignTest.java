package io.github.counterfoil.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.testing.Chance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

/** Hosts at work while everything around them fails. A longer run: {@code -Dcounterfoil.faults=10000}. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no signals to stop a process with")
@ExtendWith(Chance.class)
class FaultCampaignTest {
    private static final int FAULTS = Integer.getInteger("counterfoil.faults", 50);

    @Test
    void nothing_is_lost_doubled_half_done_or_misreported() {
        Report report = new Campaign(Chance.seed(), FAULTS).run();
        System.out.println(report);
        assertThat(report.findings().isEmpty()).as(report.toString()).isTrue();
        assertThat(report.faults()).isPositive();
    }
}
