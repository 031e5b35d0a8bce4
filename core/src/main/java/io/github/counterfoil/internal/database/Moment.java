package io.github.counterfoil.internal.database;

import io.github.counterfoil.error.UnsuitableConnection;
import io.github.counterfoil.spi.ConnectionSource;
import java.sql.Connection;
import java.util.Optional;

/** The one connection of a reading at one moment, for as long as that goes on. */
final class Moment implements ConnectionSource, AutoCloseable {
    private final HostConnection connection;
    private volatile boolean over;

    Moment(Connection connection) {
        this.connection = new HostConnection(connection);
    }

    @Override
    public Connection open() {
        if (over) {
            throw UnsuitableConnection.afterItsMoment();
        }
        return connection.open();
    }

    @Override
    public void release(Connection opened) {
        connection.release(opened);
    }

    @Override
    public Optional<TransactionOwner> transactionOwner(Connection opened) {
        return connection.transactionOwner(opened);
    }

    /** Whoever kept it finds nothing to read on. */
    @Override
    public void close() {
        over = true;
    }
}
