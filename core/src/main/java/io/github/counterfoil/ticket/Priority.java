package io.github.counterfoil.ticket;

import java.util.Locale;

/** The documented priorities. */
public enum Priority {
    LOW,
    MEDIUM,
    HIGH;

    /** The documented value: the name in lower case. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
