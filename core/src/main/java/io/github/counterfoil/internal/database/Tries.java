package io.github.counterfoil.internal.database;

import org.jspecify.annotations.Nullable;

/**
 * Counts what the calls of a service ask of the database, each on its caller's thread. A call that the host's code makes within
 * another, as in a handler, counts for itself.
 */
public final class Tries {
    private final ThreadLocal<@Nullable Count> counts = new ThreadLocal<>();

    /** Of one call. */
    public static final class Count {
        private final @Nullable Count outer;
        private int tries;
        private int repeats;

        private Count(@Nullable Count outer) {
            this.outer = outer;
        }

        /** Statements, or transactions of several, with those that were repeated. */
        public int tries() {
            return tries;
        }

        /** Those that repeated one which had failed. */
        public int repeats() {
            return repeats;
        }
    }

    /** Counts for a new call of this thread, until {@link #end}. */
    public Count begin() {
        Count count = new Count(counts.get());
        counts.set(count);
        return count;
    }

    public void end(Count count) {
        if (count.outer == null) {
            counts.remove();
        } else {
            counts.set(count.outer);
        }
    }

    void tried() {
        Count count = counts.get();
        if (count != null) {
            count.tries++;
        }
    }

    void repeated() {
        Count count = counts.get();
        if (count != null) {
            count.repeats++;
        }
    }
}
