package io.github.counterfoil.schema;

import static io.github.counterfoil.testing.SupportTeam.JANE;
import static io.github.counterfoil.testing.SupportTeam.TOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
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
        SupportTeam team = SupportTeam.in(database);
        ticketId = team.ticket();
        team.jane().assign(ticketId, JANE);
        team.jane().setField(ticketId, "serial", "A-1");
        team.jane().close(ticketId);
        team.ada().rate(ticketId, 5, null);
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
                "delete from counterfoil.ticket_event",
                "delete from counterfoil.ticket_event where seq = 1",
                "truncate counterfoil.ticket_event",
                "delete from counterfoil.ticket_assignment",
                "update counterfoil.ticket_assignment set assigned_at = now()",
                "delete from counterfoil.ticket_resolution",
                "update counterfoil.ticket_resolution set title = 'Harmless'",
                "delete from counterfoil.ticket_feedback",
                "update counterfoil.ticket_feedback set rating = 1",
                "set counterfoil.command = 'on'; delete from counterfoil.ticket_event",
                "set counterfoil.command = 'on'; truncate counterfoil.ticket_event",
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
                .isEqualTo("42501");
        assertThat(database.refusal("delete from counterfoil.tickets")).isEqualTo("42501");
        assertThat(database.refusal("update counterfoil.tickets set ticket_history = '{}'"))
                .as("computed columns cannot be written")
                .isEqualTo("0A000");
        assertThat(state()).isEqualTo(before);
    }

    private static String state() {
        return database.value("select jsonb_agg(t order by t.id)::text from counterfoil.tickets t")
                + database.value("select jsonb_agg(w order by w.id)::text from counterfoil.workers w");
    }
}
