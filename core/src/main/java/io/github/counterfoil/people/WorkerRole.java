package io.github.counterfoil.people;

import java.util.Locale;

/** The documented roles of workers. */
public enum WorkerRole {
    AGENT,
    ADMIN;

    /** The documented value: {@code agent} or {@code admin}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
