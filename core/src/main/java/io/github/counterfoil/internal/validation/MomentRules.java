package io.github.counterfoil.internal.validation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which moments Counterfoil takes: those that Java, PostgreSQL, jOOQ and JSON all hold, in whatever time zone they are
 * written. That is the years 1 to 9999, less a day at either end, which is another year elsewhere.
 */
public final class MomentRules {
    private static final Instant FIRST = Instant.parse("0001-01-02T00:00:00Z");
    private static final Instant END = Instant.parse("9999-12-31T00:00:00Z");

    private MomentRules() {}

    /** The problem, or null. */
    public static @Nullable Problem moment(@Nullable Instant moment) {
        if (moment == null) {
            return Problem.of("required");
        }
        return moment.isBefore(FIRST) || !moment.isBefore(END) ? Problem.of("out_of_range") : null;
    }
}
