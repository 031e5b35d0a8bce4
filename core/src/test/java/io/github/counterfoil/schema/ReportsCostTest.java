package io.github.counterfoil.schema;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.testing.ExplainingConnection;
import io.github.counterfoil.testing.SameConnection;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What figures and the views for a host's own SQL read among 100,000 tickets of a year, of 5,000 customers and 50 workers: blocks of
 * 8 kB, counted by PostgreSQL. A bound is a little more than what was counted.
 */
class ReportsCostTest {
    private static final int EVENTS = 10_000;

    private static TestDatabase database;

    @BeforeAll
    static void fill() {
        database = TestDatabase.unused();
        UUID id = SupportTeam.in(database).ticket();
        database.behindTheGuards(FILL.formatted(id, EVENTS));
        database.execute("vacuum");
        // Of so many rows each is looked at, so that no sample decides for a plan.
        database.execute("set local default_statistics_target = 1000; analyze");
    }

    @AfterAll
    static void close() {
        database.close();
    }

    private static final String FILL = """
            insert into auth.users select ('00000000-0000-4000-c000-' || lpad(n::text, 12, '0'))::uuid from generate_series(1, 5000) as n;
            insert into counterfoil.customer (id, email, first_name, last_name)
            select ('00000000-0000-4000-c000-' || lpad(n::text, 12, '0'))::uuid, 'c' || n || '@example.com', 'C', 'D'
            from generate_series(1, 5000) as n;
            insert into auth.users select ('00000000-0000-4000-d000-' || lpad(n::text, 12, '0'))::uuid from generate_series(1, 50) as n;
            insert into counterfoil.worker (id, email, first_name, last_name, role, timezone)
            select ('00000000-0000-4000-d000-' || lpad(n::text, 12, '0'))::uuid, 'w' || n || '@example.com', 'W', 'X', 'agent', 'UTC'
            from generate_series(1, 50) as n;
            create temporary table made as
            select n, gen_random_uuid() as id, timestamptz '2025-01-01 UTC' + n * interval '315 seconds' as at,
                   ('00000000-0000-4000-c000-' || lpad((1 + n * 7919 %% 5000)::text, 12, '0'))::uuid as customer_id,
                   ('00000000-0000-4000-d000-' || lpad((1 + n * 101 %% 50)::text, 12, '0'))::uuid as worker_id,
                   n %% 10 > 0 as closed
            from generate_series(1, 100000) as n;
            insert into counterfoil.ticket (id, title, description, status, closed_seq, priority, custom_fields, created_at, updated_at,
                                            created_by, customer_id, public_updated_at, status_since, assigned, first_response_seq,
                                            first_response_at, opening, number, position)
            select m.id, 'Title', repeat('x', 300), case when m.closed then 'closed' else 'open' end, case when m.closed then 9 end, 'low',
                   jsonb_build_object('serial', m.n / 10), m.at, m.at, m.customer_id, m.customer_id, m.at, m.at + case when m.closed then interval '2 days' else interval '0' end, true, 1,
                   m.at + interval '1 hour', m.id, m.n, 0
            from made m;
            insert into counterfoil.ticket_assignment (ticket_id, worker_id, assigned_at, status, priority, ticket_created_at)
            select m.id, m.worker_id, m.at, case when m.closed then 'closed' else 'open' end, 'low', m.at from made m;
            insert into counterfoil.ticket_activity (ticket_id, updated_at, status)
            select m.id, m.at, case when m.closed then 'closed' else 'open' end from made m;
            insert into counterfoil.ticket_tag (ticket_id, tag, status, priority, ticket_created_at)
            select m.id, 'fire', case when m.closed then 'closed' else 'open' end, 'low', m.at from made m where m.n %% 3 = 0;
            insert into counterfoil.ticket_fact (ticket_id, opened_at, at, seq, kind, worker_id)
            select m.id, m.at, m.at + interval '1 hour', 1, 'responded', m.worker_id from made m
            union all
            select m.id, m.at, m.at + interval '2 days', 9, 'closed', null from made m where m.closed;
            insert into counterfoil.ticket_resolution (ticket_id, closed_seq, worker_id, title, assigned_at, resolved_at)
            select m.id, 9, m.worker_id, 'Title', m.at, m.at + interval '2 days' from made m where m.closed;
            insert into counterfoil.ticket_feedback (ticket_id, closed_seq, customer_id, rating, submitted_at)
            select m.id, 9, m.customer_id, 1 + m.n %% 5, m.at + interval '3 days' from made m where m.closed and m.n %% 5 = 1;
            insert into counterfoil.ticket_event (ticket_id, seq, id, type, created_at, created_by, created_by_first_name,
                                                  created_by_last_name, role, visibility, body, size, public_seq, public_at, position)
            select '%1$s', n, gen_random_uuid(), 'message', now() + n * interval '1 ms', '00000000-0000-4000-8000-000000000001',
                   'Jane', 'Smith', 'agent', 'public', '{"content": "x", "attachments": []}', 36, n, now() + n * interval '1 ms', 0
            from generate_series(1, %2$d) as n;
            update counterfoil.ticket set last_seq = %2$d, last_public_seq = %2$d, weight = 36 * %2$d, public_weight = 36 * %2$d
            where id = '%1$s'
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "desk_figures((select array_agg(d) from generate_series(timestamptz '2025-01-01', '2026-01-01', '1 day') d)) | 4000",
                "desk_figures((select array_agg(d) from generate_series(timestamptz '2025-12-01', '2026-01-01', '1 day') d)) | 1500",
                "worker_figures('00000000-0000-4000-d000-000000000001', '-infinity', 'infinity') | 1500",
                "worker_figures('00000000-0000-4000-d000-000000000001', '2025-12-01', '2026-01-01') | 1500",
            })
    void figures_read_what_was_kept(String function, long bound) {
        assertWithin("select * from counterfoil." + function, bound);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "select id, status, title from tickets where customer_email = 'c77@example.com' | 40",
                "select id from tickets where id = (select id from ticket limit 1) | 20",
                "select assigned_tickets from workers where id = '00000000-0000-4000-d000-000000000001' | 1200",
                "select assigned_tickets from workers | 7000",
                "select * from worker_overview | 700",
                "select * from ticket_overview where customer_id = '00000000-0000-4000-c000-000000000077' | 400",
                "select * from ticket_overview order by created_at desc limit 50 | 800",
                "select t.* from ticket_activity a join ticket_overview t on t.id = a.ticket_id where a.status = 'open' order by a.updated_at desc limit 50 | 400",
                "select t.* from ticket_activity a join tickets t on t.id = a.ticket_id where a.status = 'closed' order by a.updated_at desc limit 50 | 1060",
                "select t.* from ticket_activity a join ticket_overview t on t.id = a.ticket_id where a.status in ('new', 'open') and a.updated_at > '2025-12-31' order by a.updated_at desc limit 50 | 400",
                "select t.* from ticket_assignment a join ticket_overview t on t.id = a.ticket_id where a.worker_id = (select w.id from workers w where w.email = 'w7@example.com') and a.status = 'closed' and a.priority = 'low' order by a.ticket_created_at desc limit 50 | 400",
                "select t.* from ticket_tag a join ticket_overview t on t.id = a.ticket_id where a.tag = 'fire' and a.status = 'open' and a.priority = 'low' order by a.ticket_created_at desc limit 50 | 400",
                "select * from tickets where created_at > '2025-06-01' order by created_at desc limit 50 | 1060",
                "select ticket_history from tickets where id = (select ticket_id from ticket_event limit 1) | 400",
                "select internal_notes from tickets where id = (select ticket_id from ticket_event limit 1) | 400",
            })
    void the_views_read_what_they_show(String query, long bound) {
        assertWithin(query.replaceAll("(from|join) (?=[a-z])", "$1 counterfoil."), bound);
    }

    /** As the page about the schema says: by an index of the host's own, which is kept and told of. */
    @Test
    void a_custom_field_is_found_by_an_index_of_the_hosts_own() {
        database.execute(
                "create index if not exists own_idx on counterfoil.ticket using gin (custom_fields jsonb_path_ops)");
        assertWithin("select * from counterfoil.tickets where custom_fields @> '{\"serial\": 77}' limit 50", 260);
    }

    private static void assertWithin(String query, long bound) {
        ExplainingConnection.Plan plan =
                new ExplainingConnection.Plan(database.value("explain (analyze, buffers, format json) " + query));
        System.out.println("report: " + plan.buffers() + " buffers, " + query);
        assertThat(plan.buffers()).as(query + plan.summary()).isLessThanOrEqualTo(bound);
    }

    @Test
    void a_long_ticket_is_shown_without_a_look_at_everybody() throws SQLException {
        UUID id = UUID.fromString(database.value("select distinct ticket_id from counterfoil.ticket_event"));
        try (Connection connection = database.dataSource().getConnection()) {
            ExplainingConnection explaining = new ExplainingConnection(connection);
            TicketService tickets = TicketService.builder(new SameConnection(explaining.connection()))
                    .build();
            // What the first use of a service asks of the schema is no part of it.
            tickets.customer(ADA).on(id).findTicket();
            explaining.plans().clear();
            tickets.customer(ADA).on(id).history(PageRequest.newestFirst(50));
            print(explaining, "a customer's page of a history", 60);
            tickets.agent(JANE).on(id).at(1);
            print(explaining, "a ticket of the past", 22_000);
        }
    }

    private static void print(ExplainingConnection explaining, String what, long bound) {
        long buffers = explaining.plans().stream()
                .mapToLong(ExplainingConnection.Plan::buffers)
                .max()
                .orElseThrow();
        System.out.println("report: " + buffers + " buffers, " + what);
        assertThat(buffers).as(what + explaining.plans().get(0).summary()).isLessThanOrEqualTo(bound);
        explaining.plans().clear();
    }
}
