package io.github.counterfoil.internal.validation;

import io.github.counterfoil.internal.json.JsonContents;
import io.github.counterfoil.internal.json.text.JsonText;
import io.github.counterfoil.json.JsonValue;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which JSON values Counterfoil takes. Each rule returns the first problem, or null. */
public final class ValueRules {
    public static final long MAX_VALUE_BYTES = 16L * 1024;
    public static final long MAX_BODY_BYTES = 256L * 1024;
    /** Of all custom fields of a ticket, as PostgreSQL writes them. */
    public static final long MAX_FIELDS_BYTES = 256L * 1024;

    private static final int MAX_DEPTH = 16;
    private static final int MAX_DIGITS = 38;
    private static final int MAX_EXPONENT = 308;
    /** Of PostgreSQL's numbers, before the point and behind it. */
    private static final int MAX_STORED_DIGITS = 131_072;

    private static final int MAX_STORED_SCALE = 16_383;

    private ValueRules() {}

    /** A value of at most so many bytes, of which PostgreSQL gives back what it got. */
    public static @Nullable Problem value(@Nullable JsonValue value, long maxBytes) {
        if (value == null) {
            return Problem.of("required");
        }
        if (TextRules.utf8Length(value.text()) > maxBytes) {
            return Problem.of("too_large", maxBytes);
        }
        return contents(JsonContents.of(value));
    }

    /** What PostgreSQL can store, however it looks: the rule for values that came into being elsewhere. */
    public static @Nullable Problem storable(JsonValue value) {
        if (TextRules.utf8Length(value.text()) > TextRules.MAX_CONTENT_BYTES) {
            return Problem.of("too_large", TextRules.MAX_CONTENT_BYTES);
        }
        return holdable(value);
    }

    /** What {@code jsonb} can hold, as far as its parts go. */
    public static @Nullable Problem holdable(JsonValue value) {
        JsonContents contents = JsonContents.of(value);
        return first(contents, number -> {
            long magnitude = (long) number.precision() - number.scale();
            return magnitude > MAX_STORED_DIGITS || number.scale() > MAX_STORED_SCALE
                    ? Problem.of("number_range", MAX_STORED_DIGITS)
                    : null;
        });
    }

    /** As {@link #value}, and an object. */
    public static @Nullable Problem object(@Nullable JsonValue value, long maxBytes) {
        Problem problem = value(value, maxBytes);
        return problem == null && value != null && value.kind() != JsonValue.Kind.OBJECT
                ? Problem.of("not_an_object")
                : problem;
    }

    /**
     * All custom fields of a ticket. PostgreSQL writes a blank after each colon and comma, and counts those too.
     */
    public static @Nullable Problem fields(Map<String, JsonValue> fields) {
        // Not as one value: what is too deep is a fault of its own, and no value goes around it.
        String text = fields.entrySet().stream()
                .map(field ->
                        JsonText.quoted(field.getKey()) + ":" + field.getValue().text())
                .collect(Collectors.joining(",", "{", "}"));
        return TextRules.utf8Length(text) + separators(text) > MAX_FIELDS_BYTES
                ? Problem.of("too_large", MAX_FIELDS_BYTES)
                : null;
    }

    private static long separators(String json) {
        long separators = 0;
        boolean inString = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                inString = !inString;
            } else if (!inString && (c == ',' || c == ':')) {
                separators++;
            }
        }
        return separators;
    }

    private static @Nullable Problem contents(JsonContents contents) {
        if (contents.depth() > MAX_DEPTH) {
            return Problem.of("too_deep", MAX_DEPTH);
        }
        return first(contents, ValueRules::number);
    }

    private static @Nullable Problem first(JsonContents contents, Function<BigDecimal, @Nullable Problem> number) {
        return Stream.concat(
                        contents.texts().stream().map(TextRules::unstorable),
                        contents.numbers().stream().map(number))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Problem number(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        long magnitude = (long) stripped.precision() - stripped.scale();
        if (stripped.precision() > MAX_DIGITS) {
            return Problem.of("too_many_digits", MAX_DIGITS);
        }
        return Math.abs(magnitude) > MAX_EXPONENT ? Problem.of("number_range", MAX_EXPONENT) : null;
    }
}
