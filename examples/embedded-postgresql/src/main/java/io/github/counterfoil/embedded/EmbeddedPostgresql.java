package io.github.counterfoil.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * One PostgreSQL server, started from binaries that Maven fetched, stopped and deleted by {@link #close()}.
 *
 * <p>Its files lie below the temporary folder, in a folder of the user's: others may use the same temporary folder. A server that a killed JVM left behind is stopped and deleted by the next
 * start.
 */
public final class EmbeddedPostgresql implements AutoCloseable {
    private static final File MEMORY = new File("/dev/shm");
    private static final long LEAST_ROOM = 3L << 30;

    private final EmbeddedPostgres server;

    private EmbeddedPostgresql(EmbeddedPostgres server) {
        this.server = server;
    }

    /** Starts a server on a free port of the loopback address; takes about two seconds, eight the first time. */
    public static EmbeddedPostgresql start() {
        return start(temporary(), Map.of());
    }

    /**
     * As {@link #start()}, for tests, which make and drop many databases and end before anybody misses a file: its files lie in memory
     * where the system has room for them ({@code /dev/shm}), and nothing of a table is counted or cleaned behind a test's back.
     */
    public static EmbeddedPostgresql startInMemory() {
        return start(hasRoom(MEMORY) ? MEMORY : temporary(), Map.of("autovacuum", "off"));
    }

    private static EmbeddedPostgresql start(File below, Map<String, String> settings) {
        File workingDirectory = new File(below, "counterfoil-postgresql-" + user());
        // Below the working directory, so that the sweep of the next start finds what a killed JVM left.
        File data = new File(workingDirectory, "data-" + UUID.randomUUID());
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(workingDirectory)
                .setDataDirectory(data)
                .setPGStartupWait(Duration.ofSeconds(60))
                .setLocaleConfig("locale", "C")
                .setLocaleConfig("encoding", "UTF8")
                .setServerConfig("synchronous_commit", "on");
        settings.forEach(builder::setServerConfig);
        try {
            return new EmbeddedPostgresql(builder.start());
        } catch (IOException e) {
            throw new IllegalStateException("the embedded PostgreSQL did not start", e);
        }
    }

    /** Room for files, programs among them: containers often have little of it, or may not start programs there. */
    private static boolean hasRoom(File folder) {
        if (!folder.isDirectory() || folder.getUsableSpace() < LEAST_ROOM) {
            return false;
        }
        try {
            File program = File.createTempFile("counterfoil", ".program", folder);
            try {
                return program.setExecutable(true) && program.canExecute();
            } finally {
                Files.delete(program.toPath());
            }
        } catch (IOException e) {
            return false;
        }
    }

    private static File temporary() {
        return new File(System.getProperty("java.io.tmpdir"));
    }

    private static String user() {
        return System.getProperty("user.name").replaceAll("[^A-Za-z0-9._-]", "_");
    }

    /** The JDBC address of the server's first database, user included; the server trusts whoever can reach it. */
    public String jdbcUrl() {
        return server.getJdbcUrl("postgres", "postgres");
    }

    public DataSource dataSource() {
        return server.getPostgresDatabase();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new IllegalStateException("the embedded PostgreSQL did not stop", e);
        }
    }
}
