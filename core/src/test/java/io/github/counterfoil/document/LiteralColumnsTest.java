package io.github.counterfoil.document;

import static io.github.counterfoil.document.AdoptionTest.LITERAL_TABLES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which columns the literal tables must have, and of what types they may be. */
@Tag("storage")
class LiteralColumnsTest {
    private TestDatabase database;

    @BeforeEach
    void open() {
        database = TestDatabase.empty();
        database.execute(LITERAL_TABLES.replace("10000", "10"));
        database.execute("update public.tickets set status = 'new', ticket_history = null, internal_notes = null,"
                + " assigned_to = null; update public.workers set metrics = null");
        database.service().schema().apply();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void all_columns_that_every_row_needs_are_missed_at_once_before_a_row_is_read() {
        database.execute("alter table public.customers drop id cascade, drop email, drop first_name, drop last_name;"
                + "alter table public.workers drop id cascade, drop email, drop first_name, drop last_name, drop role,"
                + " drop timezone, drop created_at;"
                + "alter table public.tickets drop id, drop title, drop description, drop status, drop priority,"
                + " drop created_at, drop created_by");
        refused("""
                schema[customers].email.required, schema[customers].first_name.required, \
                schema[customers].id.required, schema[customers].last_name.required, \
                schema[tickets].created_at.required, schema[tickets].created_by.required, \
                schema[tickets].description.required, schema[tickets].id.required, \
                schema[tickets].priority.required, schema[tickets].status.required, schema[tickets].title.required, \
                schema[workers].created_at.required, schema[workers].email.required, \
                schema[workers].first_name.required, schema[workers].id.required, \
                schema[workers].last_name.required, schema[workers].role.required, schema[workers].timezone.required""");
    }

    @Test
    void all_other_columns_may_be_missing() {
        database.execute("alter table public.customers drop preferred_language, drop communication_channels,"
                + " drop feedback_history;"
                + "alter table public.workers drop skills, drop languages, drop metrics, drop assigned_tickets,"
                + " drop ticket_history;"
                + "alter table public.tickets drop tags, drop custom_fields, drop ticket_history, drop internal_notes,"
                + " drop feedback, drop source_channel, drop updated_at, drop customer_email, drop assigned_to");
        everythingComesOver();
    }

    @Test
    void all_columns_of_a_type_that_cannot_be_read_are_told_at_once_before_a_row_is_read() {
        retype("customers", "email, first_name, last_name, preferred_language, communication_channels", "integer");
        retype("workers", "email, first_name, last_name, role, timezone, created_at, skills, languages", "boolean");
        retype("tickets", "title, description, status, priority, created_at, created_by", "bigint");
        retype("tickets", "customer_email, source_channel, custom_fields, feedback", "text[]");
        retype("tickets", "ticket_history, internal_notes", "text");
        retype("tickets", "tags", "integer[]");
        retype("tickets", "assigned_to", "text[]");
        refused("""
                schema[customers].communication_channels(integer).not_an_array, schema[customers].email(integer).not_a_string, \
                schema[customers].first_name(integer).not_a_string, schema[customers].last_name(integer).not_a_string, \
                schema[customers].preferred_language(integer).not_a_string, \
                schema[tickets].assigned_to(text[]).not_an_object, schema[tickets].created_at(bigint).not_a_moment, \
                schema[tickets].created_by(bigint).not_a_string, schema[tickets].custom_fields(text[]).not_an_object, \
                schema[tickets].customer_email(text[]).not_a_string, schema[tickets].description(bigint).not_a_string, \
                schema[tickets].feedback(text[]).not_an_object, schema[tickets].internal_notes(text).not_an_object, \
                schema[tickets].priority(bigint).not_a_string, schema[tickets].source_channel(text[]).not_a_string, \
                schema[tickets].status(bigint).not_a_string, schema[tickets].tags(integer[]).not_a_string, \
                schema[tickets].ticket_history(text).not_an_object, schema[tickets].title(bigint).not_a_string, \
                schema[workers].created_at(boolean).not_a_moment, schema[workers].email(boolean).not_a_string, \
                schema[workers].first_name(boolean).not_a_string, schema[workers].languages(boolean).not_an_array, \
                schema[workers].last_name(boolean).not_a_string, schema[workers].role(boolean).not_a_string, \
                schema[workers].skills(boolean).not_an_array, schema[workers].timezone(boolean).not_a_string""");
    }

    @Test
    void all_columns_of_a_type_whose_values_have_several_readings_are_told_at_once_before_a_row_is_read() {
        database.execute("create domain public.day as date");
        retype("customers", "email", "bytea");
        retype("customers", "first_name", "xml");
        retype("customers", "last_name", "money");
        retype("customers", "communication_channels", "bytea[]");
        retype("workers", "timezone", "interval");
        retype("workers", "created_at", "timestamp");
        retype("workers", "metrics", "text");
        retype("tickets", "title", "int4range");
        retype("tickets", "source_channel", "inet");
        retype("tickets", "created_at", "day");
        refused("""
                schema[customers].communication_channels(bytea[]).not_a_string, \
                schema[customers].email(bytea).not_a_string, schema[customers].first_name(xml).not_a_string, \
                schema[customers].last_name(money).not_a_string, schema[tickets].created_at(public.day).not_a_moment, \
                schema[tickets].source_channel(inet).not_a_string, schema[tickets].title(int4range).not_a_string, \
                schema[workers].created_at(timestamp without time zone).not_a_moment, \
                schema[workers].metrics(text).not_an_object, schema[workers].timezone(interval).not_a_string""");
    }

    @Test
    void what_fills_a_char_up_is_no_part_of_its_value() {
        database.execute("""
                create domain public.short as char(12);
                alter table public.customers alter first_name type char(20), alter email type char(60),
                  alter communication_channels type char(9)[];
                alter table public.workers alter role type public.short;
                alter table public.tickets alter status type char(10), alter priority type public.short,
                  alter customer_email type char(70)""");
        everythingComesOver();
        assertThat(database.query("select distinct octet_length(first_name) from counterfoil.customer order by 1"))
                .containsExactly("6", "7");
        assertThat(database.query("select distinct octet_length(communication_channels[1]) from counterfoil.customer"))
                .containsExactly("3");
    }

    @Test
    void a_table_whose_rows_may_be_hidden_from_who_reads_it_is_named() {
        String role = TestDatabase.plainRole("shown");
        try {
            database.execute("grant select on public.customers, public.workers, public.tickets to " + role);
            database.execute(database.service().schema().grants(role));
            database.execute("alter table public.tickets enable row level security;"
                    + "alter table public.workers enable row level security");
            Documents documents =
                    TicketService.builder(database.dataSource(role)).build().documents();
            assertThatThrownBy(() -> documents.adopt("public"))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessage("schema[tickets].row_security, schema[workers].row_security");
            everythingComesOver();
            database.execute("alter table public.tickets force row level security");
            assertThatThrownBy(() -> database.service().documents().adopt("public"))
                    .hasMessage("schema[tickets].row_security");
        } finally {
            database.asSuperuser("drop owned by " + role);
            TestDatabase.dropRoles(role);
        }
    }

    private void retype(String table, String columns, String type) {
        for (String column : columns.split(", ")) {
            database.execute("alter table public." + table + " alter " + column + " drop default, alter " + column
                    + " drop not null, drop constraint if exists tickets_created_by_fkey;"
                    + "alter table public." + table + " alter " + column + " type " + type + " using null");
        }
    }

    @Test
    void a_column_may_be_of_any_type_whose_values_can_be_read() {
        database.execute("""
                create domain public.labels as text[];
                create domain public.document as jsonb;
                create type public.assignee as (id uuid);
                create type public.status as enum ('new', 'open');
                alter table public.customers alter email type varchar(300), alter first_name type name,
                  alter communication_channels type jsonb using to_jsonb(communication_channels);
                alter table public.workers alter created_at drop default,
                  alter created_at type text using to_json(created_at) #>> '{}', alter skills drop default,
                  alter skills type public.labels, alter timezone type json using to_json(timezone);
                alter table public.tickets alter status type public.status using status::public.status,
                  alter custom_fields type public.document, alter internal_notes type json using internal_notes::json,
                  drop constraint tickets_created_by_fkey, alter created_by type text,
                  alter assigned_to type public.assignee[] using null""");
        everythingComesOver();
    }

    @Test
    void an_email_of_a_type_that_no_text_is_compared_with_names_its_customer() {
        database.execute("alter table public.customers alter email type jsonb using to_jsonb(email)");
        everythingComesOver();
        database.execute(
                "create type public.address as enum ('c1@example.com');"
                        + "delete from public.customers where email <> '\"c1@example.com\"';"
                        + "alter table public.customers alter email type public.address using (email #>> '{}')::public.address");
        assertThat(database.service().documents().adopt("public").tickets().present())
                .isEqualTo(10);
    }

    private void everythingComesOver() {
        Documents.AdoptionReport report = database.service().documents().adopt("public");
        assertThat(report.customers().faults()).isEmpty();
        assertThat(report.workers().faults()).isEmpty();
        assertThat(report.tickets().faults()).isEmpty();
        assertThat(report.tickets().imported()).isEqualTo(10);
    }

    private void refused(String faults) {
        assertThatThrownBy(() -> database.service().documents().adopt("public"))
                .isInstanceOf(InvalidInput.class)
                .hasMessage(faults);
        assertThat(database.value("select (select count(*) from counterfoil.customer)"
                        + " + (select count(*) from counterfoil.adoption_problem)"))
                .isEqualTo("0");
    }
}
