package io.github.counterfoil.event;

import java.util.Locale;

/** Who sees an event; the documented field {@code visibility} holds the name in lower case. */
public enum Visibility {
    /** Customers and staff. */
    PUBLIC,
    /** Staff only. */
    PRIVATE;

    /** The documented value: {@code public} or {@code private}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
