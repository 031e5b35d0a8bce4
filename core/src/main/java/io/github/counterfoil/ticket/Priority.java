package io.github.counterfoil.ticket;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The documented priorities. */
public enum Priority {
    LOW,
    MEDIUM,
    HIGH;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The documented value: the name in lower case. */
    public String wireName() {
        return wireName;
    }

    /** The priority of a documented value; empty if none has it. */
    public static Optional<Priority> ofWireName(String wireName) {
        return Arrays.stream(values())
                .filter(priority -> priority.wireName.equals(wireName))
                .findFirst();
    }
}
