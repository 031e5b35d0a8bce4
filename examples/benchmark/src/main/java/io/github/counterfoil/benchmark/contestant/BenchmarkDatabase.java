package io.github.counterfoil.benchmark.contestant;

import com.zaxxer.hikari.HikariDataSource;
import io.github.counterfoil.benchmark.measure.CountingProxy;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.GSSEncMode;

/** A database of the run's own on a server, dropped by {@link #close()}, in which each contestant has a schema. */
public final class BenchmarkDatabase implements AutoCloseable {
    private final String serverUrl;
    private final boolean serverIsOurs;
    private final String name;
    private final List<HikariDataSource> pools = new ArrayList<>();
    /** On which nothing is measured. */
    private final HikariDataSource observer;

    /**
     * @param serverUrl the JDBC address of a database whose user may create others
     * @param serverIsOurs whether the server's settings may be changed
     */
    public BenchmarkDatabase(String serverUrl, boolean serverIsOurs) throws SQLException {
        this.serverUrl = serverUrl;
        this.serverIsOurs = serverIsOurs;
        this.name = "counterfoil_benchmark_" + UUID.randomUUID().toString().replace("-", "");
        onServer("create database " + name);
        this.observer = pool("public", 1, null);
    }

    /** Connections to a contestant's schema, as all contestants get them. */
    public HikariDataSource pool(String schema, int size, @Nullable CountingProxy proxy) {
        PGSimpleDataSource dataSource = dataSource();
        dataSource.setCurrentSchema(schema);
        dataSource.setReWriteBatchedInserts(true);
        if (proxy != null) {
            dataSource.setServerNames(new String[] {"127.0.0.1"});
            dataSource.setPortNumbers(new int[] {proxy.port()});
            dataSource.setSslMode("disable");
            dataSource.setGssEncMode(GSSEncMode.DISABLE.value);
        }
        HikariDataSource pool = new HikariDataSource();
        pool.setDataSource(dataSource);
        pool.setMaximumPoolSize(size);
        pool.setConnectionTimeout(Duration.ofMinutes(1).toMillis());
        pools.add(pool);
        return pool;
    }

    /** A proxy before the server. */
    CountingProxy proxy() throws IOException {
        return CountingProxy.before(host(), port());
    }

    String name() {
        return name;
    }

    String host() {
        return dataSource().getServerNames()[0];
    }

    int port() {
        int port = dataSource().getPortNumbers()[0];
        return port == 0 ? 5432 : port;
    }

    @Nullable
    String user() {
        return dataSource().getUser();
    }

    @Nullable
    String password() {
        return dataSource().getPassword();
    }

    /** As the server tells it. */
    public String version() throws SQLException {
        return value(dataSource(), "show server_version");
    }

    void createSchema(String schema) throws SQLException {
        execute(dataSource(), "create schema " + schema);
    }

    /** For all connections from now on, whoever opens them. */
    public void commitToDisk(boolean toDisk) throws SQLException {
        String setting = toDisk ? "on" : "off";
        execute(dataSource(), "alter database " + name + " set synchronous_commit to " + setting);
        for (HikariDataSource pool : pools) {
            if (pool.isRunning()) {
                pool.getHikariPoolMXBean().softEvictConnections();
            }
        }
        if (!value(dataSource(), "show synchronous_commit").equals(setting)) {
            throw new IllegalStateException("the user has a synchronous_commit of their own");
        }
    }

    /** After many rows came in: so that no contestant is the one whom the server's own work meets. */
    public void analyze() throws SQLException {
        execute(dataSource(), "vacuum analyze");
    }

    /** Writes all that waits to be written. */
    public void checkpoint() throws SQLException {
        execute(dataSource(), "checkpoint");
    }

    /** What is done in quiet. */
    public interface Work {
        void run() throws SQLException;
    }

    /**
     * Counts where the server writes into its log what changed alone: otherwise the first change of a page after a checkpoint writes the whole page. A
     * server that is somebody's is left as it is.
     */
    public void inQuiet(Work work) throws SQLException {
        if (!serverIsOurs) {
            work.run();
            return;
        }
        fullPages("off");
        try {
            work.run();
        } finally {
            fullPages("on");
        }
    }

    private void fullPages(String written) throws SQLException {
        execute(dataSource(), "alter system set full_page_writes to " + written);
        execute(dataSource(), "select pg_reload_conf()");
        // The process that writes checkpoints has to hear of it.
        execute(dataSource(), "select pg_sleep(0.3)");
    }

    /** Where the server's log ends. */
    long walPosition() throws SQLException {
        return Long.parseLong(value(observer, "select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint"));
    }

    private static String value(DataSource dataSource, String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private PGSimpleDataSource dataSource() {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(serverUrl);
        dataSource.setDatabaseName(name);
        return dataSource;
    }

    private void onServer(String sql) throws SQLException {
        PGSimpleDataSource server = new PGSimpleDataSource();
        server.setUrl(serverUrl);
        execute(server, sql);
    }

    private static void execute(PGSimpleDataSource dataSource, String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        pools.forEach(HikariDataSource::close);
        onServer("drop database if exists " + name + " with (force)");
    }
}
