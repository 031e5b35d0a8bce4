package io.github.counterfoil.internal.event;

import java.time.Instant;

/** How one side of the counter counts a history: 1, 2, 3, …, at times that never run back. */
public final class Numbering {
    private int last;
    private Instant lastAt;

    /** @param createdAt of the ticket, which is the time of its version 0 */
    public Numbering(Instant createdAt) {
        this.lastAt = createdAt;
    }

    /** Counts one more event, at its time, and answers its number. */
    public int count(Instant at) {
        lastAt = at;
        return ++last;
    }

    /** Counts an event that has a number, from there on. Whether it is the one that comes next. */
    public boolean comesNext(int number) {
        boolean next = number == last + 1;
        last = number;
        return next;
    }

    /** Takes the time of an event that has one. Whether it is not before the last. */
    public boolean isInTime(Instant at) {
        boolean inTime = !at.isBefore(lastAt);
        lastAt = at;
        return inTime;
    }

    /** The version: the number of the last event, 0 before the first. */
    public int last() {
        return last;
    }

    /** The time of the last event, or of the ticket's creation. */
    public Instant lastAt() {
        return lastAt;
    }
}
