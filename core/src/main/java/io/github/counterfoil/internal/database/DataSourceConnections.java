package io.github.counterfoil.internal.database;

import io.github.counterfoil.spi.ConnectionSource;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Connections of Counterfoil's own, one for each call, in autocommit mode. */
public record DataSourceConnections(DataSource dataSource) implements ConnectionSource {

    @Override
    public Connection open() throws SQLException {
        Connection connection = dataSource.getConnection();
        // A pool may hand out connections with autocommit off; it sets that again itself when it gets them back.
        if (!connection.getAutoCommit()) {
            connection.setAutoCommit(true);
        }
        return connection;
    }

    @Override
    public void release(Connection connection) throws SQLException {
        connection.close();
    }
}
