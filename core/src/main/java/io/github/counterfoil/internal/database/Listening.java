package io.github.counterfoil.internal.database;

import io.github.counterfoil.error.UnsuitableConnection;
import io.github.counterfoil.spi.ConnectionSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;

/** A host's connection outside of transactions, on which it is told what others announce when they commit. */
public final class Listening implements ConnectionSource {
    /** The driver does not notice that a thread is interrupted. */
    private static final long STEP_MILLIS = 100;

    private final Connection connection;
    private final PGConnection driver;

    private Listening(Connection connection, PGConnection driver) {
        this.connection = connection;
        this.driver = driver;
    }

    /** @throws UnsuitableConnection if it is not the driver's, nor one around the driver's */
    public static Listening on(Connection connection) {
        try {
            return new Listening(connection, connection.unwrap(PGConnection.class));
        } catch (SQLException | LinkageError e) {
            throw UnsuitableConnection.notDirect();
        }
    }

    /** Whether it leads to this process of the server: a pooler gives its clients numbers of its own. */
    public boolean leadsTo(int process) {
        return driver.getBackendPID() == process;
    }

    /** Returns when something was announced, when the time is over, or when the thread is interrupted, which it then still is. */
    public void await(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        try {
            boolean told = false;
            for (long left = time.toMillis();
                    !told && left > 0 && !Thread.currentThread().isInterrupted();
                    left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())) {
                told = driver.getNotifications((int) Math.min(left, STEP_MILLIS)).length > 0;
            }
        } catch (SQLException e) {
            // A virtual thread's interrupt closes what it reads from.
            if (!Thread.currentThread().isInterrupted()) {
                throw SqlErrors.thrown(e, false);
            }
        }
    }

    @Override
    public Connection open() throws SQLException {
        if (!connection.getAutoCommit()) {
            throw UnsuitableConnection.inTransaction();
        }
        return connection;
    }

    @Override
    public void release(Connection released) {
        // The host closes it.
    }

    @Override
    public Optional<TransactionOwner> transactionOwner(Connection asked) {
        return Optional.of(TransactionOwner.COUNTERFOIL);
    }
}
