package io.github.counterfoil.faults;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits, each with its limit. */
final class Waiting {
    private static final long LOOK_MILLIS = 5;

    private Waiting() {}

    /** Whether it came true in time. */
    static boolean until(Duration limit, BooleanSupplier condition) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            pause(Duration.ofMillis(LOOK_MILLIS));
        }
        return true;
    }

    static void require(String what, Duration limit, BooleanSupplier condition) {
        if (!until(limit, condition)) {
            throw new IllegalStateException(what + " did not happen within " + limit);
        }
    }

    static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
