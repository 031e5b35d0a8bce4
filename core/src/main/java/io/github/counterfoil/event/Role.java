package io.github.counterfoil.event;

import io.github.counterfoil.json.AsJson;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** In which role somebody did something; the documented field {@code role} holds the name in lower case. */
public enum Role implements AsJson {
    AGENT,
    CUSTOMER;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The documented value: {@code agent} or {@code customer}. */
    public String wireName() {
        return wireName;
    }

    /** The role of a documented value; empty if none has it. */
    public static Optional<Role> ofWireName(@Nullable String wireName) {
        for (Role role : values()) {
            if (role.wireName.equals(wireName)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}
