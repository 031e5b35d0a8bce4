package io.github.counterfoil.ticket;

import io.github.counterfoil.json.AsJson;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The documented priorities. */
public enum Priority implements AsJson {
    LOW,
    MEDIUM,
    HIGH;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The documented value: the name in lower case. */
    public String wireName() {
        return wireName;
    }

    /** The priority of a documented value; empty if none has it. */
    public static Optional<Priority> ofWireName(@Nullable String wireName) {
        for (Priority priority : values()) {
            if (priority.wireName.equals(wireName)) {
                return Optional.of(priority);
            }
        }
        return Optional.empty();
    }
}
