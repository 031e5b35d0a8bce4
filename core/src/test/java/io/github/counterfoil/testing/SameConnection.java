package io.github.counterfoil.testing;

import io.github.counterfoil.spi.ConnectionSource;
import java.sql.Connection;

/** One connection for every call; whoever opened it closes it. */
public record SameConnection(Connection connection) implements ConnectionSource {
    @Override
    public Connection open() {
        return connection;
    }

    @Override
    public void release(Connection used) {
        // Not ours to close.
    }
}
