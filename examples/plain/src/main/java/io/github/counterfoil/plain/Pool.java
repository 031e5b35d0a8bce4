package io.github.counterfoil.plain;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;

/** The connections to PostgreSQL. */
final class Pool {
    /** How long a call of Counterfoil's may take. */
    static final Duration DEADLINE = Duration.ofSeconds(5);

    private Pool() {}

    // region: pool
    static HikariDataSource open(String jdbcUrl, int size) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("desk");
        config.setJdbcUrl(jdbcUrl);
        config.setMaximumPoolSize(size); // far fewer than calls: each holds one for the milliseconds of a statement
        config.setConnectionTimeout(2_000); // shorter than the deadline, so that a call that got none ends in time
        config.setMaxLifetime(Duration.ofMinutes(15).toMillis()); // before a firewall or a failover ends them unseen
        config.setKeepaliveTime(Duration.ofMinutes(2).toMillis());
        config.setInitializationFailTimeout(10_000); // a host that cannot reach its database does not start
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("connectTimeout", "5"); // in seconds
        config.addDataSourceProperty("ApplicationName", "desk");
        return new HikariDataSource(config);
    }
    // endregion
}
