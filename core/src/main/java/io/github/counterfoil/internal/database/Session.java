package io.github.counterfoil.internal.database;

import io.github.counterfoil.error.Unavailable;
import io.github.counterfoil.error.UnsuitableConnection;
import io.github.counterfoil.spi.ConnectionSource;
import io.github.counterfoil.spi.ConnectionSource.TransactionOwner;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection in use. It knows who ends the transaction of its statements, and ends it if that is Counterfoil. Closing it
 * gives the connection back, after a rollback of what was not committed; what fails then is logged, so that it hides no
 * error.
 */
final class Session implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private static final int GRACE_MILLIS = 1_000;

    private enum Ending {
        /** Not known yet: nothing was sent. */
        UNKNOWN,
        /** Autocommit is on. */
        STATEMENT,
        HOST,
        COUNTERFOIL
    }

    private final ConnectionSource source;
    private final Connection connection;
    private Ending ending = Ending.UNKNOWN;
    private @Nullable Cancellation cancellation;
    private @Nullable Integer networkTimeout;
    private boolean switched;
    private boolean calling;
    private boolean committing;
    private boolean committed;

    private Session(ConnectionSource source, Connection connection) {
        this.source = source;
        this.connection = connection;
    }

    static Session open(ConnectionSource source) throws SQLException {
        return new Session(source, Objects.requireNonNull(source.open(), "the source gave no connection"));
    }

    Connection connection() {
        return connection;
    }

    /**
     * Finds out who ends transactions, and refuses what cannot be done on this connection; sends nothing.
     *
     * @param together whether the following statements are one transaction: the host's, or one of their own
     */
    void prepare(boolean writes, boolean together) throws SQLException {
        Ending found = hasAutocommit()
                ? Ending.STATEMENT
                : isDeclaredHosts().orElseThrow(UnsuitableConnection::undeclared) ? Ending.HOST : Ending.COUNTERFOIL;
        if (found == Ending.HOST) {
            ending = found;
        }
        // The driver itself does not enforce it while autocommit is on, and PostgreSQL would end a moment's
        // transaction.
        if (writes && (source instanceof Moment || connection.isReadOnly())) {
            throw new Unavailable("database.read_only", "25006");
        }
        if (together && found == Ending.STATEMENT) {
            connection.setAutoCommit(false);
            switched = true;
            found = Ending.COUNTERFOIL;
        }
        ending = found;
    }

    private boolean hasAutocommit() throws SQLException {
        try {
            return connection.getAutoCommit();
        } catch (SQLException | RuntimeException e) {
            // A connection that is gone took the host's transaction with it, and each call says so.
            if (isDeclaredHosts().orElse(false)) {
                ending = Ending.HOST;
            }
            throw e;
        }
    }

    private Optional<Boolean> isDeclaredHosts() throws SQLException {
        return source.transactionOwner(connection).map(TransactionOwner.HOST::equals);
    }

    /**
     * Bounds what is sent: PostgreSQL is asked to cancel it at the deadline, and the network is given up a little later. A
     * host's own limit that is shorter stays. A driver or pool that knows neither is bounded by its locks alone.
     */
    void limit(Deadline deadline) {
        if (deadline.isNever()) {
            return;
        }
        if (deadline.isOver()) {
            throw new Unavailable("database.timeout", "57014");
        }
        try {
            int before = connection.getNetworkTimeout();
            int ours = deadline.millisLeft() + GRACE_MILLIS;
            if (before == 0 || before > ours) {
                connection.setNetworkTimeout(Runnable::run, ours);
                networkTimeout = before;
            }
            cancellation = Cancellation.of(connection, deadline);
        } catch (SQLException | RuntimeException | LinkageError e) {
            LOG.debug("a connection knows no limits: {}", e.getClass().getName());
        }
    }

    private void unlimit() {
        if (cancellation != null && !cancellation.end()) {
            abort();
        }
        if (networkTimeout != null) {
            try {
                connection.setNetworkTimeout(Runnable::run, networkTimeout);
            } catch (SQLException | RuntimeException e) {
                LOG.debug(
                        "a connection is gone, and with it its limit: {}",
                        e.getClass().getName());
            }
        }
    }

    /**
     * Lets each statement see what was committed before it, also after a wait for a lock. At the stricter levels of
     * isolation they see what was there when the transaction began. A host's transaction keeps its own level.
     */
    void seeWhatOthersCommit() throws SQLException {
        if (ending == Ending.COUNTERFOIL) {
            if (!switched) {
                // A pool's test of the connection may have begun one.
                connection.rollback();
            }
            execute("set transaction isolation level read committed");
        }
    }

    /** Lets all statements see what was there when the first of them began. A host's transaction keeps its own level. */
    void seeOneMoment() throws SQLException {
        if (ending == Ending.COUNTERFOIL) {
            if (!switched) {
                // A pool's test of the connection may have begun one.
                connection.rollback();
            }
            execute("set transaction isolation level repeatable read, read only");
        }
    }

    /** Throws if a statement has failed, whoever caught that: COMMIT would store nothing and may say so to nobody. */
    void requireUsable() throws SQLException {
        execute("select 1");
    }

    /** As SQL: a transaction of JTA's refuses JDBC's method. */
    void beginUndoable() throws SQLException {
        execute("savepoint counterfoil_together");
    }

    /** What was stored since {@link #beginUndoable} is the transaction's. */
    void keep() throws SQLException {
        execute("release savepoint counterfoil_together");
    }

    void undo() throws SQLException {
        execute("rollback to savepoint counterfoil_together");
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Commits what is Counterfoil's to commit. */
    void commit() throws SQLException {
        if (ending == Ending.COUNTERFOIL) {
            committing = true;
            connection.commit();
            committed = true;
        }
    }

    boolean isCommitting() {
        return committing;
    }

    boolean isHosts() {
        return ending == Ending.HOST;
    }

    /** Whether what failed can be sent again without anybody's consent. */
    boolean isRepeatable() {
        return ending == Ending.STATEMENT || ending == Ending.COUNTERFOIL;
    }

    /** The next statement is the call's own, and no longer a look at the schema. */
    void beginCall() {
        calling = true;
    }

    /** Whether something may have been stored if the connection was lost now. */
    boolean mayHaveStored() {
        return calling && ending == Ending.STATEMENT || committing;
    }

    @Override
    public void close() {
        try {
            if (ending == Ending.COUNTERFOIL && (committed || rolledBack()) && switched) {
                switchOn();
            }
        } finally {
            unlimit();
            release();
        }
    }

    private boolean rolledBack() {
        boolean done = false;
        try {
            connection.rollback();
            done = true;
        } catch (SQLException | RuntimeException e) {
            warn("a transaction could not be rolled back", e);
        } finally {
            if (!done) {
                abort();
            }
        }
        return done;
    }

    private void switchOn() {
        try {
            connection.setAutoCommit(true);
        } catch (SQLException | RuntimeException e) {
            warn("autocommit could not be switched on again", e);
        }
    }

    private void release() {
        try {
            source.release(connection);
        } catch (SQLException | RuntimeException e) {
            warn("a connection could not be released", e);
        }
    }

    /** Nobody may come upon it: to commit an open transaction, as switching autocommit on would, or to be cancelled. */
    private void abort() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException | RuntimeException e) {
            warn("a connection could not be aborted", e);
        }
    }

    private static void warn(String what, Exception e) {
        LOG.warn("{}: {} (SQLSTATE {})", what, e.getClass().getName(), SqlErrors.stateIn(e));
    }
}
