package io.github.counterfoil.internal.json.text;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes values with the names and the forms that documents have: one rule for all of them. */
public final class JsonWriter {
    private static final ClassValue<List<Member>> MEMBERS = new ClassValue<>() {
        @Override
        protected List<Member> computeValue(Class<?> type) {
            return Stream.of(type.getRecordComponents())
                    .map(component -> new Member(documented(component.getName()), component.getAccessor()))
                    .toList();
        }
    };

    private record Member(String name, Method accessor) {}

    private JsonWriter() {}

    /** {@code createdAt} as {@code created_at}. */
    private static String documented(String name) {
        return name.replaceAll("(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }

    /** A record as an object with each component as a member. */
    public static void object(Object one, JsonSink out) throws IOException {
        out.startObject();
        members(one, Set.of(), out);
        out.endObject();
    }

    /** The members of a record, but for those of these names. */
    public static void members(Object one, Set<String> without, JsonSink out) throws IOException {
        for (Member member : MEMBERS.get(one.getClass())) {
            if (!without.contains(member.name())) {
                out.name(member.name());
                any(value(member.accessor(), one), out);
            }
        }
    }

    private static @Nullable Object value(Method accessor, Object one) {
        try {
            return accessor.invoke(one);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The constant of an enumeration as documents have it. */
    public static String constant(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** What a member is called that stands for a key. */
    public static String name(@Nullable Object key) {
        return key instanceof Enum<?> constant && JsonAccess.get().knows(key)
                ? constant(constant)
                : String.valueOf(key);
    }

    /** A moment as every document has it; one that no document can have as ISO 8601 has it. */
    public static String moment(Instant moment) {
        try {
            return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(LocalDateTime.ofInstant(moment, ZoneOffset.UTC))
                    + "+00:00";
        } catch (DateTimeException e) {
            return moment.toString();
        }
    }

    /** Anything that a value can hold. */
    public static void any(@Nullable Object value, JsonSink out) throws IOException {
        if (value == null) {
            out.nothing();
        } else if (value instanceof Collection<?> elements) {
            elements(elements, out);
        } else if (value instanceof Map<?, ?> members) {
            map(members, out);
        } else if (value instanceof Boolean so) {
            out.bool(so);
        } else if (value instanceof Number number && isFinite(number)) {
            out.number(number.toString());
        } else if (isText(value)) {
            out.string(value.toString());
        } else if (value instanceof Instant moment) {
            out.string(moment(moment));
        } else if (value instanceof ZoneId zone) {
            out.string(zone.getId());
        } else if (isOptional(value)) {
            any(held(value), out);
        } else if (!JsonAccess.get().write(value, out)) {
            out.hosts(value);
        }
    }

    /** What is not has no digits: how it is written is the host's affair. */
    private static boolean isFinite(Number number) {
        return !(number instanceof Double || number instanceof Float) || Double.isFinite(number.doubleValue());
    }

    private static boolean isText(Object value) {
        return value instanceof String
                || value instanceof UUID
                || value instanceof LocalDate
                || value instanceof Duration;
    }

    private static boolean isOptional(Object value) {
        return value instanceof Optional || value instanceof OptionalInt || value instanceof OptionalDouble;
    }

    private static @Nullable Object held(Object optional) {
        if (optional instanceof OptionalInt number) {
            return number.isPresent() ? number.getAsInt() : null;
        }
        if (optional instanceof OptionalDouble number) {
            return number.isPresent() && Double.isFinite(number.getAsDouble()) ? number.getAsDouble() : null;
        }
        return ((Optional<?>) optional).orElse(null);
    }

    private static void elements(Collection<?> elements, JsonSink out) throws IOException {
        out.startArray();
        for (Object element : elements) {
            any(element, out);
        }
        out.endArray();
    }

    private static void map(Map<?, ?> members, JsonSink out) throws IOException {
        out.startObject();
        for (Map.Entry<?, ?> member : members.entrySet()) {
            out.name(name(member.getKey()));
            any(member.getValue(), out);
        }
        out.endObject();
    }
}
