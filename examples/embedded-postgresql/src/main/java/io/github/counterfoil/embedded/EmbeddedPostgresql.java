package io.github.counterfoil.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * One PostgreSQL server, started from binaries that Maven fetched, stopped and deleted by {@link #close()}.
 *
 * <p>Its files lie below the temporary folder, in a folder of the user's: others may use the same temporary folder. A server that a killed JVM left behind is stopped and deleted by the next
 * start.
 */
public final class EmbeddedPostgresql implements AutoCloseable {
    private final EmbeddedPostgres server;

    private EmbeddedPostgresql(EmbeddedPostgres server) {
        this.server = server;
    }

    /** Starts a server on a free port of the loopback address; takes about two seconds, eight the first time. */
    public static EmbeddedPostgresql start() {
        File workingDirectory = new File(System.getProperty("java.io.tmpdir"), "counterfoil-postgresql-" + user());
        // Below the working directory, so that the sweep of the next start finds what a killed JVM left.
        File data = new File(workingDirectory, "data-" + UUID.randomUUID());
        try {
            return new EmbeddedPostgresql(EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(workingDirectory)
                    .setDataDirectory(data)
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .setLocaleConfig("locale", "C")
                    .setLocaleConfig("encoding", "UTF8")
                    .setServerConfig("synchronous_commit", "on")
                    .start());
        } catch (IOException e) {
            throw new IllegalStateException("the embedded PostgreSQL did not start", e);
        }
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
