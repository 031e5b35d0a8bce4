package io.github.counterfoil.internal.database;

import io.github.counterfoil.spi.ConnectionSource;
import io.github.counterfoil.spi.ConnectionSource.TransactionOwner;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** A source whose host has said who ends transactions where the source itself does not say. */
public record DeclaredConnections(ConnectionSource source, TransactionOwner owner) implements ConnectionSource {

    @Override
    public Connection open() throws SQLException {
        return source.open();
    }

    @Override
    public void release(Connection connection) throws SQLException {
        source.release(connection);
    }

    @Override
    public Optional<TransactionOwner> transactionOwner(Connection connection) throws SQLException {
        return source.transactionOwner(connection).or(() -> Optional.of(owner));
    }
}
