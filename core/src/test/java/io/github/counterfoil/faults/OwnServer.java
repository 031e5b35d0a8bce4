package io.github.counterfoil.faults;

import io.github.counterfoil.testing.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL of the test's own, and a direct child of this process: a killed one whose parent is another process stays a
 * zombie, and PostgreSQL then refuses to start again. It has no unix socket, whose lock file would do the same.
 */
final class OwnServer implements AutoCloseable {
    static final String DATA = "data";
    static final int MAX_CONNECTIONS = 60;
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(20);

    private final Path folder;
    private final Volume volume;
    private final int port;
    private final Thread ending = new Thread(this::end);
    private volatile @Nullable Process postmaster;

    private OwnServer(Path folder, Volume volume, int port) {
        this.folder = folder;
        this.volume = volume;
        this.port = port;
    }

    /** Makes a server in the folder and starts it. */
    static OwnServer in(Path folder) {
        OwnServer server;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            server = new OwnServer(folder, Volume.at(folder.resolve(DATA)), free.getLocalPort());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        Runtime.getRuntime().addShutdownHook(server.ending);
        boolean started = false;
        try {
            server.initialise();
            server.start();
            started = true;
            return server;
        } finally {
            if (!started) {
                server.close();
            }
        }
    }

    /**
     * A copy of this server that follows it, as PostgreSQL's streaming replication does. This one is stopped while it is
     * copied.
     */
    OwnServer standby(Path of) {
        OwnServer standby;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            standby = new OwnServer(of, Volume.at(of.resolve(DATA)), free.getLocalPort());
            stopFast();
            Commands.require(List.of(
                    "cp",
                    "-rLp",
                    volume.folder() + "/.",
                    standby.volume.folder().toString()));
            start();
            Files.createFile(standby.volume.folder().resolve("standby.signal"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        Runtime.getRuntime().addShutdownHook(standby.ending);
        standby.configure(
                "port = " + standby.port,
                "primary_conninfo = 'host=127.0.0.1 port=" + port
                        + " user=postgres sslmode=disable gssencmode=disable'");
        standby.start();
        return standby;
    }

    private void initialise() {
        // The log of what was written is on the disk, so that what fills the volume does not end the server.
        Commands.require(Binaries.command(
                "initdb",
                "--pgdata=" + volume.folder(),
                "--waldir=" + folder.resolve("wal"),
                "--auth=trust",
                "--username=postgres",
                "--locale=C",
                "--encoding=UTF8",
                "--no-sync"));
        configure(
                "port = " + port,
                "listen_addresses = '127.0.0.1'",
                "unix_socket_directories = ''",
                "max_connections = " + MAX_CONNECTIONS,
                "shared_buffers = 32MB",
                "max_wal_size = 256MB",
                "log_min_messages = log");
    }

    /** Settings that count from the next start. */
    void configure(String... settings) {
        try {
            Files.write(volume.folder().resolve("postgresql.conf"), List.of(settings), StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Starts the server and returns when it takes connections. */
    void start() {
        long limit = System.nanoTime() + START.toNanos();
        do {
            spawn();
            while (isRunning() && System.nanoTime() < limit) {
                if (answers()) {
                    return;
                }
                Waiting.pause(Duration.ofMillis(20));
            }
            // What a killed server left in memory may be in use for a moment.
            Waiting.pause(Duration.ofMillis(50));
        } while (System.nanoTime() < limit);
        throw new IllegalStateException("PostgreSQL did not start: see " + folder.resolve("log"));
    }

    private void spawn() {
        try {
            Process started = new ProcessBuilder(
                            Binaries.command("postgres", "-D", volume.folder().toString()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("log").toFile()))
                    .start();
            started.getOutputStream().close();
            postmaster = started;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean isRunning() {
        Process running = postmaster;
        return running != null && running.isAlive();
    }

    /** Whether it takes connections and answers. */
    boolean answers() {
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement()) {
            return statement.execute("select 1");
        } catch (SQLException e) {
            return false;
        }
    }

    /** A connection around every proxy, as superuser. */
    Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url(database));
    }

    String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database
                + "?user=postgres&connectTimeout=5&socketTimeout=60&sslmode=disable&gssEncMode=disable";
    }

    /** Waits for a server that starts or recovers: the statement may be sent again. */
    void execute(String database, String sql) {
        whenThere(sql, () -> {
            try (Connection connection = connect(database);
                    Statement statement = connection.createStatement()) {
                return statement.execute(sql);
            }
        });
    }

    /** The first column as text, one element a row. Waits as {@link #execute} does. */
    List<String> query(String database, String sql) {
        return whenThere(sql, () -> {
            try (Connection connection = connect(database);
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                List<String> values = new ArrayList<>();
                while (rows.next()) {
                    values.add(rows.getString(1));
                }
                return values;
            }
        });
    }

    private static <T> T whenThere(String sql, Work<T> work) {
        long limit = System.nanoTime() + START.toNanos();
        while (true) {
            try {
                return work.run();
            } catch (SQLException e) {
                if (!isAway(e) || System.nanoTime() > limit) {
                    throw new IllegalStateException(sql, e);
                }
                Waiting.pause(Duration.ofMillis(20));
            }
        }
    }

    /** Connection lost or refused, server starting, recovering, ending or full. */
    private static boolean isAway(SQLException e) {
        String state = e.getSQLState();
        return state != null && (state.startsWith("08") || state.startsWith("57P") || state.equals("53300"));
    }

    @FunctionalInterface
    private interface Work<T> {
        T run() throws SQLException;
    }

    Volume volume() {
        return volume;
    }

    /** Ends each session at once, and waits for the rest. */
    void stopFast() {
        stop("INT");
    }

    /** Stops without a word to anybody; the next start recovers. */
    void stopImmediately() {
        stop("QUIT");
    }

    private void stop(String signal) {
        Process running = postmaster;
        if (running != null && running.isAlive()) {
            Commands.signal(signal, running.pid());
            if (!ended(running, STOP)) {
                kill();
            }
        }
    }

    /** kill -9 of all its processes; none is forked meanwhile. */
    void kill() {
        Process running = postmaster;
        if (running == null || !running.isAlive()) {
            return;
        }
        Commands.signal("STOP", running.pid());
        List<ProcessHandle> children = running.descendants().toList();
        children.forEach(ProcessHandle::destroyForcibly);
        running.destroyForcibly();
        if (!ended(running, STOP)) {
            throw new IllegalStateException("the server outlived kill -9");
        }
        Waiting.require(
                "the end of the server's processes",
                STOP,
                () -> children.stream().noneMatch(ProcessHandle::isAlive));
    }

    private static boolean ended(Process process, Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private synchronized void end() {
        try {
            stopImmediately();
        } finally {
            volume.close();
        }
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(ending);
        end();
    }
}
