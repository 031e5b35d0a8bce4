package io.github.counterfoil.desk;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.EVE;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static io.github.counterfoil.testing.SupportTeam.TOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.command.Command;
import io.github.counterfoil.error.Conflict;
import io.github.counterfoil.error.NotAllowed;
import io.github.counterfoil.error.PersonNotFound;
import io.github.counterfoil.event.CustomerEvent;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.people.NewCustomer;
import io.github.counterfoil.people.WorkerRole;
import io.github.counterfoil.testing.Background;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.Ticket;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What administrators may do and agents may not. */
@Tag("storage")
class AdminDeskTest {
    @AutoClose
    private final TestDatabase database = TestDatabase.withSchema();

    private final SupportTeam team = SupportTeam.in(database);
    private final AdminDesk eve = team.tickets().admin(EVE);

    @Test
    void a_deactivated_worker_is_freed_of_open_tickets_each_with_its_event_and_keeps_the_past() {
        UUID open = team.ticket();
        UUID closed = team.ticket();
        team.jane().on(open).assign(TOM);
        team.jane().on(open).assign(JANE);
        team.jane().on(closed).assign(TOM);
        team.jane().on(closed).close();

        assertThat(eve.deactivate(TOM)).containsExactly(open);

        assertThat(team.jane().on(open).ticket().assignedTo())
                .extracting(Ticket.Assignee::id)
                .containsExactly(JANE);
        assertThat(team.jane().on(closed).ticket().assignedTo())
                .extracting(Ticket.Assignee::id)
                .containsExactly(TOM);
        TicketEvent last =
                team.jane().on(open).history(PageRequest.newestFirst(1)).items().get(0);
        assertThat(last).isInstanceOf(TicketEvent.AssignmentRemoved.class);
        assertThat(last.author().id()).isEqualTo(EVE);
        assertThat(database.value("select cardinality(assigned_tickets) || ' ' || jsonb_array_length(ticket_history) "
                        + "from counterfoil.workers where email = 'tom@example.com'"))
                .isEqualTo("0 1");
        assertThat(team.tickets().verifyAll().discrepancies()).isEmpty();
        assertThat(eve.deactivate(TOM)).as("once more changes nothing").isEmpty();
    }

    @Test
    void a_deactivated_worker_may_do_nothing_and_be_assigned_nothing_until_reactivated() {
        UUID id = team.ticket();
        eve.deactivate(TOM);
        for (Runnable call : List.<Runnable>of(
                () -> team.tom().on(id).ticket(),
                () -> team.tom().on(id).note("Still here"),
                () -> team.tom().on(id).history(PageRequest.newestFirst(1)))) {
            assertThatThrownBy(call::run)
                    .isInstanceOfSatisfying(
                            NotAllowed.class, e -> assertThat(e.code()).isEqualTo("actor.unknown"));
        }
        assertThatThrownBy(() -> team.jane().on(id).assign(TOM)).isInstanceOf(PersonNotFound.class);
        assertThat(team.tickets().people().worker(TOM).orElseThrow().active()).isFalse();

        eve.reactivate(TOM);
        team.jane().on(id).assign(TOM);
        assertThat(team.tom().on(id).ticket().assignedTo()).hasSize(1);
    }

    @Test
    void only_an_active_administrator_decides_who_works() {
        for (UUID other : List.of(JANE, ADA, UUID.randomUUID())) {
            AdminDesk desk = team.tickets().admin(other);
            for (Runnable call : List.<Runnable>of(
                    () -> desk.deactivate(TOM),
                    () -> desk.reactivate(TOM),
                    () -> desk.changeRole(JANE, WorkerRole.ADMIN))) {
                assertThatThrownBy(call::run)
                        .isInstanceOfSatisfying(
                                NotAllowed.class, e -> assertThat(e.code()).isEqualTo("actor.not_admin"));
            }
        }
        eve.changeRole(JANE, WorkerRole.ADMIN);
        assertThat(team.tickets().admin(JANE).deactivate(EVE)).isEmpty();
        assertThatThrownBy(() -> eve.reactivate(EVE)).isInstanceOf(NotAllowed.class);
        assertThatThrownBy(() -> team.tickets().admin(JANE).deactivate(ADA)).isInstanceOf(PersonNotFound.class);
    }

    @Test
    void an_erased_person_is_named_nowhere_and_what_they_did_stays() {
        UUID id = team.ticket();
        team.jane().on(id).assign(TOM);
        team.ada().on(id).reply("Hello?");
        team.tom().on(id).reply("Yes?");
        team.jane().on(id).note("Strange");
        assertThatThrownBy(() -> eve.erase(TOM))
                .isInstanceOfSatisfying(
                        Conflict.class, e -> assertThat(e.code()).isEqualTo("worker.active"));
        eve.deactivate(TOM);
        eve.erase(TOM);
        eve.erase(ADA);

        String everything = database.value("select (select jsonb_agg(t)::text from counterfoil.tickets t) "
                + "|| (select jsonb_agg(c)::text from counterfoil.customers c) "
                + "|| (select jsonb_agg(w)::text from counterfoil.workers w)");
        assertThat(everything)
                .doesNotContain("Ada", "Lovelace", "ada@", "Tom", "Jones", "tom@")
                .contains("Hello?", "Yes?", "Jane", "Bob", ADA.toString(), TOM.toString());
        assertThat(team.ada().on(id).history(PageRequest.oldestFirst(10)).items())
                .extracting(CustomerEvent::authorName)
                .contains("Erased Customer", "Erased Worker");
        assertThat(team.tickets().verifyAll().discrepancies()).isEmpty();
        assertThatThrownBy(() -> eve.erase(UUID.randomUUID())).isInstanceOf(PersonNotFound.class);
        assertThatThrownBy(() -> team.tickets().admin(JANE).erase(ADA)).isInstanceOf(NotAllowed.class);
        team.tickets().people().registerCustomer(NewCustomer.of(UUID.randomUUID(), "ada@example.com", "A", "B"));
    }

    @Test
    void an_assignment_that_was_under_way_is_freed_as_well() throws Exception {
        UUID id = team.ticket();
        try (Connection tx = database.dataSource().getConnection()) {
            tx.setAutoCommit(false);
            team.tickets().joining(tx).agent(JANE).on(id).assign(TOM);
            CompletableFuture<List<UUID>> deactivation = Background.call(() -> eve.deactivate(TOM));
            database.awaitWaiting();
            tx.commit();
            assertThat(deactivation.get()).containsExactly(id);
        }
        assertThat(team.jane().on(id).ticket().assignedTo()).isEmpty();
    }

    /** In transactions of a host's, where a deadlock is not tried again. */
    @Test
    void a_deactivation_that_meets_assignments_waits_for_no_ticket_while_it_holds_the_worker() throws Exception {
        UUID ticket = team.ticket();
        try (Connection first = begin();
                Connection second = begin();
                Connection third = begin()) {
            team.tickets().joining(first).agent(JANE).on(ticket).assign(TOM);
            CompletableFuture<List<UUID>> deactivation = Background.call(() -> committed(
                    third, () -> team.tickets().joining(third).admin(EVE).deactivate(TOM)));
            database.awaitWaiting(1);
            // It waits for the ticket, and asks for the worker only when the deactivation has them.
            List<Command> commands = new ArrayList<>(Collections.nCopies(49, Command.note("Text")));
            commands.add(Command.assign(TOM));
            CompletableFuture<String> assignment = Background.call(() -> committed(second, () -> {
                try {
                    return team.tickets()
                            .joining(second)
                            .agent(JANE)
                            .on(ticket)
                            .apply(commands)
                            .outcome()
                            .name();
                } catch (PersonNotFound e) {
                    return e.code();
                }
            }));
            database.awaitWaiting(2);
            first.commit();
            assertThat(assignment.get(20, TimeUnit.SECONDS)).isIn("worker.not_found", "APPLIED");
            assertThat(deactivation.get(20, TimeUnit.SECONDS)).containsExactly(ticket);
        }
        assertThat(team.jane().on(ticket).ticket().assignedTo()).isEmpty();
    }

    private Connection begin() throws SQLException {
        Connection connection = database.dataSource().getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    private static <T> T committed(Connection connection, Supplier<T> work) {
        try {
            T result = work.get();
            connection.commit();
            return result;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
