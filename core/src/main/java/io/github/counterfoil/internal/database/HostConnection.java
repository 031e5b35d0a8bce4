package io.github.counterfoil.internal.database;

import io.github.counterfoil.error.UnsuitableConnection;
import io.github.counterfoil.spi.ConnectionSource;
import io.github.counterfoil.spi.ConnectionSource.TransactionOwner;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** The one connection of a host's transaction: used, and neither ended nor closed. */
public record HostConnection(Connection connection) implements ConnectionSource {

    @Override
    public Connection open() {
        if (hasAutocommit()) {
            throw UnsuitableConnection.withoutTransaction();
        }
        return connection;
    }

    private boolean hasAutocommit() {
        try {
            return connection.getAutoCommit();
        } catch (SQLException | RuntimeException e) {
            // The connection is gone: the session says so, and that the host's transaction went with it.
            return false;
        }
    }

    @Override
    public void release(Connection connection) {
        // The host closes it.
    }

    @Override
    public Optional<TransactionOwner> transactionOwner(Connection connection) {
        return Optional.of(TransactionOwner.HOST);
    }
}
