package io.github.counterfoil.input;

import io.github.counterfoil.command.Command;
import io.github.counterfoil.command.CustomerCommand;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.spi.ConnectionSource;
import io.github.counterfoil.testing.SupportTeam;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** For each type that a host hands over, anything that the type lets through: fine, odd, hostile, and null. */
final class AnyValues extends SampleValues {
    private static final List<String> TEXTS = Stream.concat(
                    NeededJoiners.texts(),
                    Stream.of(
                            "",
                            " ",
                            "a",
                            "a ",
                            "Title",
                            "a@example.com",
                            "de",
                            "xx_YY_bad",
                            "Mars/Phobos",
                            "\0",
                            "a\0b",
                            "\ud800",
                            "a\udc00\ud800",
                            "a\tb",
                            "a\r\nBcc: b",
                            "\u0085",
                            "\u2028",
                            "\u202e",
                            "\u200b",
                            "\u3164",
                            "\ufe0f",
                            "\uffff",
                            "x".repeat(65),
                            "x".repeat(501),
                            "x".repeat(4_000),
                            "😀".repeat(500),
                            "a\u0301".repeat(300),
                            "'; drop table ticket; --",
                            "$$",
                            "$1",
                            "${schema}",
                            "\\u0000",
                            "%",
                            "_",
                            "null",
                            "public",
                            "message",
                            "note-added",
                            "__proto__",
                            "id",
                            "a.b",
                            "../../x",
                            "NaN",
                            "1e99999999999",
                            "-1e-99999999999",
                            "1e309",
                            "[",
                            "{\"a\":1,\"a\":2}",
                            "{\"id\":1}",
                            "[1] 2",
                            "\"\\ud800\"",
                            "\"\\u0000\"",
                            "{\"\\u0000\":1}",
                            "[".repeat(17) + "]".repeat(17),
                            "[".repeat(1_200) + "]".repeat(1_200),
                            "{\"@class\":\"java.lang.Runtime\"}",
                            "1-1-1-1-1",
                            "AAAA",
                            "é".repeat(130)))
            .toList();
    private static final List<Instant> MOMENTS = List.of(
            Instant.MIN,
            Instant.MAX,
            Instant.EPOCH,
            AT,
            AT.plusNanos(1),
            Instant.parse("0000-12-31T23:59:59Z"),
            Instant.parse("9999-12-31T23:59:59.999999999Z"),
            Instant.parse("+10000-01-01T00:00:00Z"),
            Instant.parse("-4713-01-01T00:00:00Z"));
    private static final int[] NUMBERS = {Integer.MIN_VALUE, -1, 0, 1, 2, 5, 6, 200, 201, Integer.MAX_VALUE};

    private final Random random;
    private final Map<Class<?>, List<Executable>> makers = new HashMap<>();
    private final List<JsonValue> values;

    AnyValues(ConnectionSource source, Connection connection, Random random) {
        super(source, connection);
        this.random = random;
        for (Executable taker : ExportedApi.takers()) {
            Class<?> made = taker instanceof Method method ? method.getReturnType() : taker.getDeclaringClass();
            makers.computeIfAbsent(made, type -> new ArrayList<>()).add(taker);
        }
        makers.put(Command.class, factories(Command.class));
        makers.put(CustomerCommand.class, factories(CustomerCommand.class));
        values = jsonValues();
    }

    private static List<Executable> factories(Class<?> kind) {
        return ExportedApi.takers().stream()
                .filter(taker -> taker instanceof Method method
                        && kind.isAssignableFrom(method.getReturnType())
                        && Modifier.isStatic(method.getModifiers()))
                .toList();
    }

    private static List<JsonValue> jsonValues() {
        JsonValue deep = JsonValue.of(1);
        for (int depth = 0; depth < 1_000; depth++) {
            deep = JsonValue.ofArray(List.of(deep));
        }
        return List.of(
                JsonValue.parse("{}"),
                JsonValue.parse("{\"a\": [1, null, \"b\"]}"),
                JsonValue.parse("{\"id\": 1, \"version\": 2, \"role\": \"agent\"}"),
                JsonValue.parse("[]"),
                JsonValue.ofNull(),
                JsonValue.of(false),
                JsonValue.of(Long.MIN_VALUE),
                JsonValue.parse("1e400"),
                JsonValue.parse("1e-400"),
                JsonValue.parse("9".repeat(39)),
                JsonValue.of("\0"),
                JsonValue.of("\ud800"),
                JsonValue.ofObject(Map.of("\udc00", JsonValue.of("a"))),
                JsonValue.of("x".repeat(17_000)),
                JsonValue.ofObject(Map.of("a", JsonValue.of("x".repeat(300_000)))),
                deep);
    }

    /** Anything that can be handed over as this. */
    @Nullable
    Object any(Type type) {
        return any(type, 0);
    }

    Object[] anyArguments(Executable taker) {
        return anyArguments(taker, 0);
    }

    private Object[] anyArguments(Executable taker, int depth) {
        return Arrays.stream(taker.getGenericParameterTypes())
                .map(type -> any(type, depth))
                .toArray();
    }

    private @Nullable Object any(Type type, int depth) {
        Class<?> raw = raw(type);
        if (!raw.isPrimitive() && random.nextInt(20) == 0) {
            return null;
        }
        if (random.nextInt(3) == 0 && raw != Command.class && raw != CustomerCommand.class) {
            return of(type);
        }
        Object odd = odd(raw);
        if (odd != null) {
            return odd;
        }
        if (raw.isEnum()) {
            return one(raw.getEnumConstants());
        }
        if (holdsElements(raw)) {
            return anyContainer(type, raw, depth);
        }
        return made(type, raw, depth);
    }

    private @Nullable Object odd(Class<?> raw) {
        if (raw == String.class) {
            return random.nextInt(2_000) == 0 ? "x".repeat(4_194_305) : TEXTS.get(random.nextInt(TEXTS.size()));
        }
        if (raw == UUID.class) {
            return one(
                    ticket(),
                    SupportTeam.BOB,
                    SupportTeam.TOM,
                    new UUID(0, 0),
                    new UUID(random.nextLong(), 1),
                    ticket());
        }
        if (raw == int.class || raw == Integer.class) {
            return NUMBERS[random.nextInt(NUMBERS.length)];
        }
        if (raw == long.class) {
            return one(Long.MIN_VALUE, -1L, 0L, Long.MAX_VALUE);
        }
        if (raw == double.class) {
            return one(Double.NaN, Double.NEGATIVE_INFINITY, -0.0, Double.MIN_VALUE, Double.MAX_VALUE);
        }
        if (raw == Instant.class) {
            return MOMENTS.get(random.nextInt(MOMENTS.size()));
        }
        if (raw == Duration.class) {
            return one(Duration.ZERO, Duration.ofSeconds(Long.MIN_VALUE), Duration.ofSeconds(Long.MAX_VALUE));
        }
        if (raw == BigDecimal.class) {
            return one(
                    new BigDecimal("1e400"),
                    new BigDecimal("1e-2147483647"),
                    BigDecimal.valueOf(1, Integer.MIN_VALUE),
                    new BigDecimal("1".repeat(1_000)));
        }
        if (raw == LocalDate.class) {
            return one(LocalDate.MIN, LocalDate.MAX, LocalDate.of(1, 1, 1), LocalDate.of(9999, 12, 31));
        }
        if (raw == ZoneId.class) {
            return one(ZoneId.of("+18:00"), ZoneId.of("Asia/Kolkata"));
        }
        return raw == JsonValue.class && random.nextBoolean() ? values.get(random.nextInt(values.size())) : null;
    }

    private Object anyContainer(Type type, Class<?> raw, int depth) {
        int size = random.nextInt(50) == 0 ? 201 : random.nextInt(4);
        if (raw == Map.class) {
            Map<@Nullable Object, @Nullable Object> map = new HashMap<>();
            for (int i = 0; i < size; i++) {
                map.put(any(element(type, 0), depth), any(element(type, 1), depth));
            }
            return map;
        }
        List<@Nullable Object> elements = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            elements.add(any(element(type, 0), depth));
        }
        elements.removeIf(element -> element == null && raw == java.util.Optional.class);
        return container(raw, elements);
    }

    /** As the host would make it, of anything. */
    private Object made(Type type, Class<?> raw, int depth) {
        List<Executable> ways = makers.getOrDefault(raw, List.of());
        if (ways.isEmpty() || depth > 4) {
            return of(type);
        }
        Executable way = ways.get(random.nextInt(ways.size()));
        try {
            if (way instanceof Constructor<?> constructor) {
                return constructor.newInstance(anyArguments(way, depth + 1));
            }
            Method method = (Method) way;
            if (Receivers.isServed(method.getDeclaringClass())) {
                return of(type);
            }
            Object receiver = Modifier.isStatic(method.getModifiers())
                    ? null
                    : method.getDeclaringClass() == raw ? made(type, raw, depth + 1) : of(method.getDeclaringClass());
            Object made = method.invoke(receiver, anyArguments(way, depth + 1));
            return made == null ? of(type) : made;
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof InvalidInput) {
                return of(type);
            }
            throw new AssertionError("making a " + raw.getName() + " with " + way, e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private Object one(Object... values) {
        return values[random.nextInt(values.length)];
    }
}
