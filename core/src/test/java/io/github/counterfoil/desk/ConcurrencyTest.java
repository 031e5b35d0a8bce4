package io.github.counterfoil.desk;

import static io.github.counterfoil.testing.SupportTeam.JANE;
import static io.github.counterfoil.testing.SupportTeam.TOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.testing.Background;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.Ticket;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Commands that meet on one ticket. */
@Tag("storage")
class ConcurrencyTest {
    @AutoClose
    private final TestDatabase database = TestDatabase.withSchema();

    private final SupportTeam team = SupportTeam.in(database);
    private final UUID id = team.ticket();

    @Test
    void no_reply_of_many_writers_is_lost_and_the_numbers_have_no_gap() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Integer>> writers = new ArrayList<>();
            for (int writer = 0; writer < 8; writer++) {
                int name = writer;
                writers.add(() -> {
                    for (int i = 0; i < 25; i++) {
                        team.jane().on(id).reply(name + "/" + i);
                    }
                    return name;
                });
            }
            for (Future<Integer> one : threads.invokeAll(writers)) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        List<TicketEvent> history =
                team.jane().on(id).history(PageRequest.oldestFirst(200)).items();
        assertThat(history).hasSize(200).extracting(TicketEvent::seq).isSorted().doesNotHaveDuplicates();
        assertThat(history).extracting(TicketEvent::createdAt).isSorted().doesNotHaveDuplicates();
        assertThat(history)
                .extracting(event -> ((TicketEvent.Message) event).content())
                .doesNotHaveDuplicates();
    }

    @Test
    void a_ticket_and_its_history_are_of_one_moment() throws Exception {
        CompletableFuture<Void> writing = Background.run(() -> {
            for (int i = 0; i < 100; i++) {
                team.jane().on(id).reply("Text " + i);
            }
        });
        boolean over = false;
        while (!over) {
            over = writing.isDone();
            TicketWithHistory<Ticket, TicketEvent> both =
                    team.tom().on(id).ticketWithHistory(PageRequest.newestFirst(1));
            assertThat(both.history().items())
                    .extracting(TicketEvent::seq)
                    .isEqualTo(
                            both.ticket().version() == 0
                                    ? List.of()
                                    : List.of(both.ticket().version()));
        }
        writing.get();
        assertThat(team.tom()
                        .on(id)
                        .ticketWithHistory(PageRequest.newestFirst(1))
                        .ticket()
                        .version())
                .isEqualTo(100);
    }

    @Test
    void a_close_that_waited_for_an_assignment_records_its_resolution() throws Exception {
        try (Connection tx = database.dataSource().getConnection()) {
            tx.setAutoCommit(false);
            team.tickets().joining(tx).agent(JANE).on(id).assign(TOM);
            CompletableFuture<CommandResult<TicketEvent>> closing =
                    Background.call(() -> team.jane().on(id).close());
            database.awaitWaiting();
            tx.commit();
            assertThat(closing.get().version()).isEqualTo(3);
        }
        assertThat(database.value("select jsonb_array_length(ticket_history) from counterfoil.workers "
                        + "where email = 'tom@example.com'"))
                .isEqualTo("1");
    }

    @Test
    void of_two_who_assign_the_same_worker_at_once_one_changes_nothing() throws Exception {
        try (Connection tx = database.dataSource().getConnection()) {
            tx.setAutoCommit(false);
            team.tickets().joining(tx).agent(JANE).on(id).assign(TOM);
            CompletableFuture<CommandResult<TicketEvent>> second =
                    Background.call(() -> team.tom().on(id).assign(TOM));
            database.awaitWaiting();
            tx.commit();
            assertThat(second.get().outcome()).isEqualTo(CommandResult.Outcome.UNCHANGED);
        }
        assertThat(team.jane().on(id).ticket().version()).isEqualTo(2);
    }

    @Test
    void an_unassignment_that_waited_for_the_assignment_takes_it_back() throws Exception {
        try (Connection tx = database.dataSource().getConnection()) {
            tx.setAutoCommit(false);
            team.tickets().joining(tx).agent(JANE).on(id).assign(TOM);
            CompletableFuture<CommandResult<TicketEvent>> second =
                    Background.call(() -> team.tom().on(id).unassign(TOM));
            database.awaitWaiting();
            tx.commit();
            assertThat(second.get().outcome()).isEqualTo(CommandResult.Outcome.APPLIED);
        }
        assertThat(team.jane().on(id).ticket().assignedTo()).isEmpty();
    }
}
