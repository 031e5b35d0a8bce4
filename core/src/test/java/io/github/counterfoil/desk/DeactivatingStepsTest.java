package io.github.counterfoil.desk;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.EVE;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static io.github.counterfoil.testing.SupportTeam.TOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.error.CounterfoilException;
import io.github.counterfoil.error.NotAllowed;
import io.github.counterfoil.error.OutcomeUnknown;
import io.github.counterfoil.event.Author;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.NewTicket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A worker with many open tickets is deactivated in steps, a hundred tickets each. */
class DeactivatingStepsTest {
    private static final UUID COMMAND = UUID.fromString("00000000-0000-4000-8000-0000000000c1");
    private static final int TICKETS = 250;

    @AutoClose
    private final TestDatabase database = TestDatabase.withSchema();

    private final SupportTeam team = SupportTeam.in(database);

    /** In the order in which they are freed. */
    private List<UUID> toms() {
        List<UUID> ids = IntStream.range(0, TICKETS)
                .mapToObj(n -> UUID.randomUUID())
                .sorted(Comparator.comparing(UUID::toString))
                .toList();
        Instant at = Instant.parse("2026-01-01T00:00:00Z");
        List<ImportedTicket> tickets = ids.stream()
                .map(id -> ImportedTicket.of(id, NewTicket.of("Title", "Text"), ADA, at)
                        .events(List.of(new TicketEvent.AssignmentAdded(
                                new TicketEvent.Header(
                                        UUID.randomUUID(),
                                        id,
                                        1,
                                        at.plusSeconds(1),
                                        new Author(JANE, "Jane", "Smith", Role.AGENT),
                                        Visibility.PUBLIC),
                                TOM))))
                .toList();
        assertThat(team.tickets().imports().run(tickets.iterator()).imported()).isEqualTo(TICKETS);
        return ids;
    }

    private String left() {
        return database.value("select count(*) from counterfoil.ticket_assignment where worker_id = '" + TOM + "'");
    }

    @Test
    void from_the_first_step_on_the_worker_does_nothing_and_the_same_call_goes_on_where_it_stopped()
            throws SQLException {
        List<UUID> ids = toms();
        try (Connection other = holding(ids.get(220))) {
            assertThatThrownBy(() -> impatient().admin(EVE).deactivate(TOM, COMMAND))
                    .isInstanceOfSatisfying(
                            OutcomeUnknown.class, e -> assertThat(e.commandId()).contains(COMMAND));
            other.rollback();
        }
        assertThat(left()).as("two steps of a hundred were done").isEqualTo("50");
        assertThatThrownBy(() -> team.tom().on(ids.get(0)).note("Still here")).isInstanceOf(NotAllowed.class);
        assertThat(team.tickets().admin(EVE).deactivate(TOM, COMMAND)).containsExactlyElementsOf(ids);
        assertThat(left()).isEqualTo("0");
        assertThat(team.tickets().admin(EVE).deactivate(TOM, COMMAND)).containsExactlyElementsOf(ids);
        assertThat(team.tickets().verifyAll().discrepancies()).isEmpty();
    }

    @Test
    void so_does_another_call_and_frees_what_is_left() throws SQLException {
        List<UUID> ids = toms();
        try (Connection other = holding(ids.get(120))) {
            assertThatThrownBy(() -> impatient().admin(EVE).deactivate(TOM)).isInstanceOf(CounterfoilException.class);
            other.rollback();
        }
        assertThat(team.tickets().admin(EVE).deactivate(TOM)).containsExactlyElementsOf(ids.subList(100, TICKETS));
    }

    @Test
    void who_is_reactivated_meanwhile_keeps_the_rest() throws SQLException {
        List<UUID> ids = toms();
        try (Connection other = holding(ids.get(120))) {
            assertThatThrownBy(() -> impatient().admin(EVE).deactivate(TOM, COMMAND))
                    .isInstanceOf(OutcomeUnknown.class);
            other.rollback();
        }
        team.tickets().admin(EVE).reactivate(TOM);
        assertThat(team.tickets().admin(EVE).deactivate(TOM, COMMAND)).containsExactlyElementsOf(ids.subList(0, 100));
        assertThat(left()).isEqualTo("150");
    }

    @Test
    void who_is_erased_meanwhile_is_deactivated_to_the_end_and_the_report_is_whole() throws SQLException {
        List<UUID> ids = toms();
        try (Connection other = holding(ids.get(120))) {
            assertThatThrownBy(() -> impatient().admin(EVE).deactivate(TOM, COMMAND))
                    .isInstanceOf(OutcomeUnknown.class);
            other.rollback();
        }
        team.tickets().admin(EVE).erase(TOM);
        assertThat(team.tickets().admin(EVE).deactivate(TOM, COMMAND)).containsExactlyElementsOf(ids);
    }

    private TicketService impatient() {
        return team.tickets().within(Duration.ofSeconds(2));
    }

    private Connection holding(UUID ticket) throws SQLException {
        Connection connection = database.dataSource().getConnection();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("select from counterfoil.ticket where id = '" + ticket + "' for update");
        }
        return connection;
    }
}
