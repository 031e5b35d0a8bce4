package io.github.counterfoil.event;

import io.github.counterfoil.json.AsJson;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who sees an event; the documented field {@code visibility} holds the name in lower case. */
public enum Visibility implements AsJson {
    /** Customers and staff. */
    PUBLIC,
    /** Staff only. */
    PRIVATE;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The documented value: {@code public} or {@code private}. */
    public String wireName() {
        return wireName;
    }

    /** The visibility of a documented value; empty if none has it. */
    public static Optional<Visibility> ofWireName(@Nullable String wireName) {
        for (Visibility visibility : values()) {
            if (visibility.wireName.equals(wireName)) {
                return Optional.of(visibility);
            }
        }
        return Optional.empty();
    }
}
