package io.github.counterfoil.document;

import static io.github.counterfoil.document.AdoptionTest.LITERAL_TABLES;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.imports.Imports;
import io.github.counterfoil.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A value of a literal table that cannot be read is a fault of its row, and of nothing else. */
@Tag("storage")
class UnreadableRowsTest {
    private static final String BACKSLASH_U = "\\" + "u";

    private TestDatabase database;

    @BeforeEach
    void open() {
        database = TestDatabase.empty();
        database.execute(LITERAL_TABLES.replace("10000", "10"));
        database.service().schema().apply();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void what_jsonb_cannot_hold_is_a_fault_of_its_row_by_its_column_and_code() {
        database.execute("alter table public.tickets alter custom_fields type json, alter ticket_history type json,"
                + " alter internal_notes type json");
        customFields(1, "{\"a\": \"" + BACKSLASH_U + "0000\"}");
        customFields(2, "{\"a\": \"" + BACKSLASH_U + "d800\"}");
        customFields(3, "{\"a\": 1e200000}");
        customFields(4, "{\"a\": 1, \"b\": {\"c\": 1, \"c\": 2}}");
        customFields(5, "{\"a\": " + "[".repeat(1_100) + "]".repeat(1_100) + "}");
        customFields(6, "{\"a\": " + "[".repeat(998) + "]".repeat(998) + "}");
        customFields(7, "{\"a\": " + "1".repeat(140_000) + "}");
        database.execute("update public.tickets set ticket_history = '{\"events\": [], \"events\": []}',"
                + " internal_notes = '{\"notes\": [{\"id\": 1e999}]}' where title = 'Ticket 8'");
        for (int run = 0; run < 2; run++) {
            Imports.Report report =
                    database.service().documents().adopt("public").tickets();
            assertThat(report.imported() + report.present()).isEqualTo(2);
            assertThat(report.faults())
                    .extracting(
                            fault -> database.value("select title from public.tickets where id = '" + fault.id() + "'")
                                    + " " + fault.field() + "." + fault.code())
                    .containsExactlyInAnyOrder(
                            "Ticket 1 custom_fields.nul_char",
                            "Ticket 2 custom_fields.invalid_unicode",
                            "Ticket 3 custom_fields.number_range",
                            "Ticket 4 custom_fields.duplicate_key",
                            "Ticket 5 custom_fields.too_deep",
                            "Ticket 6 custom_fields.too_deep",
                            "Ticket 7 custom_fields.too_many_digits",
                            "Ticket 8 ticket_history.duplicate_key",
                            "Ticket 8 internal_notes.number_range");
            assertThat(database.query("select document ->> 'title' || ' ' || (document -> 'custom_fields')"
                            + " from counterfoil.adoption_problem order by 1"))
                    .as("what jsonb can hold is kept")
                    .containsExactly(
                            "Ticket 1 null",
                            "Ticket 2 null",
                            "Ticket 3 null",
                            "Ticket 4 null",
                            "Ticket 5 null",
                            "Ticket 6 {\"a\": " + "[".repeat(998) + "]".repeat(998) + "}",
                            "Ticket 7 null",
                            "Ticket 8 {\"n\": 1, \"plan\": \"gold\"}");
        }
    }

    private void customFields(int ticket, String json) {
        database.execute(
                "update public.tickets set custom_fields = '" + json + "' where title = 'Ticket " + ticket + "'");
    }

    @Test
    void a_hosts_transaction_stays_usable_whatever_a_row_holds() throws SQLException {
        database.execute("alter table public.tickets alter custom_fields type json");
        customFields(1, "{\"a\": \"" + BACKSLASH_U + "0000\"}");
        try (Connection transaction = database.dataSource().getConnection()) {
            transaction.setAutoCommit(false);
            TicketService joined = database.service().joining(transaction);
            assertThat(codes(joined.documents().adopt("public").tickets())).containsExactly("custom_fields.nul_char");
            assertThat(joined.documents().adopt("public").tickets().present()).isEqualTo(9);
            transaction.commit();
        }
        assertThat(database.value("select count(*) from counterfoil.ticket")).isEqualTo("9");
    }

    @Test
    void what_is_too_large_is_a_fault_of_its_row_and_what_is_merely_large_comes_over() {
        database.execute("""
                update public.tickets set title = repeat('x', 5000000), description = repeat(E'\\x01', 4194304)
                where title = 'Ticket 1';
                insert into public.tickets select (jsonb_populate_record(t, jsonb_build_object('id', gen_random_uuid(),
                  'title', 'Row ' || n, 'description', repeat('y', 1000000), 'ticket_history', null, 'status', 'new',
                  'assigned_to', null, 'internal_notes', null))).*
                from public.tickets t, generate_series(1, 20) n where t.title = 'Ticket 2'""");
        Documents.AdoptionReport report = database.service().documents().adopt("public");
        assertThat(report.tickets().imported()).isEqualTo(29);
        assertThat(codes(report.tickets())).containsExactly("title.too_large");
        assertThat(database.value("select length(document ->> 'description') from counterfoil.adoption_problem"))
                .isEqualTo("4194304");
        assertThat(database.value(
                        "select count(distinct id) from counterfoil.ticket where description = repeat('y', 1000000)"))
                .isEqualTo("20");
        database.execute("update public.tickets set description = repeat('x', 30000000) where length(title) > 100");
        assertThat(codes(database.service().documents().adopt("public").tickets()))
                .containsExactly("description.too_large");
        assertThat(database.value("select document -> 'description' from counterfoil.adoption_problem"))
                .isEqualTo("null");
    }

    @Test
    void what_postgresql_fails_to_write_is_a_fault_of_its_row() {
        database.execute("""
                create type public.mood as enum ('good', 'bad');
                create function public.mood_json(p public.mood) returns json language plpgsql as $$
                  begin return to_json(1 / (case p when 'bad' then 0 else 1 end)); end $$;
                create cast (public.mood as json) with function public.mood_json(public.mood);
                create type public.moods as (mood public.mood);
                alter table public.tickets drop custom_fields, add custom_fields public.moods;
                update public.tickets set custom_fields = row(case title when 'Ticket 3' then 'bad' else 'good' end::public.mood)""");
        Imports.Report report = database.service().documents().adopt("public").tickets();
        assertThat(report.imported()).isEqualTo(9);
        assertThat(codes(report)).containsExactly("custom_fields.unreadable");
        assertThat(database.query("select distinct custom_fields -> 'mood' from counterfoil.tickets"))
                .containsExactly("1");
    }

    @Test
    void what_is_in_columns_that_are_not_read_is_not_read() {
        String bad = "'{\"a\": \"" + BACKSLASH_U + "0000\"}'";
        database.execute("alter table public.customers alter feedback_history type json;"
                + "update public.customers set feedback_history = " + bad + ";"
                + "alter table public.workers alter ticket_history drop default, alter ticket_history type json;"
                + "update public.workers set ticket_history = " + bad + ";"
                + "alter table public.tickets add legacy json; update public.tickets set legacy = " + bad + ";"
                + "create schema shown; create view shown.customers as select * from public.customers;"
                + "create view shown.workers as select *, 1 / (length(email) - length(email)) as broken from public.workers;"
                + "create view shown.tickets as select * from public.tickets");
        Documents.AdoptionReport report = database.service().documents().adopt("shown");
        assertThat(report.customers()).isEqualTo(new Imports.Report(50, 0, List.of()));
        assertThat(report.workers().imported()).isEqualTo(50);
        assertThat(report.tickets().imported()).isEqualTo(10);
        assertThat(report.tickets().remarks())
                .extracting(remark -> remark.field() + "." + remark.code())
                .hasSize(10)
                .containsOnly("document.unknown_member");
    }

    private static List<String> codes(Imports.Report report) {
        return report.faults().stream()
                .map(fault -> fault.field() + "." + fault.code())
                .toList();
    }
}
