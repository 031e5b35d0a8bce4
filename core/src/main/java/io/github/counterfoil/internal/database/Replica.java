package io.github.counterfoil.internal.database;

import io.github.counterfoil.error.Refusal;
import io.github.counterfoil.error.UnsuitableConnection;
import io.github.counterfoil.spi.ConnectionSource;
import io.github.counterfoil.spi.ConnectionSource.TransactionOwner;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Another server that follows the primary, for reads that may be late. One that did not answer is left alone for a while. */
public final class Replica {
    private static final Logger LOG = LoggerFactory.getLogger(Replica.class);

    /** So long only one call waits in vain. */
    private static final Duration LEFT_ALONE = Duration.ofSeconds(5);

    private final ConnectionSource source;
    private final boolean beside;

    /** On the clock of {@link System#nanoTime}; null while it answers. */
    private final AtomicReference<@Nullable Long> failedAt = new AtomicReference<>();

    private Replica(ConnectionSource source, boolean beside) {
        this.source = source;
        this.beside = beside;
    }

    /**
     * @param beside whether the primary's connections may belong to a transaction of the host's, which sees more than was
     *     committed: then one is looked at first
     */
    public static Replica of(DataSource dataSource, boolean beside) {
        return new Replica(
                new DeclaredConnections(new DataSourceConnections(dataSource), TransactionOwner.COUNTERFOIL), beside);
    }

    /** Of connections that are in nobody's transaction. */
    ConnectionSource source() {
        return source;
    }

    /** Whether a call now is not part of a transaction of the host's, and is to be tried here; sends nothing. */
    boolean mayAnswer(ConnectionSource primary) {
        Long failed = failedAt.get();
        if (failed != null && System.nanoTime() - failed < LEFT_ALONE.toNanos()) {
            return false;
        }
        return !beside || !isInHostsTransaction(primary);
    }

    private static boolean isInHostsTransaction(ConnectionSource primary) {
        try (Session session = Session.open(primary)) {
            session.prepare(false, false);
            return session.isHosts();
        } catch (UnsuitableConnection e) {
            return true;
        } catch (SQLException | RuntimeException e) {
            // No connection, no transaction: the replica may be all there is.
            return false;
        }
    }

    void answered() {
        if (failedAt.getAndSet(null) != null) {
            LOG.info("the read replica answers again");
        }
    }

    /** What it refuses it may not know yet: that is no fault of its own. */
    void failed(RuntimeException failure) {
        String kind = failure.getClass().getName();
        if (failure instanceof Refusal) {
            LOG.debug("the read replica refused: {}", kind);
        } else if (failedAt.getAndSet(System.nanoTime()) == null) {
            LOG.warn("the read replica did not answer ({}): for now the primary is asked", kind);
        } else {
            LOG.debug("the read replica did not answer: {}", kind);
        }
    }
}
