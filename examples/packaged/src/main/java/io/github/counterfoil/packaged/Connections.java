package io.github.counterfoil.packaged;

import io.github.counterfoil.spi.ConnectionSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A connection for each call. */
record Connections(String url) implements ConnectionSource {
    @Override
    public Connection open() throws SQLException {
        return DriverManager.getConnection(url);
    }

    @Override
    public void release(Connection connection) throws SQLException {
        connection.close();
    }
}
