package io.github.counterfoil.json;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.internal.json.text.JsonAccess;
import io.github.counterfoil.internal.json.text.JsonSink;
import io.github.counterfoil.internal.json.text.JsonWriter;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How values are written, and which are read. */
final class Values extends JsonAccess {
    private static final String READING = "fromJson";

    private static final ClassValue<Boolean> WRITTEN_WHOLE = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            try {
                return type.getMethod("json").getDeclaringClass() == AsJson.class;
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException(e);
            }
        }
    };

    private static final ClassValue<Optional<Function<String, Object>>> READERS = new ClassValue<>() {
        @Override
        protected Optional<Function<String, Object>> computeValue(Class<?> type) {
            if (type == JsonValue.class) {
                return Optional.of(JsonValue::parse);
            }
            if (type.isEnum()) {
                return Optional.of(json -> constant(type, JsonValue.parse(json)));
            }
            return Stream.concat(Stream.of(type), Stream.of(type.getInterfaces()))
                    .map(Values::reading)
                    .flatMap(Optional::stream)
                    .findFirst()
                    .map(reading -> json -> read(reading, type, JsonValue.parse(json)));
        }
    };

    /** Writes all that it is made of: a constant, or the components of a record. */
    static void writeWhole(AsJson value, JsonSink out) throws IOException {
        if (value instanceof Enum<?> constant) {
            out.string(JsonWriter.constant(constant));
        } else {
            JsonWriter.object(value, out);
        }
    }

    @Override
    public boolean knows(Object value) {
        return value instanceof AsJson;
    }

    @Override
    public boolean write(Object value, JsonSink out) throws IOException {
        if (!(value instanceof AsJson known)) {
            return false;
        }
        if (WRITTEN_WHOLE.get(value.getClass())) {
            writeWhole(known, out);
        } else {
            out.json(known.json().text());
        }
        return true;
    }

    @Override
    public Optional<Function<String, Object>> reader(Class<?> type) {
        return READERS.get(type);
    }

    @Override
    public @Nullable Object ofNull(Class<?> type) {
        return type == JsonValue.class ? JsonValue.ofNull() : null;
    }

    private static Optional<Method> reading(Class<?> type) {
        try {
            return Optional.of(type.getMethod(READING, JsonValue.class))
                    .filter(method -> Modifier.isStatic(method.getModifiers()));
        } catch (NoSuchMethodException e) {
            return Optional.empty();
        }
    }

    private static Object read(Method reading, Class<?> type, JsonValue json) {
        try {
            Object value = reading.invoke(null, json);
            if (!type.isInstance(value)) {
                throw new InvalidInput("value", "unexpected", null);
            }
            return value;
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException thrown) {
                throw thrown;
            }
            throw new IllegalStateException(e);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object constant(Class<?> type, JsonValue json) {
        if (json.kind() != JsonValue.Kind.STRING) {
            throw new InvalidInput("value", "not_a_string", null);
        }
        return Stream.of(type.getEnumConstants())
                .filter(constant -> JsonWriter.constant((Enum<?>) constant).equals(json.string()))
                .findFirst()
                .orElseThrow(() -> new InvalidInput("value", "unknown", null));
    }
}
