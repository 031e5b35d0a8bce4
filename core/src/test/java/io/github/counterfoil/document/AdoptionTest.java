package io.github.counterfoil.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.Unavailable;
import io.github.counterfoil.imports.Imports;
import io.github.counterfoil.imports.Imports.Report.Fault;
import io.github.counterfoil.spi.ConnectionSource;
import io.github.counterfoil.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A database with the document's literal tables is moved over. */
@Tag("storage")
class AdoptionTest {
    static final String LITERAL_TABLES = """
            create schema auth;
            create table auth.users (id uuid primary key, email text);
            create table public.customers (
              id uuid primary key references auth.users (id), first_name text not null, last_name text not null,
              communication_channels text[], preferred_language text, email text not null unique, feedback_history jsonb);
            create table public.workers (
              id uuid primary key not null references auth.users (id), email text unique not null,
              first_name text not null, last_name text not null, created_at timestamptz not null default now(),
              role text not null, skills text[] default '{}', languages text[] default '{}', timezone text not null,
              metrics jsonb default '{}', assigned_tickets uuid[] default '{}', ticket_history jsonb default '[]');
            create table public.tickets (
              id uuid primary key default gen_random_uuid(), title text not null, description text not null,
              status text not null, priority text not null, tags text[], custom_fields jsonb, ticket_history jsonb,
              internal_notes jsonb, feedback jsonb, source_channel text, created_at timestamptz default now(),
              updated_at timestamptz default now(), created_by uuid references auth.users (id), customer_email text,
              assigned_to jsonb);
            create function pg_temp.person(kind text, n int) returns uuid language sql as
              $$ select md5(kind || n)::uuid $$;
            insert into auth.users select pg_temp.person(kind, n), kind || n || '@example.com'
              from generate_series(1, 50) n, unnest(array['c', 'w']) kind;
            insert into public.customers select pg_temp.person('c', n), 'First' || n, 'Last' || n, '{web}', 'en',
              'c' || n || '@example.com', '{"feedback": []}' from generate_series(1, 50) n;
            insert into public.workers select pg_temp.person('w', n), 'w' || n || '@example.com', 'First' || n, 'Last' || n,
              '2024-01-01', 'agent', '{api}', '{en}', 'Europe/Berlin' from generate_series(1, 50) n;

            create function pg_temp.event(ticket int, seq int, type text, who uuid, role text, visibility text, own jsonb)
            returns jsonb language sql as $$
              select own || jsonb_build_object('id', md5(ticket || '/' || seq)::uuid, 'type', type,
                'created_at', timestamptz '2024-06-01' + ticket * interval '1 min' + seq * interval '1 s',
                'created_by_uuid', who, 'created_by_first_name', 'F', 'created_by_last_name', 'L',
                'role', role, 'visibility', visibility) $$;
            insert into public.tickets
            select md5('t' || n)::uuid, 'Ticket ' || n, 'Text ' || n, 'closed', 'medium', '{a,b}', '{"plan": "gold", "n": 1}',
              jsonb_build_object('events', jsonb_build_array(
                pg_temp.event(n, 1, 'message', c, 'customer', 'public', '{"content": "Hello", "attachments": []}'),
                pg_temp.event(n, 2, 'assignment-added', w, 'agent', 'public', jsonb_build_object('agent_id', w)),
                pg_temp.event(n, 3, 'status-update', w, 'agent', 'public', '{"old_value": "new", "new_value": "open"}'),
                pg_temp.event(n, 4, 'field-added', w, 'agent', 'private', '{"field_name": "n", "new_value": 1}'),
                pg_temp.event(n, 5, 'escalated', w, 'agent', 'private', '{"level": 2}'),
                pg_temp.event(n, 6, 'note-added', w, 'agent', 'private', '{"content": "Careful"}'),
                pg_temp.event(n, 7, 'status-update', w, 'agent', 'public', '{"old_value": "open", "new_value": "closed"}'))),
              jsonb_build_object('notes', jsonb_build_array(jsonb_build_object('id', md5(n || '/6')::uuid,
                'content', 'Careful', 'created_at', timestamptz '2024-06-01', 'created_by', w))),
              null, 'web', timestamptz '2024-06-01' + n * interval '1 min', timestamptz '2024-06-02', c,
              'c' || 1 + n % 50 || '@example.com', jsonb_build_array(jsonb_build_object('id', w))
            from generate_series(1, 10000) n,
              lateral (select pg_temp.person('c', 1 + n % 50) as c, pg_temp.person('w', 1 + n % 50) as w) p;
            """;

    /** Ten kinds of damage, each to twenty tickets, and the problem that each is known by. */
    private static final String[][] DAMAGE = {
        {
            "ticket_history = jsonb_set(ticket_history, '{events,3,created_at}', '\"2020-01-01T00:00:00Z\"')",
            "event 4: created_at.out_of_order"
        },
        {
            "ticket_history = jsonb_set(ticket_history, '{events,4,id}', ticket_history #> '{events,0,id}')",
            "event 5: id.duplicate"
        },
        {
            "ticket_history = jsonb_set(ticket_history, '{events,1,agent_id}', '\"99999999-0000-4000-8000-000000000000\"'),"
                    + " assigned_to = '[{\"id\": \"99999999-0000-4000-8000-000000000000\"}]'",
            "event 2: agent_id.unknown"
        },
        {
            "ticket_history = jsonb_set(ticket_history, '{events,2,old_value}', '\"pending\"')",
            "event 3: old_value.not_current"
        },
        {"status = 'resolved'", "status.unknown"},
        {"customer_email = 'nobody@example.com'", "customer_email.unknown"},
        {"assigned_to = '[]'", "assigned_to.differs"},
        {"ticket_history = ticket_history #- '{events,0,created_by_uuid}'", "event 1: created_by_uuid.required"},
        {
            "feedback = '{\"rating\": 9, \"comment\": \"x\", \"submitted_at\": \"2024-07-30T00:00:00Z\"}'",
            "event 8: rating.out_of_range"
        },
        {
            "ticket_history = jsonb_set(ticket_history, '{events,5,visibility}', '\"public\"')",
            "event 6: visibility.must_be_private"
        },
    };

    @Test
    void thousands_of_tickets_come_over_and_the_damaged_ones_are_named_and_kept_whole() {
        try (TestDatabase database = TestDatabase.empty()) {
            database.execute(LITERAL_TABLES.replace("10000", "2500"));
            damage(database);
            String before = database.value("select md5(string_agg(t::text, '|' order by id)) from public.tickets t");
            TicketService tickets = database.service();
            tickets.schema().apply();

            Documents.AdoptionReport report = tickets.documents().adopt("public");

            assertThat(report.customers().imported()).isEqualTo(50);
            assertThat(report.workers().imported()).isEqualTo(50);
            assertThat(report.tickets().imported()).isEqualTo(2_300);
            assertThat(report.tickets().faults().stream().map(Fault::id).collect(Collectors.toSet()))
                    .hasSize(200);
            for (String[] damage : DAMAGE) {
                assertThat(database.value(
                                "select count(*) from counterfoil.adoption_problem where kind = 'tickets' and '"
                                        + damage[1] + "' = any (problems)"))
                        .as(damage[1])
                        .isEqualTo("20");
            }
            assertThat(
                            database.value(
                                    "select count(*) from counterfoil.adoption_problem p join public.tickets t using (id) "
                                            + "where p.document - 'created_at' = to_jsonb(t) - '{updated_at,created_at}'::text[]"))
                    .as("kept whole, as far as it is read")
                    .isEqualTo("200");
            assertThat(tickets.verifyAll().discrepancies()).isEmpty();
            assertThat(database.value(
                            "select count(*) from counterfoil.tickets n join public.tickets o using (id) where "
                                    + "(n.title, n.status, n.tags, n.custom_fields, n.created_at, n.customer_email) "
                                    + "= (o.title, o.status, o.tags, o.custom_fields, o.created_at, o.customer_email) "
                                    + "and jsonb_array_length(n.ticket_history -> 'events') = 7"))
                    .isEqualTo("2300");
            assertThat(database.value("select md5(string_agg(t::text, '|' order by id)) from public.tickets t"))
                    .as("the old table is left alone")
                    .isEqualTo(before);
        }
    }

    @Test
    void an_adoption_that_broke_off_is_run_again_and_a_mended_row_comes_over() {
        try (TestDatabase database = TestDatabase.empty()) {
            database.execute(LITERAL_TABLES.replace("10000", "500"));
            TicketService tickets = database.service();
            tickets.schema().apply();
            TicketService breakingOff = TicketService.builder(new BreakingOff(database.dataSource()))
                    .build();
            assertThatThrownBy(() -> breakingOff.documents().adopt("public")).isInstanceOf(Unavailable.class);
            int stored = Integer.parseInt(database.value("select count(*) from counterfoil.ticket"));
            assertThat(stored).isBetween(1, 499);

            database.execute("update public.tickets set status = 'odd' "
                    + "where id = (select max(id::text)::uuid from public.tickets)");
            Documents.AdoptionReport second = tickets.documents().adopt("public");
            assertThat(second.tickets().present()).isEqualTo(stored);
            assertThat(second.tickets().imported()).isEqualTo(499 - stored);
            assertThat(database.value("select count(*) from counterfoil.adoption_problem"))
                    .isEqualTo("1");

            database.execute("update public.tickets set status = 'closed'");
            assertThat(tickets.documents().adopt("public").tickets().imported()).isEqualTo(1);
            assertThat(database.value("select count(*) from counterfoil.adoption_problem"))
                    .isEqualTo("0");
        }
    }

    @Test
    void a_row_without_an_id_that_can_be_read_is_one_fault_and_the_others_come_over() {
        try (TestDatabase database = TestDatabase.empty()) {
            database.execute(LITERAL_TABLES.replace("10000", "700"));
            database.execute("alter table public.tickets drop constraint tickets_pkey, alter id drop not null; "
                    + "update public.tickets set id = null where substr(title, 8)::int <= 450; "
                    + "insert into public.tickets select * from public.tickets where title = 'Ticket 700'");
            TicketService tickets = database.service();
            tickets.schema().apply();
            Imports.Report report = tickets.documents().adopt("public").tickets();
            assertThat(report.imported()).isEqualTo(250);
            assertThat(report.present()).as("the row that is there twice").isEqualTo(1);
            assertThat(codes(report)).hasSize(450).containsOnly("id.required");
            assertThat(report.faults().stream().map(Fault::item)).doesNotHaveDuplicates();
            keptWhole(database, "tickets", 450);

            database.execute("update public.tickets set id = md5(title)::uuid where id is null");
            assertThat(tickets.documents().adopt("public").tickets())
                    .extracting(Imports.Report::imported, Imports.Report::present)
                    .containsExactly(450L, 251L);
            keptWhole(database, "tickets", 0);
        }
    }

    @Test
    void ids_that_are_text_come_over_where_they_can_be_read() {
        try (TestDatabase database = TestDatabase.empty()) {
            database.execute(LITERAL_TABLES.replace("10000", "500"));
            for (String kind : List.of("customers", "workers", "tickets")) {
                database.execute(
                        "alter table public." + kind + " drop constraint " + kind + "_pkey, alter id type text, "
                                + "alter id drop not null, alter id drop default"
                                + (kind.equals("tickets") ? "" : ", drop constraint " + kind + "_id_fkey"));
            }
            database.execute("update public.tickets set id = '' where title = 'Ticket 1'; "
                    + "update public.tickets set id = 'T-2' where title in ('Ticket 2', 'Ticket 3'); "
                    + "update public.tickets set id = null where title = 'Ticket 4'; "
                    + "update public.tickets set id = upper(id) where title = 'Ticket 5'; "
                    + "update public.customers set id = 'C-50' where first_name = 'First50'; "
                    + "update public.workers set id = null where first_name = 'First50'");
            TicketService tickets = database.service();
            tickets.schema().apply();
            Documents.AdoptionReport report = tickets.documents().adopt("public");
            assertThat(report.customers().imported()).isEqualTo(49);
            assertThat(codes(report.customers())).containsExactly("id.malformed");
            assertThat(report.workers().imported()).isEqualTo(49);
            assertThat(codes(report.workers())).containsExactly("id.required");
            assertThat(report.tickets().imported()).isEqualTo(486);
            assertThat(codes(report.tickets()))
                    .as("and ten are of a customer who has no id")
                    .hasSize(14)
                    .containsOnly("id.malformed", "id.required", "customer_email.unknown");
            assertThat(tickets.verifyAll().discrepancies()).isEmpty();
            keptWhole(database, "customers", 1);
            keptWhole(database, "workers", 1);
            keptWhole(database, "tickets", 14);
        }
    }

    @Test
    void a_table_that_may_not_be_read_is_named() {
        String role = TestDatabase.plainRole("adopting");
        try (TestDatabase database = TestDatabase.empty()) {
            database.execute(LITERAL_TABLES.replace("10000", "10"));
            database.execute("create schema literal; alter table public.customers set schema literal; "
                    + "alter table public.workers set schema literal; alter table public.tickets set schema literal");
            TicketService owner = database.service();
            owner.schema().apply();
            database.execute(owner.schema().grants(role));
            Documents documents =
                    TicketService.builder(database.dataSource(role)).build().documents();
            String all =
                    "schema[customers].not_permitted, schema[tickets].not_permitted, schema[workers].not_permitted";
            refused(documents, all);
            database.execute("grant usage on schema literal to " + role);
            refused(documents, all);
            database.execute("grant select on literal.customers, literal.workers to " + role);
            refused(documents, "schema[tickets].not_permitted");
            database.execute("grant select on literal.tickets to " + role);
            assertThat(documents.adopt("literal").tickets().imported()).isEqualTo(10);
            database.execute("alter table literal.workers drop column id");
            refused(documents, "schema[workers].id.required");
            database.execute("drop table literal.workers");
            refused(documents, "schema.tables_missing");
        } finally {
            TestDatabase.dropRoles(role);
        }
    }

    private static void refused(Documents documents, String faults) {
        assertThatThrownBy(() -> documents.adopt("literal"))
                .isInstanceOf(InvalidInput.class)
                .hasMessage(faults);
    }

    private static List<String> codes(Imports.Report report) {
        return report.faults().stream()
                .map(fault -> fault.field() + "." + fault.code())
                .toList();
    }

    private static void keptWhole(TestDatabase database, String kind, int rows) {
        assertThat(database.value("select count(*) || ' ' || count(*) filter (where p.document - 'created_at' in ("
                        + "select to_jsonb(t) - '{created_at,updated_at,feedback_history,assigned_tickets}'::text[]"
                        + (kind.equals("workers") ? " - 'ticket_history'" : "")
                        + " from public." + kind + " t)) from counterfoil.adoption_problem p where kind = '" + kind
                        + "'"))
                .isEqualTo(rows + " " + rows);
    }

    @Test
    void a_table_that_somebody_has_locked_as_a_whole_is_waited_for_until_the_deadline() throws SQLException {
        try (TestDatabase database = TestDatabase.empty();
                Connection stranger = database.dataSource().getConnection()) {
            database.execute(LITERAL_TABLES.replace("10000", "10"));
            TicketService tickets = database.service();
            tickets.schema().apply();
            stranger.setAutoCommit(false);
            stranger.createStatement().execute("lock table public.tickets in access exclusive mode");
            assertThatThrownBy(() ->
                            tickets.within(Duration.ofSeconds(2)).documents().adopt("public"))
                    .isInstanceOfSatisfying(
                            Unavailable.class, e -> assertThat(e.code()).isEqualTo("database.timeout"));
            stranger.rollback();
            assertThat(tickets.documents().adopt("public").tickets().imported()).isEqualTo(10);
        }
    }

    @Test
    void the_schema_of_the_views_is_no_place_to_adopt_from() {
        try (TestDatabase database = TestDatabase.withSchema()) {
            assertThatThrownBy(() -> database.service().documents().adopt("counterfoil"))
                    .isInstanceOf(InvalidInput.class);
        }
    }

    private static void damage(TestDatabase database) {
        for (int kind = 0; kind < DAMAGE.length; kind++) {
            database.execute(
                    "update public.tickets set " + DAMAGE[kind][0] + " where title in (select 'Ticket ' || n from "
                            + "generate_series(" + (kind * 100 + 1) + ", " + (kind * 100 + 20) + ") n)");
        }
    }

    /** Connections that are no longer to be had from one moment on: after the first tickets are stored. */
    private static final class BreakingOff implements ConnectionSource {
        private static final int OPENED_BEFORE = 164;

        private final DataSource dataSource;
        private int opened;

        BreakingOff(DataSource dataSource) {
            this.dataSource = dataSource;
        }

        @Override
        public Connection open() throws SQLException {
            if (++opened > OPENED_BEFORE) {
                throw new SQLException("gone", "08001");
            }
            return dataSource.getConnection();
        }

        @Override
        public void release(Connection connection) throws SQLException {
            connection.close();
        }
    }
}
