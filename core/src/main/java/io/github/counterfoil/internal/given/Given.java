package io.github.counterfoil.internal.given;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.InvalidInput.Fault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Refuses nulls with {@link InvalidInput}, where they are given and not where somebody stumbles over them. */
public final class Given {

    private Given() {}

    public static <T> T value(String field, @Nullable T value) {
        if (value == null) {
            throw new InvalidInput(field, "required", null);
        }
        return value;
    }

    /** The number of an event, or 0. */
    public static int version(int version) {
        if (version < 0) {
            throw new InvalidInput("version", "out_of_range", 0L);
        }
        return version;
    }

    /** As {@link #value(String, Object)}; if it is missing, another of the same call that is missing too is reported with it. */
    public static <T> T value(String field, @Nullable T value, String otherField, @Nullable Object other) {
        if (value == null) {
            throw new InvalidInput(missing(field, null, otherField, other));
        }
        return value;
    }

    /** Two of one call, reported together. */
    public static void both(String field, @Nullable Object value, String otherField, @Nullable Object other) {
        List<Fault> missing = missing(field, value, otherField, other);
        if (!missing.isEmpty()) {
            throw new InvalidInput(missing);
        }
    }

    /** Three of one call, reported together. */
    public static void all(
            String field,
            @Nullable Object value,
            String otherField,
            @Nullable Object other,
            String thirdField,
            @Nullable Object third) {
        List<Fault> missing = missing(field, value, otherField, other);
        if (third == null) {
            missing.add(new Fault(thirdField, "required", null));
        }
        if (!missing.isEmpty()) {
            throw new InvalidInput(missing);
        }
    }

    private static List<Fault> missing(
            String field, @Nullable Object value, String otherField, @Nullable Object other) {
        List<Fault> missing = new ArrayList<>();
        if (value == null) {
            missing.add(new Fault(field, "required", null));
        }
        if (other == null) {
            missing.add(new Fault(otherField, "required", null));
        }
        return missing;
    }

    /** A copy in which each element is there; those that are not are reported together. */
    public static <T> List<T> list(String field, @Nullable Collection<? extends T> elements) {
        List<T> copy = held(field, elements);
        List<Fault> missing = List.of();
        for (int place = 0; place < copy.size(); place++) {
            if (copy.get(place) == null) {
                missing = new ArrayList<>(missing);
                missing.add(new Fault(field + "[" + place + "]", "required", null));
            }
        }
        if (!missing.isEmpty()) {
            throw new InvalidInput(missing);
        }
        return copy;
    }

    /** A copy that holds what is missing: a fault to be reported with those of the other values. */
    public static <T> List<T> held(String field, @Nullable Collection<? extends T> elements) {
        Collection<? extends T> given = value(field, elements);
        return given.isEmpty() ? List.of() : Collections.unmodifiableList(new ArrayList<>(given));
    }

    /** As {@link #held(String, Collection)}. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public static <T> List<T> held(String field, T @Nullable ... elements) {
        return held(field, Arrays.asList(value(field, elements)));
    }

    /** A copy sorted by name, in which each name and value is there; those that are not are reported together. */
    public static <T> Map<String, T> members(String field, @Nullable Map<String, ? extends T> members) {
        Map<String, ? extends T> given = value(field, members);
        if (given.isEmpty()) {
            return Map.of();
        }
        // By place: a name may be anything that somebody typed.
        list(
                field,
                given.entrySet().stream()
                        .map(member -> member.getKey() == null ? null : member.getValue())
                        .toList());
        return Collections.unmodifiableMap(new TreeMap<>(given));
    }

    /** A copy that cannot be changed, in the order of the given; mostly there is nothing to copy. */
    public static Set<String> set(String field, Set<String> given) {
        return given != null && given.isEmpty()
                ? Set.of()
                : Collections.unmodifiableSet(new LinkedHashSet<>(list(field, given)));
    }
}
