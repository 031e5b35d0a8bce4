package io.github.counterfoil.internal.database;

import io.github.counterfoil.spi.ConnectionSource;
import java.sql.Connection;

/** The one connection of a host's transaction: used, and neither ended nor closed. */
public record HostConnection(Connection connection) implements ConnectionSource {

    @Override
    public Connection open() {
        return connection;
    }

    @Override
    public void release(Connection connection) {
        // The host closes it.
    }
}
