package io.github.counterfoil.leaks;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What searching one answer may take, so that one which never ends does. Whoever meets its end has not searched all. */
final class Budget {
    /** Of texts that are read or decoded, beside what the answer holds as it is. */
    static final int BYTES = 32 * 1024 * 1024;

    private static final int STEPS = 2_000_000;
    private static final int ATTEMPTS = 10_000;
    private static final long TIME = TimeUnit.SECONDS.toNanos(60);
    private static final Duration WAITING = Duration.ofSeconds(10);

    private final long begin = System.nanoTime();
    private final long mostWaiting;
    private int steps;
    private int attempts;
    private int bytes;
    private long waited;
    private boolean kept = true;

    Budget() {
        this(WAITING);
    }

    /** @param waiting for all that is awaited together */
    Budget(Duration waiting) {
        mostWaiting = waiting.toNanos();
    }

    /** Whether one value more may be looked at. */
    boolean step() {
        return within(++steps <= STEPS);
    }

    /** Whether one stream more may be opened that may be none. */
    boolean attempt() {
        return within(++attempts <= ATTEMPTS);
    }

    /** Whether so much more may be read or decoded. */
    boolean take(int size) {
        boolean left = size <= BYTES - bytes;
        bytes += left ? size : 0;
        return within(left);
    }

    /** How long may still be waited, in nanoseconds. */
    long waiting() {
        return Math.max(0, mostWaiting - waited);
    }

    void waited(long nanos) {
        waited += nanos;
    }

    /** Something was left out. */
    void exceed() {
        kept = false;
    }

    boolean kept() {
        return kept;
    }

    private boolean within(boolean left) {
        boolean may = left && System.nanoTime() - begin < TIME;
        kept &= may;
        return may;
    }
}
