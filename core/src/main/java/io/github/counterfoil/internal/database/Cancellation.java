package io.github.counterfoil.internal.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has PostgreSQL cancel what runs on a connection at the deadline of a call. The driver's own query timeout does that too, but
 * then makes the caller wait until the cancel request, which goes over the same network, is through.
 */
final class Cancellation {
    private static final Logger LOG = LoggerFactory.getLogger(Cancellation.class);
    /** After the deadline: PostgreSQL itself gives up locks by then, and says more. */
    private static final int LATE_MILLIS = 200;

    private static final int GRACE_MILLIS = 500;

    private enum State {
        WAITING,
        CANCELLING,
        OVER
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private final CompletableFuture<Void> alarm = new CompletableFuture<>();
    private final PGConnection connection;

    private Cancellation(PGConnection connection) {
        this.connection = connection;
    }

    /** @throws SQLException if the connection is not the driver's, nor one around the driver's */
    static Cancellation of(Connection connection, Deadline deadline) throws SQLException {
        Cancellation cancellation = new Cancellation(connection.unwrap(PGConnection.class));
        cancellation
                .alarm
                .orTimeout(deadline.millisLeft() + LATE_MILLIS, TimeUnit.MILLISECONDS)
                .whenComplete((done, late) -> {
                    if (late != null) {
                        cancellation.ring();
                    }
                });
        return cancellation;
    }

    /** The clock's thread is everybody's, and the request may take as long as the network does. */
    private void ring() {
        if (state.compareAndSet(State.WAITING, State.CANCELLING)) {
            Thread thread = new Thread(this::cancel, "counterfoil-cancel");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void cancel() {
        try {
            connection.cancelQuery();
        } catch (SQLException | RuntimeException e) {
            LOG.debug("a statement could not be cancelled: {}", e.getClass().getName());
        } finally {
            cancelled.countDown();
        }
    }

    /**
     * Ends it. False if a request to cancel is still under way: it may hit whatever runs on the connection next.
     */
    boolean end() {
        alarm.complete(null);
        return state.compareAndSet(State.WAITING, State.OVER) || isThrough();
    }

    private boolean isThrough() {
        try {
            return cancelled.await(GRACE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
