package io.github.counterfoil.schema;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.imports.Imports;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.testing.LargeTickets;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One row of a documented view that would be too large is cut, and says so; every other is as it was. */
class LargeRowsTest {
    private static final int FOUR_MIB = 4 * 1024 * 1024;
    private static TestDatabase database;
    private static SupportTeam team;
    private static UUID large;
    private static UUID small;

    @BeforeAll
    static void fill() {
        database = TestDatabase.withSchema();
        team = SupportTeam.in(database);
        large = team.ticket();
        small = team.ticket();
        LargeTickets.note(database, large, 8, FOUR_MIB);
        LargeTickets.reply(database, large, 9, FOUR_MIB);
        team.jane().on(small).assign(JANE);
        team.jane().on(small).note("A note");
        team.jane().on(small).reply("Hello");
        team.jane().on(small).close();
        team.ada().on(small).rate(4, "Fine");
        // More closings, assignees and feedback than any workflow makes in a test's time.
        database.behindTheGuards("""
                insert into counterfoil.ticket_resolution (ticket_id, closed_seq, worker_id, title, assigned_at, resolved_at)
                select '%1$s', 1000 + n, '%2$s', 'Title ' || n, now(), now() + n * interval '1 minute' from generate_series(1, 9) n;
                insert into counterfoil.ticket_feedback (ticket_id, closed_seq, customer_id, rating, comment, submitted_at)
                select '%1$s', 1000 + n, '%3$s', 5, lpad(n::text, %4$d, 'x'), now() + n * interval '1 minute'
                from generate_series(1, 9) n
                """.formatted(large, JANE, ADA, FOUR_MIB));
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void a_ticket_that_is_too_large_shows_its_newest_events_and_says_that_there_are_others() {
        assertThat(database.value("select length(string_agg(t::text, '')) > 0 from counterfoil.tickets t"))
                .isEqualTo("t");
        assertThat(database.query(
                        "select jsonb_array_length(ticket_history -> 'events') || ' ' || (ticket_history - 'events')"
                                + " || (internal_notes - 'notes') from counterfoil.tickets where id = '" + large + "'"))
                .containsExactly("7 {\"truncated\": true}{\"truncated\": true}");
        assertThat(database.query("select ltrim(e ->> 'content', 'x') from counterfoil.tickets,"
                        + " jsonb_array_elements(ticket_history -> 'events') e where id = '" + large + "'"))
                .containsExactly("3", "4", "5", "6", "7", "8", "9");
        assertThat(database.query("select ltrim(n ->> 'content', 'x') from counterfoil.tickets,"
                        + " jsonb_array_elements(internal_notes -> 'notes') n where id = '" + large + "'"))
                .containsExactly("2", "3", "4", "5", "6", "7", "8");
    }

    @Test
    void the_other_tickets_are_as_they_were() {
        assertThat(database.value(
                        "select jsonb_array_length(ticket_history -> 'events') || ' ' || (ticket_history - 'events') || "
                                + "(internal_notes - 'notes') from counterfoil.tickets where id = '" + small + "'"))
                .isEqualTo("6 {}{}");
    }

    @Test
    void a_customer_with_more_feedback_than_a_row_holds_shows_the_newest() {
        assertThat(database.value("select length(string_agg(c::text, '')) > 0 from counterfoil.customers c"))
                .isEqualTo("t");
        assertThat(database.value(
                        "select jsonb_array_length(feedback_history -> 'feedback') || ' ' || (feedback_history"
                                + " - 'feedback') from counterfoil.customers where id = '" + ADA + "'"))
                .isEqualTo("7 {\"truncated\": true}");
        assertThat(database.query("select feedback_history from counterfoil.customers where id <> '" + ADA + "'"))
                .containsExactly("{\"feedback\": []}");
        assertThat(team.tickets().documents().customer(ADA)).isPresent();
    }

    @Test
    void a_worker_with_more_resolutions_than_a_row_holds_shows_the_newest_and_the_oldest_of_them_says_so() {
        assertThat(database.value("select length(string_agg(w::text, '')) > 0 from counterfoil.workers w"))
                .isEqualTo("t");
        assertThat(database.query("select (r ->> 'title') || coalesce(' truncated ' || (r ->> 'truncated'), '')"
                        + " from counterfoil.workers, jsonb_array_elements(ticket_history) r where id = '" + JANE
                        + "'"))
                .containsExactly(
                        "Title 3 truncated true", "Title 4", "Title 5", "Title 6", "Title 7", "Title 8", "Title 9");
        assertThat(team.tickets().documents().worker(JANE)).isPresent();
    }

    @Test
    void a_document_that_is_truncated_is_no_ticket_to_import() {
        JsonValue document = team.tickets().documents().ticket(large).orElseThrow();
        try (TestDatabase other = TestDatabase.withSchema()) {
            Imports.Report report = SupportTeam.in(other)
                    .tickets()
                    .documents()
                    .importTickets(List.of(document).iterator());
            assertThat(report.faults())
                    .extracting(fault -> fault.field() + " " + fault.code())
                    .contains("ticket_history truncated");
        }
    }

    @Test
    void a_written_document_is_the_view_s_row_and_whole_however_large() throws IOException {
        StringWriter out = new StringWriter();
        assertThat(team.tickets().documents().writeTicket(small, out)).isTrue();
        assertThat(JsonValue.parse(out.toString()))
                .isEqualTo(team.tickets().documents().ticket(small).orElseThrow());

        assertThat(team.tickets().documents().writeTicket(UUID.randomUUID(), out))
                .isFalse();
    }
}
