package io.github.counterfoil.internal.change;

import static io.github.counterfoil.internal.jooq.Tables.CHANGES_WAITING;

import io.github.counterfoil.error.ConsumerRefused;
import io.github.counterfoil.error.CounterfoilException;
import io.github.counterfoil.error.UnsuitableConnection;
import io.github.counterfoil.internal.database.Database;
import io.github.counterfoil.internal.database.Listening;
import io.github.counterfoil.internal.jooq.Routines;
import io.github.counterfoil.internal.jooq.tables.records.ChangesWaitingRecord;
import java.sql.Connection;
import java.time.Duration;
import org.jooq.impl.DSL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A wait for something that a consumer could read. It looks after it began to listen, so that nothing comes between the two: what was
 * committed before is seen, and what is committed after is heard of.
 */
final class Wait {
    private static final Logger LOG = LoggerFactory.getLogger(Wait.class);
    /** Nobody announces the end of what holds changes back: a transaction of another database, say, or a reader who is gone. */
    private static final Duration FIRST_LOOK = Duration.ofMillis(50);

    private static final Duration LAST_LOOK = Duration.ofSeconds(1);

    private final Listening listening;
    private final Database database;
    private final String consumer;
    private final boolean customers;

    Wait(Database database, Connection connection, String consumer, boolean customers) {
        this.listening = Listening.on(connection);
        this.database = database.on(listening);
        this.consumer = consumer;
        this.customers = customers;
    }

    /** Whether there is something before the time is over or the thread is interrupted. */
    boolean ends(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        if (look().getReady()) {
            return true;
        }
        try {
            listen(true);
            ChangesWaitingRecord found = look();
            Duration pause = FIRST_LOOK;
            Duration left = until(end);
            while (!found.getReady()
                    && left.toMillis() > 0
                    && !Thread.currentThread().isInterrupted()) {
                listening.await(found.getHeld() && pause.compareTo(left) < 0 ? pause : left);
                pause = shorter(pause.multipliedBy(2), LAST_LOOK);
                found = Thread.currentThread().isInterrupted() ? found : look();
                left = until(end);
            }
            return found.getReady();
        } finally {
            forget();
        }
    }

    private static Duration until(long end) {
        return Duration.ofNanos(end - System.nanoTime());
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private ChangesWaitingRecord look() {
        ChangesWaitingRecord found = database.reading(
                dsl -> dsl.selectFrom(CHANGES_WAITING(DSL.val(consumer), DSL.val(customers), Routines.changeHorizon()))
                        .fetchSingle());
        if (!listening.leadsTo(found.getProcess())) {
            throw UnsuitableConnection.notDirect();
        }
        if (found.getRefusal() != null) {
            throw new ConsumerRefused(found.getRefusal());
        }
        return found;
    }

    private void listen(boolean on) {
        database.reading(dsl -> dsl.select(Routines.listenToChanges(on)).fetchSingle());
    }

    /** A connection that is gone listens to nobody, and the wait has said so. */
    private void forget() {
        try {
            listen(false);
        } catch (CounterfoilException e) {
            LOG.debug("a connection goes on listening: {}", e.code());
        }
    }
}
