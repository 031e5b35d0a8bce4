package io.github.counterfoil.internal.observation;

import io.github.counterfoil.internal.database.Tries;
import io.github.counterfoil.spi.CallObserver;
import io.github.counterfoil.spi.CallObserver.Call;
import io.github.counterfoil.spi.CallObserver.End;
import io.github.counterfoil.spi.CallObserver.Observation;
import io.github.counterfoil.spi.CallObserver.Side;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells an observer of a service's calls. What it throws is kept from the caller. */
public final class Observed {
    private static final Logger LOG = LoggerFactory.getLogger(Observed.class);

    private final CallObserver observer;
    private final Tries tries = new Tries();
    private final AtomicBoolean warned = new AtomicBoolean();

    public Observed(CallObserver observer) {
        this.observer = observer;
    }

    /** What counts for the calls: the service's databases are to count with it. */
    public Tries tries() {
        return tries;
    }

    /** A door, or what it leads to, each of whose calls is told. */
    public <T> T door(Class<T> type, Side side, T door) {
        return ObservedDoor.around(this, type, side, door);
    }

    /** A call that is no method of a door. */
    public <T> @Nullable T call(String operation, Supplier<@Nullable T> call) {
        Running running = begin(new Call(operation, Side.HOST));
        try {
            T result = call.get();
            running.ended(Answer.of(result));
            return result;
        } catch (Throwable e) {
            running.ended(Answer.thrown(e));
            throw e;
        }
    }

    Running begin(Call call) {
        return new Running(begun(call), tries.begin(), System.nanoTime());
    }

    private @Nullable Observation begun(Call call) {
        try {
            return Objects.requireNonNull(observer.begin(call), "the observer gave no observation");
        } catch (Throwable e) {
            threw(e);
            return null;
        }
    }

    /** Its message is the host's, and may hold anything. */
    private void threw(Throwable e) {
        if (warned.compareAndSet(false, true)) {
            LOG.warn(
                    "an observer of calls threw {}; what else it throws is logged at DEBUG",
                    e.getClass().getName());
        } else {
            LOG.debug("an observer of calls threw {}", e.getClass().getName());
        }
    }

    /** A call that has begun. */
    final class Running {
        private final @Nullable Observation observation;
        private final Tries.Count count;
        private final long start;

        private Running(@Nullable Observation observation, Tries.Count count, long start) {
            this.observation = observation;
            this.count = count;
            this.start = start;
        }

        void ended(Answer answer) {
            Duration duration = Duration.ofNanos(System.nanoTime() - start);
            tries.end(count);
            if (observation == null) {
                return;
            }
            try {
                observation.end(new End(
                        answer.outcome(),
                        Optional.ofNullable(answer.error()),
                        Optional.ofNullable(answer.sqlState()),
                        duration,
                        count.tries(),
                        count.repeats(),
                        answer.rows()));
            } catch (Throwable e) {
                threw(e);
            }
        }
    }
}
