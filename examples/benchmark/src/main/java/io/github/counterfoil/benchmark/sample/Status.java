package io.github.counterfoil.benchmark.sample;

import java.util.Locale;

/** The documented statuses. */
public enum Status {
    NEW,
    OPEN,
    PENDING,
    CLOSED;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    public String wireName() {
        return wireName;
    }
}
