package io.github.counterfoil.internal.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.internal.json.text.JsonText;
import io.github.counterfoil.internal.json.text.JsonWriter;
import io.github.counterfoil.json.JsonValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object that is being read, member by member: parsed once, each member read as what the caller needs. A member that
 * is missing, {@code null} or of another type than asked for is an {@link UnfitMember}, except where a method says otherwise.
 */
public final class JsonMembers {
    // UUID.fromString takes shortened groups.
    private static final Pattern UUID_TEXT = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    private final ObjectNode object;

    private JsonMembers(ObjectNode object) {
        this.object = object;
    }

    /** @throws InvalidInput on field {@code value} if the text is not one JSON object within the limits */
    public static JsonMembers read(String json) {
        if (JsonText.read(json) instanceof ObjectNode object) {
            return new JsonMembers(object);
        }
        throw new InvalidInput("value", "not_an_object", null);
    }

    static JsonMembers of(ObjectNode object) {
        return new JsonMembers(object);
    }

    /** Whether the member is there, be it {@code null}. */
    public boolean has(String name) {
        return object.has(name);
    }

    /** Whether the member is there and is not {@code null}. */
    public boolean hasValue(String name) {
        return object.hasNonNull(name);
    }

    /** Refuses members of all but these names, as {@code unexpected}. */
    public void requireOnly(Set<String> names) throws UnfitMember {
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            if (!names.contains(member.getKey())) {
                throw new UnfitMember(member.getKey(), "unexpected");
            }
        }
    }

    public String text(String name) throws UnfitMember {
        JsonNode value = required(name);
        if (!value.isTextual()) {
            throw new UnfitMember(name, "not_a_string");
        }
        return value.textValue();
    }

    /** Null if the member is missing or {@code null}. */
    public @Nullable String optionalText(String name) throws UnfitMember {
        return hasValue(name) ? text(name) : null;
    }

    /** A UUID in its usual form. */
    public UUID id(String name) throws UnfitMember {
        String text = text(name);
        if (!isId(text)) {
            throw new UnfitMember(name, "malformed");
        }
        return UUID.fromString(text);
    }

    /** Whether it is a UUID in its usual form. */
    static boolean isId(String text) {
        return UUID_TEXT.matcher(text).matches();
    }

    /** Null if the member is {@code null}; else as {@link #momentText} writes it, to the microsecond. */
    public @Nullable Instant momentOrNull(String name) throws UnfitMember {
        if (!has(name)) {
            throw new UnfitMember(name, "required");
        }
        String text = optionalText(name);
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS);
        } catch (DateTimeException e) {
            throw new UnfitMember(name, "malformed");
        }
    }

    /** A moment as every document has it. */
    public static String momentText(Instant moment) {
        return JsonWriter.moment(moment);
    }

    /** An integral number that fits an {@code int}. */
    public int number(String name) throws UnfitMember {
        JsonNode value = required(name);
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw new UnfitMember(name, "not_a_number");
        }
        return value.intValue();
    }

    /** An integral number that fits a {@code long}. */
    public long largeNumber(String name) throws UnfitMember {
        JsonNode value = required(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new UnfitMember(name, "not_a_number");
        }
        return value.longValue();
    }

    /** @param constants the constant of a name, empty if none has it */
    public <E> E constant(String name, Function<String, Optional<E>> constants) throws UnfitMember {
        return constants.apply(text(name)).orElseThrow(() -> new UnfitMember(name, "unknown"));
    }

    /** Any value, {@code null} too. */
    public JsonValue value(String name) throws UnfitMember {
        JsonNode value = object.get(name);
        if (value == null) {
            throw new UnfitMember(name, "required");
        }
        return value(value);
    }

    /** An array's elements. */
    public List<JsonValue> values(String name) throws UnfitMember {
        List<JsonValue> values = new ArrayList<>();
        for (JsonNode element : elements(name)) {
            values.add(value(element));
        }
        return values;
    }

    /** The elements of an array of strings. */
    public List<String> texts(String name) throws UnfitMember {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : elements(name)) {
            if (!element.isTextual()) {
                throw new UnfitMember(name, "not_a_string");
            }
            texts.add(element.textValue());
        }
        return texts;
    }

    /** An array's elements; empty in the place of each that is not an object. */
    public List<Optional<JsonMembers>> objects(String name) throws UnfitMember {
        List<Optional<JsonMembers>> objects = new ArrayList<>();
        for (JsonNode element : elements(name)) {
            objects.add(element instanceof ObjectNode one ? Optional.of(new JsonMembers(one)) : Optional.empty());
        }
        return objects;
    }

    public JsonMembers object(String name) throws UnfitMember {
        if (required(name) instanceof ObjectNode one) {
            return new JsonMembers(one);
        }
        throw new UnfitMember(name, "not_an_object");
    }

    /** All members, in their order. */
    public Map<String, JsonValue> values() {
        return object.properties().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, member -> value(member.getValue()), (a, b) -> b, LinkedHashMap::new));
    }

    /** The object again, but for members of these names. */
    public JsonObject without(Set<String> names) {
        JsonObject rest = new JsonObject();
        object.properties().forEach(member -> {
            if (!names.contains(member.getKey())) {
                rest.putText(member.getKey(), JsonText.text(member.getValue()));
            }
        });
        return rest;
    }

    private JsonNode required(String name) throws UnfitMember {
        JsonNode value = object.get(name);
        if (value == null || value.isNull()) {
            throw new UnfitMember(name, "required");
        }
        return value;
    }

    private Iterable<JsonNode> elements(String name) throws UnfitMember {
        JsonNode array = required(name);
        if (!array.isArray()) {
            throw new UnfitMember(name, "not_an_array");
        }
        return array;
    }

    private static JsonValue value(JsonNode node) {
        return JsonValue.parse(JsonText.text(node));
    }

    @Override
    public String toString() {
        return "JsonMembers[" + object.size() + "]";
    }
}
