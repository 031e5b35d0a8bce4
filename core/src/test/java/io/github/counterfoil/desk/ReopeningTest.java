package io.github.counterfoil.desk;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.EVE;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static io.github.counterfoil.testing.SupportTeam.TOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.command.Command;
import io.github.counterfoil.event.CustomerEvent;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.imports.Imports;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.testing.Background;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.Ticket;
import io.github.counterfoil.ticket.TicketStatus;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who stays assigned to a ticket that is opened again. */
@Tag("storage")
class ReopeningTest {
    private static final UUID COMMAND = UUID.randomUUID();

    @AutoClose
    private final TestDatabase database = TestDatabase.withSchema();

    private final SupportTeam team = SupportTeam.in(database);

    @Test
    void who_was_deactivated_meanwhile_is_taken_off_whichever_way_the_ticket_is_opened_again() {
        List<Reopening> ways = List.of(
                new Reopening(ADA, id -> team.ada().on(id).reply("Again")),
                new Reopening(ADA, id -> team.ada().on(id).reopen()),
                new Reopening(JANE, id -> team.jane().on(id).reopen()),
                new Reopening(JANE, id -> team.jane().on(id).changeStatus(TicketStatus.PENDING)),
                new Reopening(JANE, id -> team.jane().on(id).apply(Command.note("Again"), Command.reopen())),
                new Reopening(JANE, id -> team.jane().onEach(List.of(id)).apply(Command.reopen())));
        for (Reopening way : ways) {
            UUID id = closed();
            team.tickets().admin(EVE).deactivate(TOM);
            way.call().on(id);
            assertThat(assigned(id)).containsExactly(JANE);
            TicketEvent last = team.jane()
                    .on(id)
                    .history(PageRequest.newestFirst(1))
                    .items()
                    .get(0);
            assertThat(last).isInstanceOfSatisfying(TicketEvent.AssignmentRemoved.class, removed -> {
                assertThat(removed.agentId()).isEqualTo(TOM);
                assertThat(removed.author().id()).isEqualTo(way.actor());
            });
            assertThat(team.ada().on(id).ticket().assignedTo()).hasSize(1);
            assertThat(team.tickets().verify(id).discrepancies()).isEmpty();
            team.tickets().admin(EVE).reactivate(TOM);
        }
        assertThat(team.tickets()
                        .figures()
                        .worker(TOM, Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z"))
                        .openLoad())
                .isZero();
    }

    private record Reopening(UUID actor, OfTicket call) {}

    private interface OfTicket {
        void on(UUID id);
    }

    @Test
    void the_customer_is_told_and_told_the_same_when_the_reply_is_sent_again() {
        UUID id = closed();
        team.jane().on(id).note("Between");
        team.tickets().admin(EVE).deactivate(TOM);
        team.tickets().admin(EVE).deactivate(JANE);
        int before = team.ada().on(id).ticket().version();
        CommandResult<CustomerEvent> first = team.ada().on(id).once(COMMAND).reply("Again");
        assertThat(first.events())
                .hasExactlyElementsOfTypes(
                        CustomerEvent.Message.class,
                        CustomerEvent.StatusUpdate.class,
                        CustomerEvent.AssignmentRemoved.class,
                        CustomerEvent.AssignmentRemoved.class)
                .extracting(CustomerEvent::number)
                .containsExactly(before + 1, before + 2, before + 3, before + 4);
        assertThat(first.version()).isEqualTo(before + 4);
        assertThat(team.ada().on(id).ticket().version()).isEqualTo(before + 4);
        CommandResult<CustomerEvent> again = team.ada().on(id).once(COMMAND).reply("Again");
        assertThat(again.outcome()).isEqualTo(CommandResult.Outcome.REPLAYED);
        assertThat(again.events()).isEqualTo(first.events());
        assertThat(team.tickets().verifyAll().discrepancies()).isEmpty();
    }

    @Test
    void while_a_ticket_stays_closed_whoever_worked_on_it_stays() {
        UUID id = closed();
        team.tickets().admin(EVE).deactivate(TOM);
        team.jane().on(id).note("Still closed");
        team.jane().on(id).close();
        assertThat(assigned(id)).containsExactlyInAnyOrder(TOM, JANE);
    }

    @Test
    void a_reopening_waits_for_a_deactivation_and_a_deactivation_for_a_reopening() throws Exception {
        UUID first = closed();
        UUID second = closed();
        try (Connection holding = database.dataSource().getConnection()) {
            holding.setAutoCommit(false);
            team.tickets().joining(holding).admin(EVE).deactivate(TOM);
            CompletableFuture<Void> reopening =
                    Background.run(() -> team.ada().on(first).reply("Again"));
            database.awaitWaiting();
            holding.commit();
            reopening.get(20, TimeUnit.SECONDS);
            assertThat(assigned(first)).containsExactly(JANE);

            team.tickets().joining(holding).customer(ADA).on(second).reply("Again");
            CompletableFuture<List<UUID>> deactivation =
                    Background.call(() -> team.tickets().admin(EVE).deactivate(JANE));
            database.awaitWaiting();
            holding.commit();
            assertThat(deactivation.get(20, TimeUnit.SECONDS)).containsExactlyInAnyOrder(first, second);
            assertThat(database.value("select count(*) from counterfoil.ticket_assignment"))
                    .isEqualTo("0");
        }
        assertThat(team.tickets().verifyAll().discrepancies()).isEmpty();
    }

    @Test
    void a_document_of_a_ticket_that_a_customer_opened_again_comes_in_elsewhere() {
        UUID id = closed();
        team.tickets().admin(EVE).deactivate(TOM);
        team.ada().on(id).reply("Again");
        JsonValue document = team.tickets().documents().ticket(id).orElseThrow();
        try (TestDatabase elsewhere = TestDatabase.withSchema()) {
            SupportTeam others = SupportTeam.in(elsewhere);
            assertThat(others.tickets()
                            .documents()
                            .importTickets(List.of(document).iterator()))
                    .isEqualTo(new Imports.Report(1, 0, List.of()));
            assertThat(others.tickets().documents().ticket(id)).contains(document);
            assertThat(others.tickets().verifyAll().discrepancies()).isEmpty();
            assertThat(others.jane().on(id).ticket().assignedTo())
                    .extracting(Ticket.Assignee::id)
                    .containsExactly(JANE);
        }
    }

    /** A closed ticket of Ada's that Tom and Jane worked on. */
    private UUID closed() {
        UUID id = team.ticket();
        team.jane().on(id).assign(TOM);
        team.jane().on(id).assign(JANE);
        team.jane().on(id).close();
        return id;
    }

    private List<UUID> assigned(UUID id) {
        return team.tickets().agent(EVE).on(id).ticket().assignedTo().stream()
                .map(Ticket.Assignee::id)
                .toList();
    }
}
