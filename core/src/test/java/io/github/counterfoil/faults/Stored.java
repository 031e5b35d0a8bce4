package io.github.counterfoil.faults;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.command.Command;
import io.github.counterfoil.desk.BulkCommands;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** What stands in the database when all hosts have stopped. */
final class Stored {
    private static final Pattern MARK = Pattern.compile("h\\d+t\\d+n\\d+(#\\d+\\.\\d+)?");
    private static final int TICKETS_AT_ONCE = 200;

    private final OwnServer server;
    private final String database;
    private final List<Event> events = new ArrayList<>();
    private final Set<String> commands = new HashSet<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final Map<UUID, String> names = new HashMap<>();
    private final Map<UUID, String> active = new HashMap<>();

    /**
     * An event.
     *
     * @param mark null if no call's text is in it
     * @param command of which it is; null if it was imported
     * @param agent of whom an assignment tells; null for others
     */
    record Event(
            String ticket,
            int seq,
            String type,
            @Nullable String mark,
            @Nullable String command,
            @Nullable String agent) {}

    Stored(OwnServer server, String database) {
        this.server = server;
        this.database = database;
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement()) {
            readEvents(statement);
            readOpenings(statement);
            readPeople(statement, "select id, first_name from counterfoil.customer", names);
            readPeople(statement, "select id, case when active then 't' else 'f' end from counterfoil.worker", active);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void readEvents(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("""
                select ticket_id, seq, type, coalesce(body ->> 'content', body ->> 'new_value'), command, body ->> 'agent_id'
                from counterfoil.ticket_event order by ticket_id, seq""")) {
            while (row.next()) {
                String ticket = row.getString(1);
                Event event = new Event(
                        ticket,
                        row.getInt(2),
                        row.getString(3),
                        mark(ticket, row.getString(4)),
                        row.getString(5),
                        row.getString(6));
                events.add(event);
                if (event.mark() != null) {
                    counts.merge(event.mark(), 1, Integer::sum);
                    commands.add(String.valueOf(event.command()));
                }
            }
        }
    }

    private void readOpenings(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("select description from counterfoil.ticket")) {
            while (row.next()) {
                if (MARK.matcher(row.getString(1)).matches()) {
                    counts.merge(row.getString(1), 1, Integer::sum);
                }
            }
        }
    }

    private static void readPeople(Statement statement, String sql, Map<UUID, String> people) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                people.put(row.getObject(1, UUID.class), row.getString(2));
            }
        }
    }

    /** A call on several tickets writes the same text to each: the ticket makes it one. */
    private static @Nullable String mark(String ticket, @Nullable String text) {
        if (text == null || !MARK.matcher(text).matches()) {
            return null;
        }
        return text.contains("#") ? text : Call.markOn(text, ticket);
    }

    List<Event> events() {
        return events;
    }

    /** Those of which at least one event has a mark. */
    Set<String> commands() {
        return commands;
    }

    int count(String mark) {
        return counts.getOrDefault(mark, 0);
    }

    Map<UUID, String> names() {
        return names;
    }

    Map<UUID, String> active() {
        return active;
    }

    /** Tickets with gaps, or with times that do not increase. */
    List<String> disorder() {
        return server.query(database, """
                select 'ticket ' || t.id || ': ' || t.last_seq || ' as last number, ' || count(e.seq) || ' events up to '
                  || coalesce(max(e.seq), 0)
                from counterfoil.ticket t left join counterfoil.ticket_event e on e.ticket_id = t.id
                group by t.id having count(e.seq) <> t.last_seq or coalesce(max(e.seq), 0) <> t.last_seq
                union all
                select 'ticket ' || ticket_id || ': event ' || seq || ' is not later than the one before it'
                from (select ticket_id, seq, created_at,
                        lag(created_at) over (partition by ticket_id order by seq) as before
                      from counterfoil.ticket_event) as e
                where created_at <= before""");
    }

    /**
     * Tickets that are not what their histories say, or cannot be written; and open ones of workers who do not work, unless
     * the ticket was closed meanwhile and keeps its people.
     */
    List<String> unsound() {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(server.url(database));
        TicketService tickets = TicketService.builder(dataSource).build();
        List<String> unsound = new ArrayList<>(server.query(database, """
                select 'ticket ' || t.id || ' is assigned to ' || w.id || ', who does not work'
                from counterfoil.ticket_assignment a join counterfoil.ticket t on t.id = a.ticket_id
                join counterfoil.worker w on w.id = a.worker_id where t.status <> 'closed' and not w.active
                  and not exists (select from counterfoil.ticket_event e where e.ticket_id = t.id
                                  and e.type = 'status-update' and e.body ->> 'old_value' = 'closed')"""));
        tickets.verifyAll().discrepancies().forEach(one -> unsound.add(one.toString()));
        List<UUID> ids = server.query(database, "select id from counterfoil.ticket order by id").stream()
                .map(UUID::fromString)
                .toList();
        for (int from = 0; from < ids.size(); from += TICKETS_AT_ONCE) {
            List<UUID> some = ids.subList(from, Math.min(from + TICKETS_AT_ONCE, ids.size()));
            unwritable(tickets, some).forEach(unsound::add);
        }
        return unsound;
    }

    private static Stream<String> unwritable(TicketService tickets, List<UUID> ids) {
        try {
            return tickets.agent(Cast.ADMIN).onEach(ids).apply(Command.note("Still writable.")).stream()
                    .filter(result -> result.refusal().isPresent())
                    .map(BulkCommands.Result::toString);
        } catch (RuntimeException e) {
            return Stream.of("tickets cannot be written: " + e);
        }
    }
}
