package io.github.counterfoil.desk;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.BOB;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.Ticket;
import io.github.counterfoil.ticket.TicketSnapshot;
import io.github.counterfoil.ticket.TicketStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tickets as they were. */
@Tag("storage")
class PastTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void at_every_version_and_moment_a_ticket_is_rebuilt_as_it_was() {
        try (TestDatabase database = TestDatabase.withSchema()) {
            AtomicReference<Instant> clock = new AtomicReference<>(START);
            SupportTeam team = SupportTeam.registered(TicketService.builder(database.connections())
                    .clock(clock::get)
                    .build());
            UUID id = team.ticket();
            AgentDesk jane = team.jane();
            List<Ticket> past = new ArrayList<>(List.of(jane.on(id).ticket()));
            for (Runnable step : List.<Runnable>of(
                    () -> jane.on(id).changePriority(Priority.HIGH),
                    () -> jane.on(id).assign(JANE),
                    () -> jane.on(id).setField("serial", "A-1"),
                    () -> jane.on(id).tag("fire", "vip"),
                    () -> jane.on(id).changeTitle("Printer smokes"),
                    () -> jane.on(id).untag("fire"),
                    () -> jane.on(id).setField("serial", JsonValue.of(2)),
                    () -> jane.on(id).moveToCustomer(BOB),
                    () -> jane.on(id).close(),
                    () -> jane.on(id).unassign(JANE),
                    () -> jane.on(id).changeDescription("Less than we thought."))) {
                clock.updateAndGet(now -> now.plus(Duration.ofHours(1)));
                step.run();
                past.add(jane.on(id).ticket());
            }
            for (Ticket then : past) {
                assertSame(jane.on(id).at(then.version()), then);
                assertSame(jane.on(id).at(then.updatedAt()), then);
                assertSame(jane.on(id).at(then.updatedAt().plus(Duration.ofMinutes(59))), then);
            }
            assertThat(jane.on(id).at(0).customerId()).isEqualTo(ADA);
            assertThat(jane.on(id).at(2).status())
                    .as("between two events of one command")
                    .isEqualTo(TicketStatus.NEW);
            assertThatThrownBy(() -> jane.on(id).at(START.minusMillis(1))).hasMessage("moment.before_creation");
            assertThatThrownBy(() -> jane.on(id).at(99)).hasMessageStartingWith("version.out_of_range");
            assertThatThrownBy(() -> jane.on(UUID.randomUUID()).at(0)).hasMessageStartingWith("no ticket");
        }
    }

    private static void assertSame(TicketSnapshot snapshot, Ticket then) {
        assertThat(snapshot.version()).isEqualTo(then.version());
        assertThat(snapshot.at()).isEqualTo(then.updatedAt());
        assertThat(snapshot.title()).isEqualTo(then.title());
        assertThat(snapshot.description()).isEqualTo(then.description());
        assertThat(snapshot.status()).isEqualTo(then.status());
        assertThat(snapshot.priority()).isEqualTo(then.priority());
        assertThat(snapshot.customerId()).isEqualTo(then.customerId());
        assertThat(Set.copyOf(snapshot.tags())).isEqualTo(Set.copyOf(then.tags()));
        assertThat(Map.copyOf(snapshot.customFields())).isEqualTo(then.customFields());
        assertThat(snapshot.assigneeIds())
                .isEqualTo(then.assignedTo().stream().map(Ticket.Assignee::id).toList());
    }
}
