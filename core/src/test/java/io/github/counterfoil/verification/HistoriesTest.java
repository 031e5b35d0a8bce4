package io.github.counterfoil.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.error.DatabaseFailure;
import io.github.counterfoil.testing.Chance;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Random histories: what the functions of the schema stored is what the fold in Java makes of the history, for both sides.
 * A longer run: {@code -Dcounterfoil.histories=200000}.
 */
@ExtendWith(Chance.class)
class HistoriesTest {
    private static final int HISTORIES = Integer.getInteger("counterfoil.histories", 300);
    private static final int THREADS = 2;
    private static final int BATCH = 1_000;

    @Test
    void every_ticket_is_what_its_history_makes_of_it() throws Exception {
        System.out.println("histories: " + HISTORIES + ", seed " + Chance.seed());
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<Long>> batches = new ArrayList<>();
            for (int first = 0; first < HISTORIES; first += BATCH) {
                int from = first;
                batches.add(() -> play(from, Math.min(from + BATCH, HISTORIES)));
            }
            long verified = 0;
            for (Future<Long> batch : threads.invokeAll(batches)) {
                verified += batch.get();
            }
            assertThat(verified).isEqualTo(HISTORIES);
        } finally {
            threads.shutdown();
        }
    }

    private static long play(int from, int to) {
        try (HistoriesWorld world = new HistoriesWorld()) {
            return play(world, from, to);
        }
    }

    private static long play(HistoriesWorld world, int from, int to) {
        for (int history = from; history < to; history++) {
            try {
                RandomHistory.play(world, Chance.seed() + history);
            } catch (AssertionError e) {
                throw new AssertionError("history " + history + " of seed " + Chance.seed(), e);
            }
        }
        VerificationReport report = world.team.tickets().verifyAll();
        assertThat(report.discrepancies()).isEmpty();
        return report.tickets();
    }

    /** What a fault in the SQL that writes would store is found, or cannot even be read. */
    @Tag("planted")
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ticket | update | new.tags := old.tags",
                "ticket | update | new.tags := array(select t from unnest(new.tags) t order by t desc)",
                "ticket | update | new.custom_fields := old.custom_fields",
                "ticket | update | new.customer_id := old.customer_id",
                "ticket | update | new.beginning := old.beginning",
                "ticket | update | new.beginning := old.beginning || new.beginning",
                "ticket | update | new.beginning := new.beginning - 'custom_fields'",
                "ticket | update | new.public_updated_at := new.updated_at",
                "ticket | update | new.last_public_seq := new.last_seq",
                "ticket | update | if new.closed_seq > 1 then new.closed_seq := new.closed_seq - 1; end if",
                "ticket_event | insert | if new.public_at is not null then new.public_at := new.created_at; end if",
                "ticket_event | insert | if new.public_seq is not null then new.public_seq := new.seq; end if",
                "ticket_event | insert | if new.type = 'message' then new.public_seq := null; new.public_at := null; end if",
                "ticket_event | insert | new.body := new.body - 'old_value'",
                "ticket_assignment | insert | new.assigned_at := new.assigned_at + interval '1 microsecond'",
                "ticket_resolution | insert | new.title := 'Other'",
                "ticket_fact | insert | new.at := new.at + interval '1 microsecond'",
                "ticket_fact | insert | if new.kind = 'reopened' then return null; end if",
                "ticket_feedback | insert | new.submitted_at := new.submitted_at + interval '1 microsecond'",
            })
    void a_planted_fault_is_found(String table, String when, String fault) {
        try (HistoriesWorld world = new HistoriesWorld()) {
            world.plant(table, when, fault);
            assertThatThrownBy(() -> play(world, 0, 100)).isInstanceOfAny(AssertionError.class, DatabaseFailure.class);
        }
    }
}
