package io.github.counterfoil.testing;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.github.counterfoil.TicketService;
import io.github.counterfoil.schema.Schema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database of a test's own, on the test run's server. It belongs to a role without any privilege beyond that, and so does
 * all that is done in it, unless the test says {@link #asSuperuser}.
 */
public final class TestDatabase implements AutoCloseable {
    private static final Pattern URL = Pattern.compile("(jdbc:postgresql://[^/]*/)([^?]*)\\??(.*)");
    private static final String OWNER =
            "counterfoil_test_" + UUID.randomUUID().toString().replace("-", "");
    /** How many each of the tickets' tables has, in a run that is to show that it makes no difference; else none. */
    private static final int PARTITIONS = Integer.getInteger("counterfoil.partitions", 0);

    private static final KeptConnections SERVER = new KeptConnections(TestServer.URL);

    /** Emptied, with their sessions, for tests to come. */
    private static final Queue<TestDatabase> EMPTIED = new ConcurrentLinkedQueue<>();

    private static @Nullable String template;
    private static @Nullable Emptying emptying;
    private static boolean ownerMade;

    private final String name;
    private final boolean reusable;
    private final String url;
    private boolean open = true;
    private @Nullable HikariDataSource connections;
    private final KeptConnections owners;
    private final KeptConnections superusers;
    private final Deque<String> changed = new ArrayDeque<>();

    private TestDatabase(String name, boolean reusable) {
        this.name = name;
        this.reusable = reusable;
        this.url = urlOf(name, OWNER);
        this.owners = new KeptConnections(url);
        this.superusers = new KeptConnections(urlOf(name, null));
    }

    /** Without any table. */
    public static TestDatabase empty() {
        return create("template0", false);
    }

    /** Without any table, in another encoding than UTF8. */
    public static TestDatabase encoded(String encoding) {
        return create("template0 encoding '" + encoding + "' lc_collate 'C' lc_ctype 'C'", false);
    }

    /** With the schema applied and nothing stored, by which another test may have worked. */
    public static TestDatabase withSchema() {
        TestDatabase emptied = EMPTIED.poll();
        if (emptied == null) {
            return create(template(), true);
        }
        emptied.open = true;
        return emptied;
    }

    /** With the schema applied, as nobody has ever worked by it: for who counts blocks, bytes or what the server counts. */
    public static TestDatabase unused() {
        return create(template(), false);
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
        return pool(dataSource(), size);
    }

    public static HikariDataSource pool(DataSource dataSource, int size) {
        HikariDataSource pool = new HikariDataSource();
        pool.setDataSource(dataSource);
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
        owners.execute(sql);
    }

    /** Runs statements in one transaction as who may make roles. */
    public void asSuperuser(String sql) {
        superusers.execute(sql);
    }

    /** Each connection a new one, as who may make roles. */
    public DataSource superuser() {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(urlOf(name, null));
        return dataSource;
    }

    /** Each connection a new one, as another role. */
    public DataSource dataSource(String role) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(urlOf(name, role));
        return dataSource;
    }

    /** The role that owns the database, and is no superuser. */
    public String owner() {
        return OWNER;
    }

    /** Makes a role that may log in and do nothing else. */
    public static String plainRole(String role) {
        SERVER.execute("create role " + role + " login password '" + role + "'");
        return role;
    }

    public static void dropRoles(String... roles) {
        for (String role : roles) {
            SERVER.execute("drop role if exists \"" + role.replace("\"", "\"\"") + '"');
        }
    }

    /** Runs statements with no guard in their way: what the owner of the tables can do who means it. */
    public void behindTheGuards(String sql) {
        execute(withoutGuards(sql));
    }

    /** Statements with the guards off of the tables that they name, which are on again after them: for one transaction. */
    public static String withoutGuards(String sql) {
        String switched = Stream.of(
                        "ticket",
                        "ticket_event",
                        "ticket_assignment",
                        "ticket_participant",
                        "ticket_follower",
                        "ticket_resolution",
                        "ticket_feedback",
                        "ticket_number",
                        "ticket_reference",
                        "attachment",
                        "attachment_piece",
                        "ticket_read",
                        "ticket_fact",
                        "ticket_activity",
                        "ticket_tag",
                        "ticket_search")
                .filter(table -> Pattern.compile("\\bcounterfoil\\." + table + "\\b")
                        .matcher(sql)
                        .find())
                .map(table -> "alter table counterfoil." + table + " %1$s trigger user;")
                .collect(Collectors.joining());
        return switched.formatted("disable") + sql + ";" + switched.formatted("enable");
    }

    /** Replaces text in one of the schema's functions, which must hold it, for this test. */
    public void changeFunction(String function, String text, String replacement) {
        changed.push(changeFunction(owners, function, text, replacement));
    }

    /** As {@link #changeFunction(String, String, String)}, in any database. */
    public static void changeFunction(String url, String function, String text, String replacement) {
        try (KeptConnections owners = new KeptConnections(url)) {
            changeFunction(owners, function, text, replacement);
        }
    }

    /** What makes it again what it was. */
    private static String changeFunction(KeptConnections owners, String function, String text, String replacement) {
        String definition = only(owners.query("select pg_get_functiondef('counterfoil." + function + "'::regproc)"));
        if (!definition.contains(text)) {
            throw new IllegalArgumentException(function + " does not hold " + text);
        }
        owners.execute(definition.replace(text, replacement));
        return definition;
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
        return owners.query(sql);
    }

    /** The first column as text, one element a row, read as who may read all. */
    public List<String> superuserQuery(String sql) {
        return superusers.query(sql);
    }

    /** The first column of the only row as text, read as who may read all. */
    public String superuserValue(String sql) {
        return only(superuserQuery(sql));
    }

    /** All of it as a backup holds it, by the given {@code pg_dump}, which must not be older than the server. */
    public String dump(String pgDump) {
        PGSimpleDataSource whole = new PGSimpleDataSource();
        whole.setUrl(urlOf(name, null));
        ProcessBuilder tool = new ProcessBuilder(
                        pgDump,
                        "--host=" + whole.getServerNames()[0],
                        "--port=" + whole.getPortNumbers()[0],
                        "--username=" + whole.getUser(),
                        "--no-password",
                        whole.getDatabaseName())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        tool.environment().put("PGPASSWORD", Objects.requireNonNullElse(whole.getPassword(), ""));
        try {
            Process running = tool.start();
            String dump = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (running.waitFor() != 0) {
                throw new IllegalStateException("pg_dump ended with " + running.exitValue());
            }
            return dump;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The first column of the only row as text. */
    public String value(String sql) {
        return only(query(sql));
    }

    private static String only(List<String> values) {
        if (values.size() != 1) {
            throw new IllegalStateException(values.size() + " rows");
        }
        return values.get(0);
    }

    /**
     * How many deadlocks there were so far. PostgreSQL's sessions tell of theirs late, but before they end: the kept
     * connections are closed first, and so are the sessions that a pooler keeps.
     */
    public synchronized String deadlocks() {
        if (connections != null) {
            connections.getHikariPoolMXBean().softEvictConnections();
        }
        String others = " from pg_stat_activity where datname = current_database() and usename = current_user"
                + " and pid <> pg_backend_pid()";
        value("select count(pg_terminate_backend(pid))" + others);
        await("0", "select count(*)" + others);
        return value("select deadlocks from pg_stat_database where datname = current_database()");
    }

    /** Returns once a session of this database waits for a lock. */
    public void awaitWaiting() {
        awaitWaiting(1);
    }

    /** Returns once so many sessions of this database wait for a lock. */
    public void awaitWaiting(int sessions) {
        await(
                Integer.toString(sessions),
                "select least(count(*), " + sessions + ") from pg_stat_activity"
                        + " where datname = current_database() and wait_event_type = 'Lock'");
    }

    /**
     * Returns when what was stored in this database is held back by no transaction of another one: all of a server that are not over hold
     * back what readers of changes are given.
     */
    public void awaitOthers() {
        String mark = superuserValue("select pg_current_xact_id()::xid");
        Waiting.require(
                "the end of other databases' transactions",
                Duration.ofSeconds(60),
                () -> superuserValue("select count(*) from pg_stat_activity where datname is distinct from"
                                + " current_database() and age(backend_xid) >= age('" + mark + "'::xid)")
                        .equals("0"));
    }

    private void await(String expected, String sql) {
        Waiting.require(sql, Duration.ofSeconds(30), () -> value(sql).equals(expected));
    }

    @Override
    public synchronized void close() {
        if (!open) {
            return;
        }
        open = false;
        Emptying known = emptying;
        if (reusable && known != null && nobodyElseIsConnected()) {
            changed.forEach(owners::execute);
            changed.clear();
            if (known.of(superusers)) {
                EMPTIED.add(this);
                return;
            }
        }
        drop();
    }

    /** What a test has left running would go on in the next; what it has ended may still be about to end. */
    private boolean nobodyElseIsConnected() {
        return Waiting.until(Duration.ofMillis(100), () -> {
            int all = Integer.parseInt(
                    superuserValue("select count(*) from pg_stat_activity where datname = current_database()"));
            return all <= owners.idle() + superusers.idle() + pooled();
        });
    }

    /** How many of the pool's connections nobody uses. */
    private int pooled() {
        HikariPoolMXBean pool = connections == null ? null : connections.getHikariPoolMXBean();
        return pool == null ? 0 : pool.getIdleConnections();
    }

    private void drop() {
        if (connections != null) {
            connections.close();
        }
        owners.close();
        superusers.close();
        // PostgreSQL looks again after a tenth of a second only, and who was told to go is gone in a few milliseconds.
        Waiting.until(
                Duration.ofMillis(100),
                () -> SERVER.query("select pid from pg_stat_activity where datname = '" + name + "'")
                        .isEmpty());
        SERVER.execute("drop database if exists " + name + " with (force)");
    }

    private static synchronized String template() {
        String ready = template;
        if (ready == null) {
            TestDatabase database = empty();
            Schema schema = TicketService.builder(database.dataSource()).build().schema();
            schema.apply();
            if (PARTITIONS > 0) {
                database.execute(schema.partitions(PARTITIONS));
            }
            emptying = Emptying.to(database.superusers);
            database.superusers.close();
            // PostgreSQL copies no database that somebody is connected to, and a pooler keeps its connections.
            SERVER.execute("alter database " + database.name + " allow_connections false");
            SERVER.execute("select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = '"
                    + database.name + "'");
            ready = database.name;
            template = ready;
        }
        return ready;
    }

    private static void dropQuietly() {
        try {
            for (TestDatabase emptied = EMPTIED.poll(); emptied != null; emptied = EMPTIED.poll()) {
                emptied.drop();
            }
            if (template != null) {
                SERVER.execute("drop database if exists " + template + " with (force)");
            }
            SERVER.execute("drop role if exists " + OWNER);
        } catch (IllegalStateException e) {
            // An embedded server may be gone before its databases are.
        }
    }

    private static TestDatabase create(String from, boolean reusable) {
        makeOwner();
        String name = "counterfoil_" + UUID.randomUUID().toString().replace("-", "");
        // Many are made and few are filled: copying files takes a fifth of the work of copying page by page.
        SERVER.execute("create database " + name + " template " + from + " strategy file_copy owner " + OWNER);
        return new TestDatabase(name, reusable);
    }

    private static synchronized void makeOwner() {
        if (!ownerMade) {
            plainRole(OWNER);
            ownerMade = true;
            Runtime.getRuntime().addShutdownHook(new Thread(TestDatabase::dropQuietly));
        }
    }

    /** The address of a database, for a role whose password is its name; null for who may make roles. */
    private static String urlOf(String database, @Nullable String role) {
        Matcher url = URL.matcher(TestServer.URL);
        if (!url.matches()) {
            throw new IllegalStateException("not a JDBC address of PostgreSQL with host and database");
        }
        String parameters = role == null
                ? url.group(3)
                : Stream.concat(
                                Stream.of(url.group(3).split("&"))
                                        .filter(parameter ->
                                                !parameter.isEmpty() && !parameter.matches("(user|password)=.*")),
                                Stream.of("user=" + role, "password=" + role))
                        .collect(Collectors.joining("&"));
        return url.group(1) + database + "?" + parameters;
    }
}
