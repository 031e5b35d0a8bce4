package io.github.counterfoil.benchmark.volume;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.benchmark.volume.Kinds.Queue;
import io.github.counterfoil.page.Page;
import io.github.counterfoil.page.PageRequest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;

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
 * @param cursors where the pages before those of {@link #LATE} end, as far as there are so many
 */
record Subjects(
        UUID busiest,
        UUID newcomer,
        UUID customer,
        String email,
        UUID ticket,
        UUID longTicket,
        UUID longCustomer,
        Map<Queue, Map<Integer, String>> cursors) {
    static final int PAGE = 50;
    private static final int LARGEST_PAGE = 200;
    private static final Set<Integer> LATE = Set.of(100, 1_000, 10_000);

    static Subjects of(DataSource dataSource, TicketService tickets, String schema) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            String assigned = "select worker_id from " + schema + ".ticket_assignment group by 1 order by count(*) ";
            UUID busiest = id(connection, assigned + "desc, 1 limit 1");
            UUID customer = id(
                    connection,
                    "select customer_id from " + schema + ".ticket group by 1 order by count(*) desc, 1 limit 1");
            UUID longTicket = id(connection, "select id from " + schema + ".ticket order by last_seq desc, id limit 1");
            Map<Queue, Map<Integer, String>> cursors = new EnumMap<>(Queue.class);
            for (Queue queue : Queue.values()) {
                cursors.put(queue, cursors(page -> queue.page(tickets.agent(busiest), page)));
            }
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
                    cursors);
        }
    }

    /** By the numbers of pages: the list is gone through once, in pages that are larger, to the last that is wanted. */
    private static Map<Integer, String> cursors(Function<PageRequest, Page<?>> list) {
        Map<Integer, String> cursors = new TreeMap<>();
        Optional<String> cursor = Optional.empty();
        int skipped = 0;
        for (int page : new TreeSet<>(LATE)) {
            while (skipped < (page - 1) * PAGE) {
                int size = Math.min(LARGEST_PAGE, (page - 1) * PAGE - skipped);
                PageRequest request = PageRequest.newestFirst(size);
                cursor = list.apply(cursor.map(request::after).orElse(request)).next();
                if (cursor.isEmpty()) {
                    return cursors;
                }
                skipped += size;
            }
            cursors.put(page, cursor.orElseThrow());
        }
        return cursors;
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
