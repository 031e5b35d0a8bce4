package io.github.counterfoil.json;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.internal.given.Given;
import io.github.counterfoil.internal.json.text.JsonAccess;
import io.github.counterfoil.internal.json.text.JsonText;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An immutable JSON value.
 *
 * <p>Two are equal whose text PostgreSQL prints alike for {@code jsonb}: the order of members and white space do not count,
 * {@code 1e2} equals {@code 100} and differs from {@code 100.0}, {@code -0} is {@code 0}. PostgreSQL's own {@code =} counts
 * {@code 100} and {@code 100.0} as one too, and so does a command that would change the one into the other: it changes nothing. {@link #toString()} tells the kind only, so that
 * no content reaches a log by accident; {@link #text()} is the JSON.
 */
public final class JsonValue implements AsJson {
    static {
        JsonAccess.leave(new Values());
    }

    /** The six kinds of JSON value. */
    public enum Kind implements AsJson {
        NULL,
        BOOLEAN,
        NUMBER,
        STRING,
        ARRAY,
        OBJECT
    }

    private final String text;

    private JsonValue(String text) {
        this.text = text;
    }

    /**
     * Reads one JSON document.
     *
     * @throws InvalidInput if it is not exactly one well-formed document ({@code malformed}), holds a member twice
     *     ({@code duplicate_key}), is nested more than 1,000 deep ({@code too_deep}) or holds a number whose exponent lies
     *     beyond ±400 ({@code number_range}), or so many with exponents that written out they are over 4 times as long
     *     as the text and 100,000 characters more ({@code number_range})
     */
    public static JsonValue parse(String json) {
        return new JsonValue(JsonText.canonical(Given.value("value", json)));
    }

    public static JsonValue of(String value) {
        return new JsonValue(JsonText.quoted(Given.value("value", value)));
    }

    public static JsonValue of(long value) {
        return new JsonValue(Long.toString(value));
    }

    /** @throws InvalidInput if the exponent lies beyond ±400 ({@code number_range}) */
    public static JsonValue of(BigDecimal value) {
        return parse(Given.value("value", value).toString());
    }

    /** @throws InvalidInput for NaN and the infinities ({@code not_finite}): JSON has no such numbers */
    public static JsonValue of(double value) {
        if (!Double.isFinite(value)) {
            throw new InvalidInput("value", "not_finite", null);
        }
        return parse(Double.toString(value));
    }

    public static JsonValue of(boolean value) {
        return new JsonValue(Boolean.toString(value));
    }

    /** JSON's {@code null}: a value that a field can hold, unlike no value. */
    public static JsonValue ofNull() {
        return new JsonValue("null");
    }

    /** @throws InvalidInput if it would be nested more than 1,000 deep ({@code too_deep}) */
    public static JsonValue ofArray(List<JsonValue> elements) {
        return nested(
                Given.list("value", elements).stream().map(JsonValue::text).collect(Collectors.joining(",", "[", "]")));
    }

    /** @throws InvalidInput if it would be nested more than 1,000 deep ({@code too_deep}) */
    public static JsonValue ofObject(Map<String, JsonValue> members) {
        return nested(Given.members("value", members).entrySet().stream()
                .map(member -> JsonText.quoted(member.getKey()) + ":"
                        + member.getValue().text())
                .collect(Collectors.joining(",", "{", "}")));
    }

    /** What is put together is no deeper than what can be read, so that every value that there is can be. */
    private static JsonValue nested(String text) {
        JsonText.requireReadableDepth(text);
        return new JsonValue(text);
    }

    public Kind kind() {
        return switch (text.charAt(0)) {
            case 'n' -> Kind.NULL;
            case 't', 'f' -> Kind.BOOLEAN;
            case '"' -> Kind.STRING;
            case '[' -> Kind.ARRAY;
            case '{' -> Kind.OBJECT;
            default -> Kind.NUMBER;
        };
    }

    /** @throws IllegalStateException if this is not a string */
    public String string() {
        require(Kind.STRING);
        return JsonText.unquoted(text);
    }

    /** @throws IllegalStateException if this is not a number */
    public BigDecimal number() {
        require(Kind.NUMBER);
        return new BigDecimal(text);
    }

    /** @throws IllegalStateException if this is not a boolean */
    public boolean bool() {
        require(Kind.BOOLEAN);
        return text.equals("true");
    }

    /** @throws IllegalStateException if this is not an array */
    public List<JsonValue> elements() {
        require(Kind.ARRAY);
        return JsonText.elements(text).stream().map(JsonValue::new).toList();
    }

    /**
     * The members, sorted by name; nobody can change them.
     *
     * @throws IllegalStateException if this is not an object
     */
    public Map<String, JsonValue> members() {
        require(Kind.OBJECT);
        if (text.equals("{}")) {
            return Map.of();
        }
        Map<String, JsonValue> members = new LinkedHashMap<>();
        JsonText.members(text).forEach((name, value) -> members.put(name, new JsonValue(value)));
        return Collections.unmodifiableMap(members);
    }

    /** This value as compact JSON with sorted members: equal values have equal texts. */
    public String text() {
        return text;
    }

    /** This. */
    @Override
    public JsonValue json() {
        return this;
    }

    private void require(Kind kind) {
        if (kind() != kind) {
            throw new IllegalStateException("a JSON " + kind() + " was read as a " + kind);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonValue that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return "JsonValue[" + kind() + "]";
    }
}
