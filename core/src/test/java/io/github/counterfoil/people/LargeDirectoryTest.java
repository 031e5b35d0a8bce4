package io.github.counterfoil.people;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.page.Page;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.spi.ConnectionSource.TransactionOwner;
import io.github.counterfoil.testing.ExplainingConnection;
import io.github.counterfoil.testing.SameConnection;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A directory of 100,000 customers and 1,000 workers looks at what it shows. */
@Tag("storage")
class LargeDirectoryTest {
    private static final int SIZE = 50;

    private static TestDatabase database;

    @BeforeAll
    static void fill() {
        database = TestDatabase.unused();
        SupportTeam.in(database);
        database.execute("""
                insert into auth.users select ('00000000-0000-4000-9000-' || lpad(n::text, 12, '0'))::uuid
                from generate_series(1, 101000) as n;
                insert into counterfoil.customer (id, email, first_name, last_name)
                select ('00000000-0000-4000-9000-' || lpad(n::text, 12, '0'))::uuid, 'Customer' || n || '@example.com',
                       (array['Ann', 'Ben', 'Cai', 'Dee', 'Eli'])[n % 5 + 1], 'Name' || n
                from generate_series(1, 100000) as n;
                insert into counterfoil.worker (id, email, first_name, last_name, role, timezone, skills, active)
                select ('00000000-0000-4000-9000-' || lpad(n::text, 12, '0'))::uuid, 'Worker' || n || '@example.com',
                       'Wim', 'Name' || n, 'agent', 'UTC', case n % 10 when 0 then '{billing}'::text[] else '{}' end, n % 4 > 0
                from generate_series(100001, 101000) as n;
                """);
        database.behindTheGuards("""
                insert into counterfoil.ticket (id, title, description, status, closed_seq, priority, created_at, updated_at,
                                                created_by, customer_id, public_updated_at, status_since, opening, number, position)
                select ('00000000-0000-4000-a000-' || lpad(n::text, 12, '0'))::uuid, 'Title', 'Text',
                       case when n %% 20 < 5 then 'open' else 'closed' end, case when n %% 20 >= 5 then 1 end,
                       'low', timestamptz '2026-01-01' + n * interval '1 minute', now(), '%1$s', '%1$s', now(), now(), gen_random_uuid(), n, 0
                from generate_series(1, 20000) as n;
                insert into counterfoil.ticket_assignment (ticket_id, worker_id, assigned_at, status, ticket_created_at, priority)
                select t.id, ('00000000-0000-4000-9000-' || lpad((100001 + row_number() over (order by t.id) %% 1000)::text, 12, '0'))::uuid,
                       now(), t.status, t.created_at, t.priority
                from counterfoil.ticket t;
                """.formatted(ADA));
        database.execute("analyze");
    }

    @AfterAll
    static void close() {
        database.close();
    }

    private static ExplainingConnection.Plan plan(Consumer<Directory> call) {
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            ExplainingConnection explaining = new ExplainingConnection(connection);
            TicketService tickets = TicketService.builder(new SameConnection(explaining.connection()))
                    .transactionOwner(TransactionOwner.HOST)
                    .build();
            Directory directory = tickets.agent(JANE).directory();
            // The first use of a service looks at the schema.
            assertThat(directory.worker(JANE)).isPresent();
            explaining.plans().clear();
            call.accept(directory);
            List<ExplainingConnection.Plan> plans = explaining.plans();
            return plans.get(plans.size() - 1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertWithin(ExplainingConnection.Plan plan, int rows, int buffers) {
        assertThat(plan.mostRows()).as(plan.summary()).isLessThanOrEqualTo(rows);
        assertThat(plan.buffers()).as(plan.summary()).isLessThanOrEqualTo(buffers);
    }

    @Test
    void one_person_is_found_by_email_in_the_index() {
        assertWithin(
                plan(directory -> assertThat(directory.customerByEmail("CUSTOMER77777@example.com"))
                        .isPresent()),
                1,
                12);
        assertWithin(
                plan(directory -> assertThat(directory.workerByEmail("worker100777@example.com"))
                        .isPresent()),
                1,
                12);
    }

    @Test
    void a_page_of_customers_costs_its_rows_wherever_it_is() {
        for (String prefix : List.of("cai", "ann name9", "")) {
            assertWithin(
                    plan(directory -> assertThat(directory
                                    .customers(prefix, PageRequest.oldestFirst(SIZE))
                                    .items())
                            .hasSize(SIZE)),
                    SIZE + 1,
                    16 * (SIZE + 1));
        }
        assertWithin(
                plan(directory -> {
                    Page<Customer> page = directory.customers("ben", PageRequest.newestFirst(SIZE));
                    for (int i = 0; i < 20; i++) {
                        page = directory.customers(
                                "ben",
                                PageRequest.newestFirst(SIZE).after(page.next().orElseThrow()));
                    }
                    assertThat(page.items()).hasSize(SIZE);
                }),
                SIZE + 1,
                16 * (SIZE + 1));
        assertWithin(
                plan(directory -> assertThat(directory
                                .customers("zoe", PageRequest.oldestFirst(SIZE))
                                .items())
                        .isEmpty()),
                1,
                12);
    }

    @Test
    void a_page_of_workers_looks_at_no_more_than_there_are_and_counts_the_load_of_those_it_shows() {
        assertWithin(
                plan(directory -> assertThat(directory
                                .workers(Worker.Filter.all(), PageRequest.oldestFirst(SIZE))
                                .items())
                        .hasSize(SIZE)
                        .extracting(Worker.Listed::openLoad)
                        .contains(0)
                        .contains(20)),
                1_003,
                40 * (SIZE + 1));
        assertWithin(
                plan(directory -> assertThat(directory
                                .workers(
                                        Worker.Filter.all().skills("billing").active(true),
                                        PageRequest.oldestFirst(SIZE))
                                .items())
                        .hasSize(SIZE)
                        .allSatisfy(
                                listed -> assertThat(listed.worker().skills()).contains("billing"))),
                1_003,
                3_000);
    }

    /** As the page on the schema writes it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select id from counterfoil.customers where lower(email collate \"C\") = 'customer77777@example.com'",
                "select id from counterfoil.workers where lower(email collate \"C\") = 'worker100777@example.com'"
            })
    void documented_sql_finds_a_person_by_email_in_the_index(String sql) {
        assertThat(database.query(sql)).hasSize(1);
        assertThat(String.join("\n", database.query("explain " + sql)))
                .contains("email_key")
                .doesNotContain("Seq Scan");
    }
}
