package io.github.counterfoil.internal.validation;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Which moments Counterfoil takes: those that Java, PostgreSQL, jOOQ and JSON all hold, in whatever time zone they are
 * written. That is the years 1 to 9999, less a day at either end, which is another year elsewhere.
 */
public final class MomentRules {
    private static final Instant FIRST = Instant.parse("0001-01-02T00:00:00Z");
    private static final Instant END = Instant.parse("9999-12-31T00:00:00Z");

    /** How far ahead a ticket may be put off: ten years. */
    public static final long MAX_SNOOZE_SECONDS = 3653L * 24 * 60 * 60;

    private MomentRules() {}

    /** PostgreSQL counts in microseconds: what is at or after a moment between two of them is at or after the later one. */
    public static Instant ceiling(Instant moment) {
        Instant floor = moment.truncatedTo(ChronoUnit.MICROS);
        return floor.equals(moment) ? moment : floor.plus(1, ChronoUnit.MICROS);
    }

    /** The problem, or null. */
    public static @Nullable Problem moment(@Nullable Instant moment) {
        if (moment == null) {
            return Problem.of("required");
        }
        if (moment.isBefore(FIRST)) {
            return Problem.of("out_of_range", FIRST.getEpochSecond());
        }
        return moment.isBefore(END) ? null : Problem.of("out_of_range", END.getEpochSecond());
    }

    /**
     * The same for when a ticket was opened or something happened to it. What happens next is a microsecond later at least,
     * and must still be a moment that is taken: there is room for as many events as can be counted.
     *
     * @param seq the event's number, 0 for the opening
     */
    public static @Nullable Problem happened(@Nullable Instant moment, int seq) {
        Problem problem = moment(moment);
        if (problem != null || moment == null) {
            return problem;
        }
        Instant end = END.minus(Integer.MAX_VALUE - (long) seq, ChronoUnit.MICROS);
        return moment.isBefore(end) ? null : Problem.of("out_of_range", end.getEpochSecond());
    }
}
