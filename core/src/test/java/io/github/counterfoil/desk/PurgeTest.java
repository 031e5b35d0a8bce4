package io.github.counterfoil.desk;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.EVE;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static io.github.counterfoil.testing.SupportTeam.TOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.command.Command;
import io.github.counterfoil.error.Conflict;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.NotAllowed;
import io.github.counterfoil.error.TicketNotFound;
import io.github.counterfoil.error.Unavailable;
import io.github.counterfoil.event.Author;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.imports.Imports;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.testing.Background;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.TicketQuery;
import io.github.counterfoil.ticket.TicketStatus;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A ticket is taken out as a whole, and nothing brings it back. */
@Tag("storage")
class PurgeTest {
    private static final UUID OPENING = UUID.randomUUID();
    private static final UUID COMMAND = UUID.randomUUID();
    private static final NewTicket SPAM =
            NewTicket.of("Cheap watches", "Buy now").channel("web");
    private static final Instant FAR = Instant.parse("2999-01-01T00:00:00Z");

    @AutoClose
    private final TestDatabase database = TestDatabase.withSchema();

    private final SupportTeam team = SupportTeam.in(database);
    private final AdminDesk eve = team.tickets().admin(EVE);

    /** One that has a row in each table. */
    private UUID spam() {
        UUID id = team.ada().open(SPAM, OPENING).id();
        team.jane().on(id).assign(TOM);
        team.jane().on(id).note("Spam");
        team.jane().on(id).close();
        team.ada().on(id).rate(1, "Watches!");
        return id;
    }

    @Test
    void a_purged_ticket_is_gone_and_that_it_was_stays() {
        UUID id = spam();
        UUID other = team.ticket();
        eve.purge(id, COMMAND);

        assertThat(rows(id)).isEqualTo("0 0 0 0 0 0");
        assertThat(database.value("select count(*) from counterfoil.ticket_purge where id = '" + id
                        + "' and created_by = '" + EVE + "' and created_at > now() - interval '1 minute'"))
                .isEqualTo("1");
        assertThat(team.ada().on(id).findTicket()).isEmpty();
        assertThatThrownBy(() -> team.jane().on(id).history(PageRequest.newestFirst(1)))
                .isInstanceOf(TicketNotFound.class);
        assertThatThrownBy(() -> team.jane().on(id).reply("Hello?")).isInstanceOf(TicketNotFound.class);
        assertThatThrownBy(() -> team.tickets().verify(id)).isInstanceOf(TicketNotFound.class);
        assertThat(team.tickets().documents().ticket(id)).isEmpty();
        assertThat(team.ada()
                        .find(TicketQuery.all(), PageRequest.oldestFirst(10))
                        .items())
                .extracting(ticket -> ticket.id())
                .containsExactly(other);
        assertThat(team.tickets().verifyAll().discrepancies()).isEmpty();
    }

    @Test
    void figures_and_the_documents_of_people_leave_a_purged_ticket_out() {
        UUID id = spam();
        Instant from = Instant.parse("2000-01-01T00:00:00Z");
        assertThat(team.tickets().figures().worker(TOM, from, FAR).resolved()).isEqualTo(1);
        eve.purge(id, COMMAND);
        assertThat(team.tickets().figures().worker(TOM, from, FAR).resolved()).isZero();
        assertThat(team.tickets().documents().worker(TOM).orElseThrow().text()).doesNotContain("watches");
        assertThat(team.tickets().documents().customer(ADA).orElseThrow().text())
                .doesNotContain("Watches");
    }

    @Test
    void purging_twice_is_one_purge_under_one_id_and_no_ticket_under_another() {
        UUID id = spam();
        eve.purge(id, COMMAND);
        eve.purge(id, COMMAND);
        assertThatThrownBy(() -> eve.purge(id, UUID.randomUUID())).isInstanceOf(TicketNotFound.class);
        assertThatThrownBy(() -> eve.purge(UUID.randomUUID(), COMMAND)).isInstanceOf(TicketNotFound.class);
        assertThat(database.value("select count(*) from counterfoil.ticket_purge"))
                .isEqualTo("1");
    }

    @Test
    void only_an_administrator_purges_and_nobody_else_learns_what_there_is() {
        UUID id = spam();
        for (UUID ticket : List.of(id, UUID.randomUUID())) {
            assertThatThrownBy(() -> team.tickets().admin(JANE).purge(ticket, COMMAND))
                    .isInstanceOf(NotAllowed.class);
        }
        assertThatThrownBy(() -> team.tickets().admin(JANE).purgeClosed(FAR, 1)).isInstanceOf(NotAllowed.class);
        assertThat(team.jane().on(id).findTicket()).isPresent();
    }

    @Test
    void an_opening_that_comes_late_does_not_bring_the_ticket_back() {
        UUID id = spam();
        eve.purge(id, COMMAND);
        purged(id, () -> team.ada().open(SPAM, OPENING));
        purged(id, () -> team.ada().open(NewTicket.of("Other", "Text"), OPENING));
        assertThat(rows(id)).isEqualTo("0 0 0 0 0 0");
    }

    @Test
    void an_opening_that_meets_the_purge_does_not_bring_the_ticket_back() throws Exception {
        for (int isolation : List.of(
                Connection.TRANSACTION_READ_COMMITTED,
                Connection.TRANSACTION_REPEATABLE_READ,
                Connection.TRANSACTION_SERIALIZABLE)) {
            UUID opening = UUID.randomUUID();
            UUID id = team.ada().open(SPAM, opening).id();
            try (Connection purging = begin(Connection.TRANSACTION_READ_COMMITTED);
                    Connection late = begin(isolation)) {
                TicketService joined = team.tickets().joining(late);
                joined.people().customer(ADA);
                team.tickets().joining(purging).admin(EVE).purge(id, UUID.randomUUID());
                CompletableFuture<Void> again = Background.run(() -> {
                    if (isolation == Connection.TRANSACTION_READ_COMMITTED) {
                        purged(id, () -> joined.customer(ADA).open(SPAM, opening));
                    } else {
                        assertThatThrownBy(() -> joined.customer(ADA).open(SPAM, opening))
                                .isInstanceOf(Unavailable.class);
                    }
                });
                database.awaitWaiting();
                purging.commit();
                again.get(20, TimeUnit.SECONDS);
                late.rollback();
                assertThat(rows(id)).isEqualTo("0 0 0 0 0 0");
            }
        }
        assertThat(database.value("select count(*) from counterfoil.ticket_purge where created_by = '" + EVE + "'"))
                .isEqualTo(database.value("select count(*) from counterfoil.ticket_purge"));
    }

    @Test
    void an_opening_at_a_stricter_level_is_stored_as_any_other() throws SQLException {
        try (Connection transaction = begin(Connection.TRANSACTION_SERIALIZABLE)) {
            team.tickets().joining(transaction).customer(ADA).open(SPAM, OPENING);
            transaction.commit();
        }
        assertThat(database.value("select count(*) from counterfoil.ticket")).isEqualTo("1");
        assertThat(database.value("select count(*) from counterfoil.ticket_purge"))
                .isEqualTo("0");
    }

    @Test
    void an_import_of_a_purged_ticket_is_a_fault() {
        UUID id = spam();
        JsonValue document = team.tickets().documents().ticket(id).orElseThrow();
        eve.purge(id, COMMAND);
        Imports.Report report =
                team.tickets().documents().importTickets(List.of(document).iterator());
        assertThat(report.imported()).isZero();
        assertThat(report.faults()).containsExactly(new Imports.Report.Fault(0, id, 0, "ticket", "purged", null));
        assertThat(rows(id)).isEqualTo("0 0 0 0 0 0");
    }

    @Test
    void an_adoption_keeps_nothing_aside_of_a_purged_ticket() {
        UUID id = spam();
        database.execute(
                "create schema old; create table old.tickets as select * from counterfoil.tickets;"
                        + " create table old.customers as select * from counterfoil.customers;"
                        + " create table old.workers as select * from counterfoil.workers;"
                        + " insert into counterfoil.adoption_problem select 'tickets', id, to_jsonb(t), '{}' from old.tickets t");
        eve.purge(id, COMMAND);
        assertThat(database.value("select count(*) from counterfoil.adoption_problem"))
                .isEqualTo("0");

        assertThat(team.tickets().documents().adopt("old").tickets().faults())
                .containsExactly(new Imports.Report.Fault(0, id, 0, "ticket", "purged", null));
        assertThat(rows(id)).isEqualTo("0 0 0 0 0 0");
        assertThat(database.value("select count(*) from counterfoil.adoption_problem"))
                .isEqualTo("0");
    }

    @Test
    void what_a_purge_is_asked_for_is_looked_at_first() {
        assertThatThrownBy(() -> eve.purge(null, null))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("command_id.required")
                .hasMessageContaining("ticket_id.required");
        for (int atMost : List.of(0, 1_001)) {
            assertThatThrownBy(() -> eve.purgeClosed(null, atMost))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContaining("before.required")
                    .hasMessageContaining("at_most.out_of_range");
        }
    }

    @Test
    void tickets_closed_before_a_moment_are_purged_in_batches() {
        Instant[] now = {Instant.parse("2020-01-01T00:00:00Z")};
        TicketService tickets = TicketService.builder(database.connections())
                .clock(() -> now[0])
                .build();
        UUID open = tickets.customer(ADA).open(SPAM).id();
        UUID late = tickets.customer(ADA).open(SPAM).id();
        for (int i = 0; i < 5; i++) {
            UUID id = tickets.customer(ADA).open(SPAM).id();
            now[0] = now[0].plusSeconds(1);
            tickets.agent(JANE).on(id).close();
        }
        Instant before = now[0].plusSeconds(1);
        now[0] = before;
        tickets.agent(JANE).on(late).close();

        AdminDesk desk = tickets.admin(EVE);
        assertThat(desk.purgeClosed(before, 2)).isEqualTo(new AdminDesk.Purged(2, true));
        assertThat(desk.purgeClosed(before, 2)).isEqualTo(new AdminDesk.Purged(2, true));
        assertThat(desk.purgeClosed(before, 2)).isEqualTo(new AdminDesk.Purged(1, false));
        assertThat(desk.purgeClosed(before, 2)).isEqualTo(new AdminDesk.Purged(0, false));
        assertThat(tickets.customer(ADA)
                        .find(TicketQuery.all(), PageRequest.oldestFirst(10))
                        .items())
                .extracting(ticket -> ticket.id())
                .containsExactlyInAnyOrder(open, late);
        assertThat(desk.purgeClosed(before.plusNanos(1_000), 1_000)).isEqualTo(new AdminDesk.Purged(1, false));
    }

    @Test
    void a_scheduler_purges_what_is_old() {
        TicketService tickets = team.tickets();
        UUID eveId = EVE;
        UUID spam = spam();
        UUID commandId = COMMAND;
        // region: retention
        AdminDesk admin = tickets.admin(eveId);
        admin.purge(spam, commandId);

        Instant twoYearsAgo = Instant.now().minus(730, ChronoUnit.DAYS);
        while (admin.purgeClosed(twoYearsAgo, 200).more()) {
            // From a scheduler of yours: each call is a transaction of its own.
        }
        // endregion
        assertThat(rows(spam)).isEqualTo("0 0 0 0 0 0");
    }

    @Test
    void a_ticket_that_was_opened_again_is_not_old() {
        UUID id = spam();
        team.jane().on(id).reopen();
        assertThat(eve.purgeClosed(FAR, 10)).isEqualTo(new AdminDesk.Purged(0, false));
    }

    @Test
    void a_run_through_old_tickets_waits_for_none() throws SQLException {
        UUID id = spam();
        UUID other = team.ticket();
        team.jane().on(other).close();
        try (Connection working = begin(Connection.TRANSACTION_READ_COMMITTED)) {
            team.tickets().joining(working).agent(JANE).on(id).note("Wait");
            assertThat(eve.purgeClosed(FAR, 1)).isEqualTo(new AdminDesk.Purged(1, false));
            working.commit();
        }
        assertThat(rows(other)).isEqualTo("0 0 0 0 0 0");
        assertThat(eve.purgeClosed(FAR, 1)).isEqualTo(new AdminDesk.Purged(1, false));
        assertThat(rows(id)).isEqualTo("0 0 0 0 0 0");
    }

    /** Of 4,000 closed tickets each call looks at those that it takes, whatever plan PostgreSQL has made its own. */
    @Test
    void old_tickets_are_found_by_an_index() throws SQLException {
        Instant start = Instant.parse("2020-01-01T00:00:00Z");
        team.tickets()
                .imports()
                .run(IntStream.range(0, 4_000)
                        .mapToObj(n -> closed(start.plusSeconds(60L * n)))
                        .iterator());
        database.asSuperuser("analyze");
        try (Connection transaction = begin(Connection.TRANSACTION_READ_COMMITTED);
                Statement statement = transaction.createStatement()) {
            AdminDesk desk = team.tickets().joining(transaction).admin(EVE);
            for (int call = 0; call < 7; call++) {
                assertThat(desk.purgeClosed(start.plusSeconds(6_000), 5)).isEqualTo(new AdminDesk.Purged(5, true));
            }
            try (ResultSet read = statement.executeQuery("select sum(seq_scan), sum(idx_tup_fetch)"
                    + " from pg_stat_xact_user_tables where relname in ('ticket', 'ticket_event')")) {
                read.next();
                assertThat(read.getLong(1)).isZero();
                assertThat(read.getLong(2)).isLessThan(1_000);
            }
            transaction.rollback();
        }
    }

    private static ImportedTicket closed(Instant at) {
        UUID id = UUID.randomUUID();
        TicketEvent.Header header = new TicketEvent.Header(
                UUID.randomUUID(),
                id,
                1,
                at.plusSeconds(1),
                new Author(JANE, "Jane", "Smith", Role.AGENT),
                Visibility.PUBLIC);
        return ImportedTicket.of(id, SPAM, ADA, at)
                .events(List.of(new TicketEvent.StatusUpdate(header, TicketStatus.NEW, TicketStatus.CLOSED)));
    }

    /** Each of them either comes before the purge and goes with the ticket, or finds no ticket. */
    @Test
    void nothing_is_left_of_a_ticket_that_is_purged_while_everybody_works_on_it() throws Exception {
        for (int round = 0; round < Integer.getInteger("counterfoil.rounds", 50); round++) {
            UUID opening = UUID.randomUUID();
            UUID id = team.ada().open(SPAM, opening).id();
            team.jane().on(id).assign(TOM);
            JsonValue document = team.tickets().documents().ticket(id).orElseThrow();
            List<CompletableFuture<Void>> others = List.of(
                    beside(() -> team.ada().on(id).reply("Hello?")),
                    beside(() -> team.jane().on(id).close()),
                    beside(() -> team.ada().on(id).rate(1, "Watches!")),
                    beside(() -> team.tom().onEach(List.of(id)).apply(Command.note("a"))),
                    beside(() -> team.tickets()
                            .documents()
                            .importTickets(List.of(document).iterator())),
                    beside(() -> team.ada().open(SPAM, opening)),
                    beside(() -> team.jane().find(TicketQuery.all(), PageRequest.newestFirst(10))));
            eve.purge(id, UUID.randomUUID());
            for (CompletableFuture<Void> other : others) {
                other.get(20, TimeUnit.SECONDS);
            }
            assertThat(rows(id)).as("round %d", round).isEqualTo("0 0 0 0 0 0");
        }
        assertThat(team.tickets().verifyAll().discrepancies()).isEmpty();
        assertThat(database.deadlocks()).isEqualTo("0");
    }

    private static CompletableFuture<Void> beside(Runnable work) {
        return Background.run(() -> {
            try {
                work.run();
            } catch (TicketNotFound gone) {
                // The purge was first.
            } catch (Conflict | NotAllowed refused) {
                assertThat(refused.code()).isIn("ticket.purged", "status.not_allowed");
            }
        });
    }

    private void purged(UUID id, Runnable call) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(Conflict.class, e -> {
            assertThat(e.code()).isEqualTo("ticket.purged");
            assertThat(e.id()).isEqualTo(id);
        });
    }

    /** How many there are in each table. */
    private String rows(UUID id) {
        return database.value("""
                select concat_ws(' ',
                  (select count(*) from counterfoil.ticket where id = '%1$s'),
                  (select count(*) from counterfoil.ticket_event where ticket_id = '%1$s'),
                  (select count(*) from counterfoil.ticket_assignment where ticket_id = '%1$s'),
                  (select count(*) from counterfoil.ticket_resolution where ticket_id = '%1$s'),
                  (select count(*) from counterfoil.ticket_feedback where ticket_id = '%1$s'),
                  (select count(*) from counterfoil.ticket_fact where ticket_id = '%1$s'))""".formatted(id));
    }

    private Connection begin(int isolation) throws SQLException {
        Connection connection = database.dataSource().getConnection();
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(isolation);
        return connection;
    }
}
