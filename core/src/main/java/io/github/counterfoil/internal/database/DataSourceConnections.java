package io.github.counterfoil.internal.database;

import io.github.counterfoil.spi.ConnectionSource;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Connections of a data source, one for each call, as they come. */
public record DataSourceConnections(DataSource dataSource) implements ConnectionSource {

    @Override
    public Connection open() throws SQLException {
        return dataSource.getConnection();
    }

    @Override
    public void release(Connection connection) throws SQLException {
        connection.close();
    }
}
