package io.github.counterfoil.document;

import static io.github.counterfoil.document.AdoptionTest.LITERAL_TABLES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
                schema[customers].communication_channels.not_an_array, schema[customers].email.not_a_string, \
                schema[customers].first_name.not_a_string, schema[customers].last_name.not_a_string, \
                schema[customers].preferred_language.not_a_string, \
                schema[tickets].assigned_to.not_an_object, schema[tickets].created_at.not_a_string, \
                schema[tickets].created_by.not_a_string, schema[tickets].custom_fields.not_an_object, \
                schema[tickets].customer_email.not_a_string, schema[tickets].description.not_a_string, \
                schema[tickets].feedback.not_an_object, schema[tickets].internal_notes.not_an_object, \
                schema[tickets].priority.not_a_string, schema[tickets].source_channel.not_a_string, \
                schema[tickets].status.not_a_string, schema[tickets].tags.not_a_string, \
                schema[tickets].ticket_history.not_an_object, schema[tickets].title.not_a_string, \
                schema[workers].created_at.not_a_string, schema[workers].email.not_a_string, \
                schema[workers].first_name.not_a_string, schema[workers].languages.not_an_array, \
                schema[workers].last_name.not_a_string, schema[workers].role.not_a_string, \
                schema[workers].skills.not_an_array, schema[workers].timezone.not_a_string""");
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
