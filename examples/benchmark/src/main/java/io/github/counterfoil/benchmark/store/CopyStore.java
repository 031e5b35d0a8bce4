package io.github.counterfoil.benchmark.store;

import io.github.counterfoil.benchmark.sample.Person;
import io.github.counterfoil.benchmark.sample.SampleTicket;
import io.github.counterfoil.benchmark.sample.Samples;
import java.io.IOException;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/**
 * PostgreSQL's COPY into Counterfoil's own tables, with their keys, indexes and triggers, as their owner: what an import could reach. The rows
 * are those that Counterfoil itself imports, under other ids.
 */
public final class CopyStore implements TicketStore {
    /** A number that no measured import comes to. */
    private static final long FIRST = 1L << 40;

    private static final List<String> TABLES = List.of("ticket", "ticket_event", "ticket_assignment");
    private static final Pattern TICKET_ID = Pattern.compile("5eed0000-0000-40[0-9a-f]{2}-8000-([0-9a-f]{12})");

    private final DataSource dataSource;
    private final String schema;
    private final CounterfoilStore counterfoil;
    private final Samples samples;
    private final List<Template> templates = new ArrayList<>();

    public CopyStore(DataSource dataSource, String schema, Samples samples) {
        this.dataSource = dataSource;
        this.schema = schema;
        this.counterfoil = new CounterfoilStore(dataSource, schema);
        this.samples = samples;
    }

    /** Rows of a table, cut where numbers of tickets are to be filled in. */
    private record Template(String target, List<String> pieces, List<Long> numbers) {
        static Template of(String target, String rows) {
            List<String> pieces = new ArrayList<>();
            List<Long> numbers = new ArrayList<>();
            int end = 0;
            for (MatchResult id : TICKET_ID.matcher(rows).results().toList()) {
                pieces.add(rows.substring(end, id.start(1)));
                numbers.add(HexFormat.fromHexDigitsToLong(id.group(1)) - FIRST);
                end = id.end(1);
            }
            pieces.add(rows.substring(end));
            return new Template(target, pieces, numbers);
        }

        String filled(long first) {
            StringBuilder rows = new StringBuilder();
            for (int i = 0; i < numbers.size(); i++) {
                rows.append(pieces.get(i)).append(HexFormat.of().toHexDigits(first + numbers.get(i), 12));
            }
            return rows.append(pieces.get(numbers.size())).toString();
        }
    }

    @Override
    public void install(List<Person> people) {
        counterfoil.install(people);
        counterfoil.importTickets(samples.batch(FIRST));
    }

    @Override
    public void importTickets(List<SampleTicket> tickets) throws SQLException {
        long first = tickets.get(0).id().getLeastSignificantBits() & 0xFFFF_FFFF_FFFFL;
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                // What the guards of the tables ask for.
                statement.execute("set local counterfoil.command = 'on'");
                for (Template template : templates(connection)) {
                    CopyRows.send(connection, template.target(), template.filled(first));
                }
                connection.commit();
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    private synchronized List<Template> templates(Connection connection) throws SQLException {
        if (templates.isEmpty()) {
            for (String table : TABLES) {
                String columns = columns(connection, table);
                String id = table.equals("ticket") ? "id" : "ticket_id";
                StringWriter rows = new StringWriter();
                try {
                    connection
                            .unwrap(PGConnection.class)
                            .getCopyAPI()
                            .copyOut(
                                    "copy (select " + columns + " from " + schema + "." + table + " where " + id
                                            + " in (" + ids() + ") order by 1, 2) to stdout",
                                    rows);
                } catch (IOException e) {
                    throw new IllegalStateException("a string could not be written", e);
                }
                templates.add(Template.of(schema + "." + table + " (" + columns + ")", rows.toString()));
            }
        }
        return templates;
    }

    private String ids() {
        return String.join(
                ", ",
                samples.batch(FIRST).stream()
                        .map(ticket -> "'" + ticket.id() + "'")
                        .toList());
    }

    private String columns(Connection connection, String table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "select string_agg(quote_ident(column_name), ', ' order by ordinal_position)"
                        + " from information_schema.columns"
                        + " where table_schema = ? and table_name = ? and is_generated = 'NEVER'")) {
            Sql.bind(statement, schema, table);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }

    @Override
    public Stored stored(UUID ticket) throws SQLException {
        return counterfoil.stored(ticket);
    }

    @Override
    public void close() {}
}
