package io.github.counterfoil.internal.database;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.internal.given.Given;
import io.github.counterfoil.internal.validation.Problem;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** When a call must be over, by a clock that nobody sets. */
public final class Deadline {
    static final Duration STANDARD = Duration.ofSeconds(10);
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    private final @Nullable Long end;

    private Deadline(@Nullable Long end) {
        this.end = end;
    }

    static Deadline in(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    /** For work whose length is its own. */
    static Deadline never() {
        return new Deadline(null);
    }

    /** @throws InvalidInput for what is no length of time up to a day, or shorter than a millisecond */
    public static Duration checked(@Nullable Duration duration) {
        Duration given = Given.value("deadline", duration);
        Problem problem = problem(given);
        if (problem != null) {
            throw new InvalidInput("deadline", problem.code(), problem.limit());
        }
        return given;
    }

    /** Null for a length of time from a millisecond to a day. */
    public static @Nullable Problem problem(Duration given) {
        return given.compareTo(SHORTEST) >= 0 && given.compareTo(LONGEST) <= 0
                ? null
                : Problem.of("out_of_range", (given.compareTo(SHORTEST) < 0 ? SHORTEST : LONGEST).toMillis());
    }

    boolean isNever() {
        return end == null;
    }

    boolean isOver() {
        return millisLeft() <= 0;
    }

    /** Not above zero if it is over. */
    int millisLeft() {
        return end == null ? Integer.MAX_VALUE : (int) TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    }
}
