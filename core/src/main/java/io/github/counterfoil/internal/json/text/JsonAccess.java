package io.github.counterfoil.internal.json.text;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The way to the values of packages that stand above this one, for what Jackson calls: they leave it here. */
public abstract class JsonAccess {
    private static final String KEEPER = "io.github.counterfoil.json.JsonValue";

    private static volatile @Nullable JsonAccess access;

    protected JsonAccess() {}

    /** Whether it is none of the host's. */
    public abstract boolean knows(Object value);

    /** Writes a value; false, and nothing is written, if it is the host's. */
    public abstract boolean write(Object value, JsonSink out) throws IOException;

    /**
     * What makes a value of a type of its JSON text; empty for a type that is not read. It throws
     * {@link io.github.counterfoil.error.InvalidInput}.
     */
    public abstract Optional<Function<String, Object>> reader(Class<?> type);

    /** What JSON's null is for a type; null for all but JSON values. */
    public abstract @Nullable Object ofNull(Class<?> type);

    public static void leave(JsonAccess given) {
        access = given;
    }

    public static JsonAccess get() {
        if (access == null) {
            try {
                Class.forName(KEEPER, true, JsonAccess.class.getClassLoader());
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException(e);
            }
        }
        return Objects.requireNonNull(access);
    }
}
