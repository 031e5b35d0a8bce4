package io.github.counterfoil.people;

import io.github.counterfoil.json.AsJson;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The documented roles of workers. */
public enum WorkerRole implements AsJson {
    AGENT,
    ADMIN;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The documented value: {@code agent} or {@code admin}. */
    public String wireName() {
        return wireName;
    }

    /** The role of a documented value; empty if none has it. */
    public static Optional<WorkerRole> ofWireName(@Nullable String wireName) {
        for (WorkerRole role : values()) {
            if (role.wireName.equals(wireName)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}
