package io.github.counterfoil.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.error.SchemaMismatch;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What differs from the schema as made is named, and what a host added is no fault. */
class VerifyTest {
    private static TestDatabase database;
    private static TicketService tickets;

    @BeforeAll
    static void open() {
        database = TestDatabase.withSchema();
        tickets = database.service();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    private static List<String> differences(String planted) throws SQLException {
        return planted(planted, schema -> schema.verify());
    }

    private static List<String> planted(String sql, Function<Schema, List<String>> look) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("set local search_path = counterfoil; " + sql);
            List<String> found = look.apply(tickets.joining(connection).schema());
            connection.rollback();
            return found;
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "drop trigger guard_change on ticket | trigger ticket.guard_change is missing",
                "drop trigger guard_change on ticket_assignment | trigger ticket_assignment.guard_change is missing",
                "drop trigger guard_change on ticket_resolution | trigger ticket_resolution.guard_change is missing",
                "drop trigger guard_change on ticket_feedback | trigger ticket_feedback.guard_change is missing",
                "drop trigger guard_change on ticket_fact | trigger ticket_fact.guard_change is missing",
                "drop trigger guard_insert on ticket_event | trigger ticket_event.guard_insert is missing",
                "drop trigger guard_history on ticket_event | trigger ticket_event.guard_history is missing",
                "drop trigger guard_truncate on ticket | trigger ticket.guard_truncate is missing",
                "alter table ticket disable trigger guard_change | trigger ticket.guard_change is not as made",
                "alter table ticket_event disable trigger user | trigger ticket_event.guard_names is not as made",
                "alter table ticket enable replica trigger guard_change | trigger ticket.guard_change is not as made",
                "create or replace trigger guard_names before update of created_by_first_name on ticket_event"
                        + " for each statement when (false) execute function refuse_change()"
                        + " | trigger ticket_event.guard_names is not as made",
                "alter trigger guard_names on ticket_event rename to other | trigger ticket_event.guard_names is missing",
                "drop index customer_email_key | index customer.customer_email_key is missing",
                "drop index worker_email_key; create index worker_email_key on worker (lower(email collate \"C\"))"
                        + " | index worker.worker_email_key is not as made",
                "drop index ticket_event_id_key | index ticket_event.ticket_event_id_key is missing",
                "drop index ticket_event_public_seq_key; create unique index ticket_event_public_seq_key on ticket_event"
                        + " (ticket_id, public_seq) | index ticket_event.ticket_event_public_seq_key is not as made",
                "drop index ticket_status_idx | index ticket.ticket_status_idx is missing",
                "drop index ticket_event_created_by_idx | index ticket_event.ticket_event_created_by_idx is missing",
                "drop index ticket_customer_idx; create index ticket_customer_idx on ticket (customer_id)"
                        + " | index ticket.ticket_customer_idx is not as made",
                "alter table worker drop constraint worker_role_check | constraint worker.worker_role_check is missing",
                "alter table ticket_feedback drop constraint ticket_feedback_rating_check"
                        + " | constraint ticket_feedback.ticket_feedback_rating_check is missing",
                "alter table worker drop constraint worker_role_check, add constraint worker_role_check"
                        + " check (role <> '') | constraint worker.worker_role_check is not as made",
                "alter table ticket_resolution drop constraint ticket_resolution_check"
                        + " | constraint ticket_resolution.ticket_resolution_check is missing",
                "alter table ticket_event drop constraint ticket_event_pkey"
                        + " | constraint ticket_event.ticket_event_pkey is missing",
                "alter table ticket drop constraint ticket_customer_id_fkey | constraint ticket.ticket_customer_id_fkey is missing",
                "alter table customer drop constraint customer_id_fkey, add constraint customer_id_fkey foreign key (id)"
                        + " references auth.users on delete cascade | constraint customer.customer_id_fkey is not as made",
                "alter table ticket_assignment drop constraint ticket_assignment_worker_id_fkey, add constraint"
                        + " ticket_assignment_worker_id_fkey foreign key (worker_id) references worker not valid"
                        + " | constraint ticket_assignment.ticket_assignment_worker_id_fkey is not as made",
                "alter table customer drop constraint customer_communication_channels_check"
                        + " | constraint customer.customer_communication_channels_check is missing",
                "alter table ticket alter last_seq drop default | column ticket.last_seq is not as made",
                "alter table ticket alter id drop default | column ticket.id is not as made",
                "alter table worker alter active set default false | column worker.active is not as made",
                "alter table customer alter created_at set default now() | column customer.created_at is not as made",
                "alter table ticket alter title drop not null | column ticket.title is not as made",
                "alter table adoption_problem alter problems type varchar[] | column adoption_problem.problems is not as made",
                "alter table worker rename column skills to talents | column worker.skills is missing",
                "alter table ticket_feedback drop column comment cascade | column ticket_feedback.comment is missing",
                "alter table ticket add column tenant text not null"
                        + " | column ticket.tenant was added and must be given",
                "alter table adoption_problem set unlogged | table adoption_problem is not as made",
                "drop table ticket_feedback cascade | table ticket_feedback is missing",
                "drop function apply_command | function apply_command(p_ticket_id uuid",
                "drop function following_id | function following_id(p_first uuid, p_n integer) is missing",
                "alter function open_ticket security invoker | function open_ticket(p_ticket_id uuid",
                "alter function import_tickets reset search_path | function import_tickets(p jsonb, p_patience integer, p_durable boolean) is not as made",
                "alter function import_tickets(jsonb, integer, boolean) set search_path = public, pg_temp"
                        + " | function import_tickets(p jsonb, p_patience integer, p_durable boolean) is not as made",
                "grant execute on function erase_mentions to public | function erase_mentions(p_state jsonb, p_tickets uuid[]) is not",
                "create or replace function following_id(p_first uuid, p_n integer) returns uuid language sql"
                        + " as 'select p_first' | function following_id(p_first uuid, p_n integer) is not as made",
                "create or replace function refuse_change() returns trigger language plpgsql as"
                        + " 'begin return new; end' | function refuse_change() is not as made",
                "create rule mine as on update to ticket do instead nothing | table ticket is not as made",
                "alter table ticket_event enable row level security | table ticket_event is not as made",
                "alter function apply_command strict | function apply_command(p_ticket_id uuid",
                "grant all on ticket to public | everybody may trigger on ticket",
                "grant create on schema counterfoil to public | everybody may create objects in the schema",
                "drop view workers | view workers is missing",
                "alter view tickets set (security_invoker = false) | view tickets is not as made",
                "create or replace view customers with (security_invoker = true) as select c.id, c.first_name, c.last_name,"
                        + " c.communication_channels, c.preferred_language, c.email, '{}'::jsonb as feedback_history"
                        + " from customer c | view customers is not as made",
                "drop view workers; create view workers with (security_invoker = true) as select id from worker"
                        + " | view workers is not as made",
                "update schema_history set checksum = 'other' where version = 2"
                        + " | file V002__counterfoil_evolution.sql was run with another text",
                "update schema_code set checksum = 'other' | file R__counterfoil_code.sql was run with another text",
                "update schema_code set revision = 0 | file R__counterfoil_code.sql was not run",
                "delete from schema_history where version = 1 | file V001__counterfoil_tables.sql was not run",
            })
    void a_difference_is_named(String planted, String expected) throws SQLException {
        assertThat(differences(planted)).anyMatch(difference -> difference.startsWith(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "e.ticket_id = t.id, e.ticket_id = e.id",
        "t.weight + 512::bigint * t.last_seq, (t.weight + 512::bigint) * t.last_seq",
        "order by e.seq desc, order by e.seq asc"
    })
    void a_view_that_differs_by_no_word_is_not_as_made_and_made_again(String text, String replacement)
            throws IOException {
        try (TestDatabase other = TestDatabase.withSchema();
                InputStream file = Objects.requireNonNull(Schema.class.getResourceAsStream("views/tickets.sql"))) {
            String view = new String(file.readAllBytes(), StandardCharsets.UTF_8).replace("${schema}", "counterfoil");
            assertThat(view).contains(text);
            other.execute(view.replace(text, replacement));
            assertThat(other.service().schema().verify()).anyMatch(found -> found.startsWith("view tickets is not"));
            other.execute("update counterfoil.schema_code set checksum = 'older', revision = 0");
            other.service().schema().apply();
            assertThat(other.service().schema().verify()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"e", "t", "beyond", "from", "a.b"})
    void a_schema_may_be_called_as_a_view_calls_its_parts(String name) {
        try (TestDatabase other = TestDatabase.empty()) {
            TicketService named =
                    TicketService.builder(other.dataSource()).schema(name).build();
            named.schema().apply();
            assertThat(named.schema().verify()).isEmpty();
        }
    }

    /** What PostgreSQL prints depends on settings that a role may have. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "quote_all_identifiers = on",
                "standard_conforming_strings = off",
                "search_path = counterfoil, auth"
            })
    void a_sessions_settings_make_no_difference(String setting) throws SQLException {
        assertThat(differences("set local " + setting)).isEmpty();
    }

    @Test
    void what_was_dropped_is_missed_at_start_and_comes_back() {
        try (TestDatabase other = TestDatabase.withSchema()) {
            for (String drop : List.of(
                    "function counterfoil.register_worker",
                    "view counterfoil.tickets",
                    "trigger guard_change on counterfoil.ticket")) {
                other.execute("drop " + drop);
                assertThatThrownBy(() -> other.service().schema().require())
                        .isInstanceOfSatisfying(
                                SchemaMismatch.class, e -> assertThat(e.code()).isEqualTo("schema.incomplete"));
                assertThat(other.service().schema().apply())
                        .extracting(Schema.SqlFile::fileName)
                        .containsExactly("R__counterfoil_code.sql");
                other.service().schema().require();
                assertThat(other.service().schema().verify()).isEmpty();
            }
        }
    }

    @Test
    void what_only_a_superuser_can_change_is_named_too() {
        String role = "verify_" + UUID.randomUUID().toString().substring(0, 8);
        try (TestDatabase other = TestDatabase.withSchema()) {
            TestDatabase.plainRole(role);
            other.asSuperuser("alter table counterfoil.ticket_event disable trigger all;"
                    + " alter table counterfoil.ticket_event enable trigger user;"
                    + " grant create on schema counterfoil to " + role
                    + "; alter function counterfoil.register_placeholders owner to " + role);
            assertThat(other.service().schema().verify())
                    .hasSize(3)
                    .anyMatch(difference ->
                            difference.startsWith("constraint ticket_event.ticket_event_ticket_id_fkey is not as made"))
                    .anyMatch(difference -> difference.startsWith("function register_placeholders("))
                    .contains(role + " may create objects in the schema");
        } finally {
            TestDatabase.dropRoles(role);
        }
    }

    @Test
    void nothing_differs_in_a_fresh_schema() {
        assertThat(tickets.schema().verify()).isEmpty();
        assertThat(tickets.schema().additions()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create index mine on ticket (source_channel) | index ticket.mine",
                "create unique index mine on worker (timezone, id) | index worker.mine",
                "create function mine() returns trigger language plpgsql as 'begin return new; end'; create trigger mine"
                        + " after insert on ticket_event for each row execute function mine()"
                        + " | function mine() | trigger ticket_event.mine",
                "create table invoice (id int primary key, ticket_id uuid references ticket) | table invoice",
                "create table public.invoice (id int primary key, ticket_id uuid references counterfoil.ticket)",
                "alter table ticket add foreign key (id) references ticket | constraint ticket.ticket_id_fkey",
                "alter table customer add column tenant text not null default 'a' | column customer.tenant",
                "create view mine as select 1 as one | view mine",
                "create function open_ticket(text) returns int language sql as 'select 1' | function open_ticket(text)",
                "comment on table ticket is 'mine'",
                "grant select on ticket to public",
            })
    void what_a_host_added_is_named_apart_and_is_no_fault(String added) throws SQLException {
        String[] parts = added.split(" \\| ");
        assertThat(differences(parts[0])).isEmpty();
        assertThat(planted(parts[0], Schema::additions))
                .containsExactly(List.of(parts).subList(1, parts.length).toArray(String[]::new));
    }

    @Test
    void strange_names_and_a_users_table_in_the_same_schema_make_no_difference() {
        try (TestDatabase other = TestDatabase.empty()) {
            for (String name : List.of("Größe \"x\"; drop", "id", "ticket", "users")) {
                TicketService named = TicketService.builder(other.connections())
                        .schema(name)
                        .usersTable(name, "ticket_users", name)
                        .build();
                named.schema().apply();
                assertThat(named.schema().verify()).as(name).isEmpty();
                assertThat(named.schema().additions()).as(name).containsExactly("table ticket_users");
                SupportTeam.registered(named).ticket();
            }
        }
    }
}
