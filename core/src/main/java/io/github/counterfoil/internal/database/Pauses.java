package io.github.counterfoil.internal.database;

import java.util.concurrent.ThreadLocalRandom;

/** The pauses between the tries of one call: each up to twice as long as the one before, and random, so that callers part. */
final class Pauses {
    private static final long FIRST_MILLIS = 4;
    private static final long LONGEST_MILLIS = 250;

    private final Deadline deadline;
    private long bound = FIRST_MILLIS;

    Pauses(Deadline deadline) {
        this.deadline = deadline;
    }

    /** Waits before the next try; false if there is no time for one, or if the thread is interrupted, which it then still is. */
    boolean next() {
        long pause = ThreadLocalRandom.current().nextLong(bound / 2, bound + 1);
        if (pause >= deadline.millisLeft()) {
            return false;
        }
        bound = Math.min(2 * bound, LONGEST_MILLIS);
        try {
            Thread.sleep(pause);
            // A busy machine sleeps longer.
            return !deadline.isOver();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
