package io.github.counterfoil.event;

import java.util.Locale;

/** In which role somebody did something; the documented field {@code role} holds the name in lower case. */
public enum Role {
    AGENT,
    CUSTOMER;

    /** The documented value: {@code agent} or {@code customer}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
