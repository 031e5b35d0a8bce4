package io.github.counterfoil.testing;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits, each with its limit. */
public final class Waiting {
    private static final long LOOK_MILLIS = 5;

    private Waiting() {}

    /** Whether it came true in time. */
    public static boolean until(Duration limit, BooleanSupplier condition) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            pause(Duration.ofMillis(LOOK_MILLIS));
        }
        return true;
    }

    public static void require(String what, Duration limit, BooleanSupplier condition) {
        if (!until(limit, condition)) {
            throw new IllegalStateException(what + " did not happen within " + limit);
        }
    }

    public static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
