package io.github.counterfoil.plain;

import java.time.Duration;

/** Counts calls that are being answered, so that who closes can wait for them. */
final class Calls {
    private int running;
    private boolean closing;

    /** Whether a call may begin; who is told so says when it has ended. */
    synchronized boolean begin() {
        if (closing) {
            return false;
        }
        running++;
        return true;
    }

    synchronized void end() {
        running--;
        notifyAll();
    }

    /** Lets no more begin, and returns when all have ended, or at the end of the patience. */
    synchronized void close(Duration patience) throws InterruptedException {
        closing = true;
        long end = System.nanoTime() + patience.toNanos();
        for (long left = patience.toMillis(); running > 0 && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
    }
}
