package io.github.counterfoil.desk;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.event.Author;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.NewTicket;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What an append costs does not depend on how much was appended before. */
class GrowthTest {
    private static final int APPENDS = 21;

    @Test
    void an_append_costs_the_same_rows_and_write_ahead_log_at_event_10_and_at_event_10_000() throws SQLException {
        try (TestDatabase database = TestDatabase.unused()) {
            SupportTeam team = SupportTeam.in(database);
            // The first write to a page after a checkpoint logs the whole page: so the import touches all of them
            // first.
            database.asSuperuser("checkpoint");
            UUID young = imported(team.tickets(), 10);
            UUID old = imported(team.tickets(), 10_000);
            Cost first = medianCost(database, team.tickets(), young);
            Cost last = medianCost(database, team.tickets(), old);

            assertThat(last.rows())
                    .isEqualTo(first.rows())
                    .containsExactly("ticket 1, ticket_event 1, ticket_activity 1");
            assertThat(last.walBytes()).isCloseTo(first.walBytes(), withPercentage(5));
            assertThat(first.walBytes()).isBetween(500L, 1_500L);
            // Where the page is full, the next version goes to another one.
            assertThat(first.heapOnly()).as("changes of " + APPENDS).isGreaterThan(APPENDS * 8 / 10);
        }
    }

    /** @param heapOnly how many of the changes of the ticket left its indexes alone */
    private record Cost(Set<String> rows, long walBytes, long heapOnly) {}

    /** Of many appends, since now and then one splits a page of an index. */
    private static Cost medianCost(TestDatabase database, TicketService tickets, UUID ticketId) throws SQLException {
        List<Long> walBytes = new ArrayList<>();
        Set<String> rows = new TreeSet<>();
        long heapOnly = 0;
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            AgentDesk jane = tickets.joining(connection).agent(JANE);
            for (int i = 0; i < APPENDS; i++) {
                jane.on(ticketId).reply("x".repeat(300));
                connection.commit();
            }
            for (int i = 0; i < APPENDS; i++) {
                String position = value(connection, "select pg_current_wal_insert_lsn()");
                long ticketsBefore = rows(connection, "ticket");
                long heapOnlyBefore = heapOnly(connection);
                long eventsBefore = rows(connection, "ticket_event");
                long activitiesBefore = rows(connection, "ticket_activity");
                jane.on(ticketId).reply("x".repeat(300));
                walBytes.add(Long.parseLong(
                        value(connection, "select pg_current_wal_insert_lsn() - '" + position + "'::pg_lsn")));
                rows.add("ticket " + (rows(connection, "ticket") - ticketsBefore) + ", ticket_event "
                        + (rows(connection, "ticket_event") - eventsBefore) + ", ticket_activity "
                        + (rows(connection, "ticket_activity") - activitiesBefore));
                heapOnly += heapOnly(connection) - heapOnlyBefore;
                connection.commit();
            }
        }
        return new Cost(rows, walBytes.stream().sorted().toList().get(APPENDS / 2), heapOnly);
    }

    /** Rows that this connection's transactions wrote and PostgreSQL has not yet added up. */
    private static long rows(Connection connection, String table) throws SQLException {
        return Long.parseLong(value(
                connection,
                "select n_tup_ins + n_tup_upd + n_tup_del from pg_stat_xact_user_tables where relname = '" + table
                        + "'"));
    }

    private static long heapOnly(Connection connection) throws SQLException {
        return Long.parseLong(
                value(connection, "select n_tup_hot_upd from pg_stat_xact_user_tables where relname = 'ticket'"));
    }

    private static UUID imported(TicketService tickets, int events) {
        UUID id = UUID.randomUUID();
        Instant start = Instant.parse("2024-01-01T00:00:00Z");
        Author author = new Author(JANE, "Jane", "Smith", Role.AGENT);
        List<TicketEvent> history = new ArrayList<>();
        for (int seq = 1; seq <= events; seq++) {
            TicketEvent.Header header = new TicketEvent.Header(
                    UUID.randomUUID(), id, seq, start.plusSeconds(seq), author, Visibility.PUBLIC);
            history.add(new TicketEvent.Message(header, "x".repeat(300), List.of()));
        }
        NewTicket ticket = NewTicket.of("Title", "Text");
        tickets.imports()
                .run(List.of(ImportedTicket.of(id, ticket, ADA, start).events(history))
                        .iterator());
        assertThat(tickets.agent(JANE).on(id).ticket().version()).isEqualTo(events);
        return id;
    }

    private static String value(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
