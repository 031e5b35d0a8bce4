package io.github.counterfoil.internal.database;

import java.util.concurrent.ThreadLocalRandom;

/** The pauses between the tries of one call: each up to twice as long as the one before, and random, so that callers part. */
final class Pauses {
    static final int MAX_TRIES = 10;
    private static final long FIRST_MILLIS = 4;
    private static final long LONGEST_MILLIS = 250;

    private int tries = 1;

    /** Waits before the next try; false if there is none, or if the thread is interrupted, which it then still is. */
    boolean next() {
        if (tries == MAX_TRIES) {
            return false;
        }
        long bound = Math.min(FIRST_MILLIS << (tries - 1), LONGEST_MILLIS);
        tries++;
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(bound / 2, bound + 1));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
