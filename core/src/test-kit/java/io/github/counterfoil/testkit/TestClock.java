package io.github.counterfoil.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * A clock that stands still until a test moves it, for {@code TicketService.builder(…).clock(clock)}. Threads may share it.
 *
 * <p>It gives events their times. What PostgreSQL looks up by its own clock follows none of a host's: which tickets are put off, and how
 * long readers of changes hold what they were given.
 */
public final class TestClock implements InstantSource {
    private Instant now;

    private TestClock(Instant start) {
        this.now = cut(start);
    }

    /** @param start cut to microseconds, as Counterfoil stores moments */
    public static TestClock at(Instant start) {
        return new TestClock(start);
    }

    /** @param start such as {@code 2026-01-05T09:00:00Z} */
    public static TestClock at(String start) {
        return at(Instant.parse(start));
    }

    private static Instant cut(Instant moment) {
        return moment.truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    /** Moves it, backwards too: events stay in their order, whatever it says. */
    public synchronized Instant advance(Duration time) {
        now = cut(now.plus(time));
        return now;
    }

    public synchronized void set(Instant moment) {
        now = cut(moment);
    }

    @Override
    public String toString() {
        return "TestClock[" + instant() + "]";
    }
}
