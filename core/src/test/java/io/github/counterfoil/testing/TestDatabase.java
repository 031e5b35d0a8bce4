package io.github.counterfoil.testing;

import com.zaxxer.hikari.HikariDataSource;
import io.github.counterfoil.TicketService;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** A database of a test's own, on the test run's server. */
public final class TestDatabase implements AutoCloseable {
    private static final Pattern URL = Pattern.compile("(jdbc:postgresql://[^/]*/)([^?]*)(.*)");
    private static @Nullable String template;

    private final String name;
    private final String url;
    private @Nullable HikariDataSource connections;

    private TestDatabase(String name) {
        this.name = name;
        this.url = urlOf(name);
    }

    /** Without any table. */
    public static TestDatabase empty() {
        return create("template0");
    }

    /** With the schema applied. */
    public static TestDatabase withSchema() {
        return create(template());
    }

    public String url() {
        return url;
    }

    /** Each connection a new one. */
    public DataSource dataSource() {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(url);
        return dataSource;
    }

    /** As hosts do it: a pool of at most so many connections. */
    public HikariDataSource pool(int size) {
        HikariDataSource pool = new HikariDataSource();
        pool.setDataSource(dataSource());
        pool.setMaximumPoolSize(size);
        return pool;
    }

    /** Connections that are kept, for services: nobody changes a session's settings on them. */
    public synchronized DataSource connections() {
        HikariDataSource open = connections;
        if (open == null) {
            open = pool(40);
            open.setMinimumIdle(0);
            connections = open;
        }
        return open;
    }

    public TicketService service() {
        return TicketService.builder(connections()).build();
    }

    /** Runs statements in one transaction. */
    public void execute(String sql) {
        try (Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Replaces text in one of the schema's functions, which must hold it. */
    public void changeFunction(String function, String text, String replacement) {
        String definition = value("select pg_get_functiondef('counterfoil." + function + "'::regproc)");
        if (!definition.contains(text)) {
            throw new IllegalArgumentException(function + " does not hold " + text);
        }
        execute(definition.replace(text, replacement));
    }

    /** The SQLSTATE with which PostgreSQL refuses a statement. */
    public String refusal(String sql) {
        try (Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
            return "not refused";
        } catch (SQLException e) {
            return e.getSQLState();
        }
    }

    /** The first column as text, one element a row. */
    public List<String> query(String sql) {
        try (Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first column of the only row as text. */
    public String value(String sql) {
        List<String> values = query(sql);
        if (values.size() != 1) {
            throw new IllegalStateException(values.size() + " rows");
        }
        return values.get(0);
    }

    /** Returns once a session of the server waits for a lock. */
    public void awaitWaiting() throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (query("select 1 from pg_locks where not granted").isEmpty()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("nobody waited for a lock within 30 s");
            }
            Thread.sleep(10);
        }
    }

    @Override
    public synchronized void close() {
        if (connections != null) {
            connections.close();
        }
        onServer("drop database if exists " + name + " with (force)");
    }

    private static synchronized String template() {
        String ready = template;
        if (ready == null) {
            TestDatabase database = empty();
            // On a connection that is not kept: PostgreSQL copies no database that somebody is connected to.
            TicketService.builder(database.dataSource()).build().schema().apply();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> dropQuietly(database)));
            ready = database.name;
            template = ready;
        }
        return ready;
    }

    private static void dropQuietly(TestDatabase database) {
        try {
            database.close();
        } catch (IllegalStateException e) {
            // An embedded server may be gone before its databases are.
        }
    }

    private static TestDatabase create(String from) {
        String name = "counterfoil_" + UUID.randomUUID().toString().replace("-", "");
        onServer("create database " + name + " template " + from);
        return new TestDatabase(name);
    }

    private static void onServer(String sql) {
        PGSimpleDataSource server = new PGSimpleDataSource();
        server.setUrl(TestServer.URL);
        try (Connection connection = server.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static String urlOf(String database) {
        Matcher url = URL.matcher(TestServer.URL);
        if (!url.matches()) {
            throw new IllegalStateException("not a JDBC address of PostgreSQL with host and database");
        }
        return url.group(1) + database + url.group(3);
    }
}
