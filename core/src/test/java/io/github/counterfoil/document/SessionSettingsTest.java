package io.github.counterfoil.document;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.github.counterfoil.TicketService;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a session says of times and their text changes no document. PostgreSQL's driver needs ISO as the style of dates. */
@Tag("storage")
class SessionSettingsTest {
    private static final String AS_EXPORTED =
            "set timezone = 'UTC'; set datestyle = 'ISO, MDY'; set intervalstyle = 'postgres'";
    private static final String OTHERWISE =
            "set timezone = 'Asia/Kathmandu'; set datestyle = 'ISO, DMY'; set intervalstyle = 'iso_8601'";

    private TestDatabase database;
    private UUID ticket;

    @BeforeEach
    void open() {
        database = TestDatabase.withSchema();
        SupportTeam team = SupportTeam.in(database);
        ticket = team.ticket();
        team.jane().on(ticket).assign(JANE);
        team.jane().on(ticket).note("Careful");
        team.jane().on(ticket).close();
        team.ada().on(ticket).rate(4, "Good");
        database.behindTheGuards("update counterfoil.ticket_resolution set assigned_at = resolved_at"
                + " - interval '49 hours 3 minutes 4.5 seconds'");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void documents_are_the_same_in_every_session_and_their_times_are_in_utc() throws IOException {
        List<String> documents = documents(AS_EXPORTED);
        assertThat(documents(OTHERWISE)).isEqualTo(documents);
        assertThat(documents(OTHERWISE.replace("iso_8601", "sql_standard"))).isEqualTo(documents);
        assertThat(documents.get(2)).contains("\"2 days 01:03:04.5\"");
        assertThat(database.query("select to_char(at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS') from ("
                        + "select created_at from counterfoil.ticket_event"
                        + " union all select resolved_at from counterfoil.ticket_resolution"
                        + " union all select submitted_at from counterfoil.ticket_feedback"
                        + " union all select created_at from counterfoil.ticket"
                        + " union all select created_at from counterfoil.worker where id = '" + JANE + "') t (at)"))
                .allSatisfy(time -> assertThat(documents.toString()).contains(time));
        assertThat(documents.toString())
                .as("with no other offset")
                .doesNotContainPattern("\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(?![.\\d]|\\+00:00\")");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 seconds", "1.5 seconds", "24 hours", "48 hours", "48 hours 1 second", "25 hours"})
    void a_resolution_time_is_written_as_postgresql_writes_it(String length) throws IOException {
        database.behindTheGuards(
                "update counterfoil.ticket_resolution set assigned_at = resolved_at - interval '" + length + "'");
        String written = database.value("select justify_hours(interval '" + length + "')::text");
        assertThat(documents(AS_EXPORTED).get(2)).contains("\"resolution_time\":\"" + written + "\"");
    }

    @Test
    void what_an_adoption_keeps_aside_is_the_same_in_every_session() {
        try (TestDatabase literal = TestDatabase.empty()) {
            literal.execute(AdoptionTest.LITERAL_TABLES.replace("10000", "1"));
            literal.execute("create type public.note as (at timestamptz, raw bytea, took interval, part float8);"
                    + "alter table public.tickets alter status set default 'odd', alter feedback type public.note"
                    + " using row('2024-06-01 12:00+02', 'a', '26 hours', 0.1)::public.note;"
                    + "update public.tickets set status = 'odd', created_at = '2024-06-01 00:01+00'");
            literal.service().schema().apply();
            String kept = kept(literal, AS_EXPORTED);
            assertThat(kept)
                    .contains("\"created_at\": \"2024-06-01T00:01:00+00:00\"")
                    .contains("\"at\": \"2024-06-01T10:00:00+00:00\"");
            assertThat(kept(literal, OTHERWISE + "; set bytea_output = 'escape'; set extra_float_digits = -15"))
                    .isEqualTo(kept);
        }
    }

    private static String kept(TestDatabase literal, String settings) {
        try (HikariDataSource pool = literal.pool(1)) {
            pool.setConnectionInitSql(settings);
            TicketService.builder(pool).build().documents().adopt("public");
        }
        return literal.value("select document::text from counterfoil.adoption_problem");
    }

    /** On connections of such a session. */
    private List<String> documents(String settings) throws IOException {
        try (HikariDataSource pool = database.pool(1)) {
            pool.setConnectionInitSql(settings);
            Documents documents = TicketService.builder(pool).build().documents();
            StringWriter written = new StringWriter();
            documents.writeTicket(ticket, written);
            return List.of(
                    documents.ticket(ticket).orElseThrow().text(),
                    documents.customer(ADA).orElseThrow().text(),
                    documents.worker(JANE).orElseThrow().text(),
                    written.toString());
        }
    }
}
