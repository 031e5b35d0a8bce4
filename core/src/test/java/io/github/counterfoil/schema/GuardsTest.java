package io.github.counterfoil.schema;

import static io.github.counterfoil.testing.SupportTeam.BOB;
import static io.github.counterfoil.testing.SupportTeam.EVE;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static io.github.counterfoil.testing.SupportTeam.TOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.command.Command;
import io.github.counterfoil.desk.Redaction;
import io.github.counterfoil.error.CounterfoilException;
import io.github.counterfoil.error.DatabaseFailure;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Participants;
import io.github.counterfoil.ticket.Reference;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PostgreSQL itself refuses to change a ticket behind its history. */
class GuardsTest {
    private static TestDatabase database;
    private static UUID ticketId;

    @BeforeAll
    static void open() {
        database = TestDatabase.withSchema();
        SupportTeam team = SupportTeam.registered(
                TicketService.builder(database.connections()).searchable().build());
        ticketId = team.ticket();
        team.jane().on(ticketId).assign(JANE);
        team.jane().on(ticketId).apply(Command.setField("serial", JsonValue.of("A-1")), Command.tag("vip"));
        team.jane().on(ticketId).apply(Command.addParticipant(BOB, Participants.Kind.COPY), Command.follow());
        team.jane().on(ticketId).markRead();
        team.jane().on(ticketId).once(new Reference("tracker", "BUG-1")).close();
        team.ada().on(ticketId).rate(5, null);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update counterfoil.ticket set status = 'open', closed_seq = null",
                "update counterfoil.ticket set priority = 'low'",
                "update counterfoil.ticket set custom_fields = '{}'",
                "update counterfoil.ticket set title = 'Harmless'",
                "update counterfoil.ticket set last_seq = last_seq + 1, status = 'open', closed_seq = null",
                "delete from counterfoil.ticket",
                "truncate counterfoil.ticket cascade",
                "update counterfoil.ticket_event set body = '{}'",
                "update counterfoil.ticket_event set created_by_first_name = 'Nobody'",
                "set counterfoil.erasure = 'on'; update counterfoil.ticket_event set seq = seq + 100",
                "update counterfoil.ticket_event set size = 0",
                "delete from counterfoil.ticket_event",
                "delete from counterfoil.ticket_event where seq = 1",
                "truncate counterfoil.ticket_event",
                "delete from counterfoil.ticket_assignment",
                "update counterfoil.ticket_assignment set assigned_at = now()",
                "delete from counterfoil.ticket_participant",
                "update counterfoil.ticket_participant set kind = 'requester'",
                "truncate counterfoil.ticket_participant",
                "delete from counterfoil.ticket_follower",
                "delete from counterfoil.ticket_resolution",
                "update counterfoil.ticket_resolution set title = 'Harmless'",
                "delete from counterfoil.ticket_number",
                "delete from counterfoil.ticket_reference",
                "update counterfoil.ticket_reference set id = null",
                "truncate counterfoil.ticket_reference",
                "delete from counterfoil.ticket_read",
                "update counterfoil.ticket_read set seq = 0",
                "truncate counterfoil.ticket_read",
                "update counterfoil.ticket_number set number = number + 1",
                "delete from counterfoil.ticket_fact",
                "delete from counterfoil.ticket_activity",
                "update counterfoil.ticket_activity set status = 'new'",
                "truncate counterfoil.ticket_activity",
                "delete from counterfoil.ticket_tag",
                "update counterfoil.ticket_tag set tag = 'other'",
                "truncate counterfoil.ticket_tag",
                "delete from counterfoil.ticket_search",
                "update counterfoil.ticket_search set private = false",
                "truncate counterfoil.ticket_search",
                "delete from counterfoil.ticket_feedback",
                "update counterfoil.ticket_feedback set rating = 1",
                "set counterfoil.command = 'on'; delete from counterfoil.ticket_event",
                "set counterfoil.command = 'on'; truncate counterfoil.ticket_event",
                "set counterfoil.purge = 'on'; delete from counterfoil.ticket",
                "set counterfoil.purge = 'on'; update counterfoil.ticket_event set body = '{}'",
                "set counterfoil.command = 'on'; update counterfoil.ticket_event set body = '{}'",
                "set counterfoil.command = 'on'; update counterfoil.ticket_event set command = null",
                "set counterfoil.redaction = 'on'; update counterfoil.ticket_event set visibility = 'public'",
                "set counterfoil.redaction = 'on'; update counterfoil.ticket_event set body = '{}', public_seq = 1",
                "set counterfoil.redaction = 'on'; delete from counterfoil.ticket_event",
            })
    void plain_sql_is_refused(String sql) {
        String before = state();
        assertThat(database.refusal(sql)).isEqualTo("42501");
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void plain_inserts_are_refused() {
        for (String sql : List.of(
                "insert into counterfoil.ticket_assignment values ('" + ticketId + "', '" + TOM + "', now())",
                "insert into counterfoil.ticket_event select ticket_id, seq + 100, gen_random_uuid(), type, created_at,"
                        + " created_by, 'A', 'B', role, visibility, body, null, null from counterfoil.ticket_event",
                "insert into counterfoil.ticket_resolution select ticket_id, 99, worker_id, title, assigned_at,"
                        + " resolved_at from counterfoil.ticket_resolution")) {
            assertThat(database.refusal(sql)).isEqualTo("42501");
        }
    }

    @Test
    void the_documented_view_of_tickets_is_no_way_around() {
        String before = state();
        assertThat(database.refusal("update counterfoil.tickets set status = 'open'"))
                .as("a view of two tables cannot be written")
                .isEqualTo("55000");
        assertThat(database.refusal("delete from counterfoil.tickets")).isEqualTo("55000");
        assertThat(database.refusal("update counterfoil.tickets set ticket_history = '{}'"))
                .isEqualTo("55000");
        assertThat(state()).isEqualTo(before);
    }

    /** The functions open the guards for themselves: on whichever way they are left, the guards are closed again. */
    @Test
    void the_guards_are_closed_again_after_each_way_out_of_a_function() throws SQLException {
        SupportTeam team = new SupportTeam(database.service());
        UUID open = team.ticket();
        UUID commandId = UUID.randomUUID();
        JsonValue document = team.tickets().documents().ticket(open).orElseThrow();
        try (Connection tx = database.dataSource().getConnection()) {
            tx.setAutoCommit(false);
            SupportTeam joined = new SupportTeam(team.tickets().joining(tx));
            for (Runnable call : List.<Runnable>of(
                    joined::ticket,
                    () -> joined.jane().on(open).once(commandId).reply("Applied"),
                    () -> joined.jane().on(open).once(commandId).reply("Applied"),
                    () -> joined.jane().on(open).once(commandId).reply("Another"),
                    () -> joined.jane().on(open).unassign(TOM),
                    () -> joined.jane().on(open).expecting(99).close(),
                    () -> joined.jane().on(UUID.randomUUID()).reply("Not found"),
                    () -> joined.jane().on(open).assign(UUID.randomUUID()),
                    () -> joined.jane().on(ticketId).reopen(),
                    () -> joined.ada().on(ticketId).rate(5, null),
                    () -> joined.ada().on(open).rate(5, null),
                    () -> joined.tickets().agent(UUID.randomUUID()).on(open).reply("Unknown"),
                    () -> joined.jane().open(UUID.randomUUID(), NewTicket.of("T", "D")),
                    () -> joined.tickets().agent(UUID.randomUUID()).open(SupportTeam.ADA, NewTicket.of("T", "D")),
                    () -> joined.tickets().admin(EVE).deactivate(TOM),
                    () -> joined.tickets().admin(EVE).redactions().redact(open, Redaction.ofWholeBeginning()),
                    () -> joined.tickets().admin(EVE).redactions().redact(open, Redaction.ofBeginning("none")),
                    () -> joined.tickets().admin(TOM).redactions().redact(open, Redaction.ofWholeBeginning()),
                    () -> joined.tickets().admin(EVE).redactions().redactAll(JANE),
                    () -> joined.tickets().admin(EVE).erase(JANE),
                    () -> joined.tickets().admin(EVE).erase(TOM),
                    () -> joined.tickets().admin(EVE).erase(UUID.randomUUID()),
                    () -> joined.tickets().admin(TOM).erase(JANE),
                    () -> joined.tickets().admin(EVE).purge(joined.ticket(), commandId),
                    () -> joined.tickets().admin(EVE).purge(UUID.randomUUID(), commandId),
                    () -> joined.tickets().admin(TOM).purge(open, commandId),
                    () -> joined.tickets().admin(EVE).purgeClosed(Instant.EPOCH, 1),
                    () -> joined.tickets()
                            .documents()
                            .importTickets(List.of(document).iterator()))) {
                try {
                    call.run();
                } catch (CounterfoilException refused) {
                    assertThat(refused).isNotInstanceOf(DatabaseFailure.class);
                }
                assertThat(plainChange(tx)).isEqualTo("42501");
            }
            tx.rollback();
        }
    }

    /** A trigger of the host's that keeps a row from being written keeps all of the command from it. */
    @ParameterizedTest
    @ValueSource(strings = {"update on counterfoil.ticket", "insert on counterfoil.ticket_event"})
    void a_trigger_that_swallows_a_row_leaves_no_half_command(String event) {
        SupportTeam team = new SupportTeam(database.service());
        UUID id = team.ticket();
        database.execute(
                "create function public.swallow() returns trigger language plpgsql as 'begin return null; end';"
                        + " create trigger swallow before " + event
                        + " for each row execute function public.swallow()");
        try {
            assertThatThrownBy(() -> team.jane().on(id).note("A note"))
                    .isInstanceOfSatisfying(
                            DatabaseFailure.class, e -> assertThat(e.sqlState()).isEqualTo("27000"));
        } finally {
            database.execute("drop function public.swallow() cascade");
        }
        team.jane().on(id).note("A note");
        assertThat(team.tickets().verify(id).discrepancies()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"insert on counterfoil.ticket", "insert on counterfoil.ticket_event"})
    void a_trigger_that_swallows_a_row_leaves_no_half_import(String event) {
        SupportTeam team = new SupportTeam(database.service());
        UUID first = team.ticket();
        team.jane().on(first).note("A note");
        JsonValue ticket = team.tickets().documents().ticket(first).orElseThrow();
        UUID id = UUID.randomUUID();
        JsonValue other = JsonValue.parse(ticket.text()
                .replace(first.toString(), id.toString())
                .replaceFirst("\"counterfoil_number\": ?\\d+", "\"counterfoil_number\": null"));
        database.execute(
                "create function public.swallow() returns trigger language plpgsql as 'begin return null; end';"
                        + " create trigger swallow before " + event
                        + " for each row execute function public.swallow()");
        try {
            assertThatThrownBy(() -> team.tickets()
                            .documents()
                            .importTickets(List.of(other).iterator()))
                    .isInstanceOfSatisfying(
                            DatabaseFailure.class, e -> assertThat(e.sqlState()).isEqualTo("27000"));
        } finally {
            database.execute("drop function public.swallow() cascade");
        }
        assertThat(team.tickets().documents().ticket(id)).isEmpty();
        assertThat(team.tickets()
                        .documents()
                        .importTickets(List.of(other).iterator())
                        .imported())
                .isEqualTo(1);
        assertThat(team.tickets().verify(id).discrepancies()).isEmpty();
    }

    private static String plainChange(Connection tx) throws SQLException {
        Savepoint before = tx.setSavepoint();
        for (String sql : List.of(
                "update counterfoil.ticket set title = 'x'",
                "update counterfoil.ticket_event set created_by_first_name = 'x'",
                "update counterfoil.ticket_event set body = '{}'",
                "delete from counterfoil.ticket_event")) {
            try (Statement statement = tx.createStatement()) {
                statement.execute(sql);
                return "done";
            } catch (SQLException e) {
                tx.rollback(before);
                if (!e.getSQLState().equals("42501")) {
                    return e.getSQLState();
                }
            }
        }
        return "42501";
    }

    private static String state() {
        return database.value("select jsonb_agg(t order by t.id)::text from counterfoil.tickets t")
                + database.value("select jsonb_agg(w order by w.id)::text from counterfoil.workers w");
    }
}
