package io.github.counterfoil.internal.database;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One try.
 *
 * @param maybeStored whether nobody knows if the try stored something
 */
record Attempt<T>(@Nullable T value, @Nullable RuntimeException failure, Next next, boolean maybeStored) {

    /** What is worth doing after a try that failed. */
    enum Next {
        NOTHING,
        AGAIN,
        /** On another connection: this one is gone. */
        AGAIN_ELSEWHERE,
        /** Nothing, unless an earlier try lost its connection: then the database may be coming back. */
        IF_LOST_BEFORE;

        boolean isWorthIt(boolean lostBefore) {
            return this == AGAIN || this == AGAIN_ELSEWHERE || this == IF_LOST_BEFORE && lostBefore;
        }
    }

    static <T> Attempt<T> succeeded(T value) {
        return new Attempt<>(value, null, Next.NOTHING, false);
    }

    static <T> Attempt<T> failed(RuntimeException failure, Next next, boolean maybeStored) {
        return new Attempt<>(null, failure, next, maybeStored);
    }

    T get() {
        if (failure != null) {
            throw failure;
        }
        return Objects.requireNonNull(value);
    }
}
