package io.github.counterfoil.benchmark.volume;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.page.Page;
import io.github.counterfoil.page.PageRequest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Whom and what the reads are about: found in the tables, so that it does not matter who filled them.
 *
 * @param busiest the worker to whom the most tickets are assigned
 * @param newcomer the worker to whom the fewest are
 * @param customer of the most tickets
 * @param email the customer's
 * @param ticket one that was closed, with as many events as most have
 * @param longTicket the one with the most events
 * @param longCustomer its customer
 */
record Subjects(
        UUID busiest,
        UUID newcomer,
        UUID customer,
        String email,
        UUID ticket,
        UUID longTicket,
        UUID longCustomer,
        @Nullable String page100,
        @Nullable String page10000) {
    static final int PAGE = 50;
    private static final int LARGEST_PAGE = 200;

    static Subjects of(DataSource dataSource, TicketService tickets, String schema) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            String assigned = "select worker_id from " + schema + ".ticket_assignment group by 1 order by count(*) ";
            UUID busiest = id(connection, assigned + "desc, 1 limit 1");
            UUID customer = id(
                    connection,
                    "select customer_id from " + schema + ".ticket group by 1 order by count(*) desc, 1 limit 1");
            UUID longTicket = id(connection, "select id from " + schema + ".ticket order by last_seq desc, id limit 1");
            Function<PageRequest, Page<?>> all = list(tickets, busiest);
            return new Subjects(
                    busiest,
                    id(connection, assigned + ", 1 limit 1"),
                    customer,
                    text(connection, "select email from " + schema + ".customer where id = '" + customer + "'"),
                    id(
                            connection,
                            "select id from " + schema
                                    + ".ticket where last_seq >= 11 and status = 'closed' order by last_seq, id limit 1"),
                    longTicket,
                    id(connection, "select customer_id from " + schema + ".ticket where id = '" + longTicket + "'"),
                    cursor(all, 100),
                    cursor(all, 10_000));
        }
    }

    private static Function<PageRequest, Page<?>> list(TicketService tickets, UUID worker) {
        return page -> Kinds.all(tickets.agent(worker), page);
    }

    /** Where the page before the n-th ends; null if there are fewer. */
    private static @Nullable String cursor(Function<PageRequest, Page<?>> list, int page) {
        Optional<String> cursor = Optional.empty();
        for (int skipped = 0; skipped < (page - 1) * PAGE; ) {
            int size = Math.min(LARGEST_PAGE, (page - 1) * PAGE - skipped);
            PageRequest request = PageRequest.newestFirst(size);
            Page<?> read = list.apply(cursor.map(request::after).orElse(request));
            cursor = read.next();
            if (cursor.isEmpty()) {
                return null;
            }
            skipped += size;
        }
        return cursor.orElseThrow();
    }

    private static UUID id(Connection connection, String sql) throws SQLException {
        return UUID.fromString(text(connection, sql));
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getString(1);
        }
    }
}
