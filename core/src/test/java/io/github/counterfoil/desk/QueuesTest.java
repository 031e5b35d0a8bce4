package io.github.counterfoil.desk;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.BOB;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static io.github.counterfoil.testing.SupportTeam.TOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.page.Page;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.spi.ConnectionSource.TransactionOwner;
import io.github.counterfoil.testing.SameConnection;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.CustomerTicketSummary;
import io.github.counterfoil.ticket.TicketQuery;
import io.github.counterfoil.ticket.TicketStatus;
import io.github.counterfoil.ticket.TicketSummary;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A page touches the rows that it shows, whatever else there is. PostgreSQL counts what a transaction reads of each table; a page
 * reads each ticket twice: to see how much of it an answer holds, and to show it.
 */
class QueuesTest {
    private static final int SIZE = 50;
    private static final long MOST_TICKETS = 2 * (SIZE + 1);

    /** What parts that are merged may read ahead. */
    private static final long LARGEST_PAGE = 201;

    /** Those that show who is assigned, and those in which the tickets were found. */
    private static final long MOST_ASSIGNMENTS = 2 * (SIZE + 1);

    private static TestDatabase database;

    /** Of twenty tickets of Jane's five are open, one is pending; Tom has three of all. */
    @BeforeAll
    static void fill() {
        database = TestDatabase.withSchema();
        SupportTeam.in(database);
        database.behindTheGuards("""
                insert into counterfoil.ticket (id, title, description, status, closed_seq, priority, created_at, updated_at,
                                                created_by, customer_id, public_updated_at, status_since, assigned, opening, number, position)
                select ('00000000-0000-4000-a000-' || lpad(n::text, 12, '0'))::uuid, 'Title', repeat('x', 300),
                       case when n %% 20 < 5 then 'open' when n %% 20 = 5 then 'pending' else 'closed' end,
                       case when n %% 20 > 5 then 1 end, 'low', timestamptz '2026-01-01' + n * interval '1 minute', now(),
                       '%1$s', '%1$s', now(), now(), true, gen_random_uuid(), n, 0
                from generate_series(1, 20000) as n;
                insert into counterfoil.ticket_assignment (ticket_id, worker_id, assigned_at, status, ticket_created_at, priority)
                select t.id, '%2$s', now(), t.status, t.created_at, t.priority from counterfoil.ticket t;
                insert into counterfoil.ticket_assignment (ticket_id, worker_id, assigned_at, status, ticket_created_at, priority)
                select t.id, '%3$s', now(), t.status, t.created_at, t.priority from counterfoil.ticket t order by t.created_at limit 3;
                insert into counterfoil.ticket_follower (ticket_id, worker_id, ticket_created_at)
                select t.id, '%3$s', t.created_at from counterfoil.ticket t where t.status = 'open';
                insert into counterfoil.ticket_participant (ticket_id, customer_id, kind, ticket_created_at)
                select t.id, '%4$s', 'copy', t.created_at from counterfoil.ticket t where t.status = 'open';
                insert into counterfoil.ticket_activity (ticket_id, updated_at, status)
                select t.id, t.updated_at, t.status from counterfoil.ticket t;
                update counterfoil.ticket set customer_id = '%4$s' where status = 'pending'
                """.formatted(ADA, JANE, TOM, BOB));
        database.execute("analyze");
    }

    @AfterAll
    static void close() {
        database.close();
    }

    private record Read(int shown, long tickets, long assignments) {}

    @Test
    void a_workers_queue_touches_what_it_shows() {
        Read queue =
                read(TicketQuery.all().assignedTo(JANE).status(TicketStatus.OPEN), PageRequest.newestFirst(SIZE), 1);
        assertThat(queue.shown()).isEqualTo(SIZE);
        assertWithin(queue);
    }

    @Test
    void so_does_that_of_a_worker_who_has_few() {
        Read few = read(TicketQuery.all().assignedTo(TOM), PageRequest.newestFirst(SIZE), 1);
        assertThat(few.shown()).isEqualTo(3);
        assertThat(few.tickets()).isLessThanOrEqualTo(6);
    }

    @Test
    void several_statuses_oldest_first_touch_what_they_show_on_the_first_page_and_on_a_late_one() {
        TicketQuery waiting = TicketQuery.all().status(TicketStatus.NEW, TicketStatus.OPEN, TicketStatus.PENDING);
        Read first = read(waiting, PageRequest.oldestFirst(SIZE), 1);
        Read late = read(waiting, PageRequest.oldestFirst(SIZE), 30);
        assertThat(first.shown()).isEqualTo(SIZE);
        assertThat(late.shown()).isEqualTo(SIZE);
        assertWithin(first);
        assertWithin(late);
    }

    @Test
    void what_an_agent_follows_touches_what_it_shows() {
        Read followed = read(TicketQuery.all().followedBy(TOM), PageRequest.newestFirst(SIZE), 1);
        assertThat(followed.shown()).isEqualTo(SIZE);
        assertWithin(followed);
    }

    @Test
    void a_customers_list_of_their_own_tickets_and_others_touches_what_it_shows() {
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            TicketService tickets = TicketService.builder(new SameConnection(connection))
                    .transactionOwner(TransactionOwner.HOST)
                    .build();
            PageRequest request = PageRequest.newestFirst(SIZE);
            Page<CustomerTicketSummary> page = tickets.customer(BOB).find(TicketQuery.all(), request);
            long ticketsBefore = touched(connection, "ticket");
            long participantsBefore = touched(connection, "ticket_participant");
            page = tickets.customer(BOB)
                    .find(TicketQuery.all(), request.after(page.next().orElseThrow()));
            assertThat(page.items()).hasSize(SIZE);
            assertThat(page.items().stream().filter(one -> one.status() == TicketStatus.PENDING))
                    .hasSizeBetween(5, SIZE - 5);
            assertThat(touched(connection, "ticket") - ticketsBefore).isLessThanOrEqualTo(MOST_TICKETS + LARGEST_PAGE);
            assertThat(touched(connection, "ticket_participant") - participantsBefore)
                    .isLessThanOrEqualTo(MOST_TICKETS + LARGEST_PAGE);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertWithin(Read read) {
        assertThat(read.tickets()).as(read.toString()).isLessThanOrEqualTo(MOST_TICKETS + LARGEST_PAGE);
        assertThat(read.assignments()).as(read.toString()).isLessThanOrEqualTo(MOST_ASSIGNMENTS);
    }

    /** Turns pages, and tells what the last of them read. */
    private static Read read(TicketQuery filter, PageRequest request, int pages) {
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            TicketService tickets = TicketService.builder(new SameConnection(connection))
                    .transactionOwner(TransactionOwner.HOST)
                    .build();
            Page<TicketSummary> page = tickets.agent(JANE).find(filter, request);
            for (int i = 1; i < pages - 1; i++) {
                page = tickets.agent(JANE)
                        .find(filter, request.after(page.next().orElseThrow()));
            }
            long ticketsBefore = touched(connection, "ticket");
            long assignmentsBefore = touched(connection, "ticket_assignment");
            page = tickets.agent(JANE)
                    .find(
                            filter,
                            pages == 1 ? request : request.after(page.next().orElseThrow()));
            return new Read(
                    page.items().size(),
                    touched(connection, "ticket") - ticketsBefore,
                    touched(connection, "ticket_assignment") - assignmentsBefore);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long touched(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select seq_tup_read + coalesce(idx_tup_fetch, 0)"
                        + " from pg_stat_xact_user_tables where schemaname = 'counterfoil' and relname = '" + table
                        + "'")) {
            row.next();
            return row.getLong(1);
        }
    }
}
