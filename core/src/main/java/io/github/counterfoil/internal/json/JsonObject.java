package io.github.counterfoil.internal.json;

import io.github.counterfoil.internal.json.text.JsonText;
import io.github.counterfoil.json.JsonValue;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A JSON object that is being written: members in the order in which they were put, one that is put again replaced. */
public final class JsonObject {
    private final Map<String, String> members = new LinkedHashMap<>();

    /** @param value null for JSON's {@code null} */
    public JsonObject put(String name, @Nullable String value) {
        return putText(name, value == null ? "null" : JsonText.quoted(value));
    }

    public JsonObject put(String name, long value) {
        return putText(name, Long.toString(value));
    }

    public JsonObject put(String name, JsonValue value) {
        return putText(name, value.text());
    }

    public JsonObject put(String name, JsonObject value) {
        return putText(name, value.text());
    }

    public JsonObject putStrings(String name, Collection<String> values) {
        return putText(name, values.stream().map(JsonText::quoted).collect(Collectors.joining(",", "[", "]")));
    }

    public JsonObject putObjects(String name, Collection<JsonObject> values) {
        return putText(name, array(values));
    }

    public JsonObject putValues(String name, Collection<JsonValue> values) {
        return putText(name, values.stream().map(JsonValue::text).collect(Collectors.joining(",", "[", "]")));
    }

    /** The objects as a JSON array. */
    public static String array(Collection<JsonObject> objects) {
        return objects.stream().map(JsonObject::text).collect(Collectors.joining(",", "[", "]"));
    }

    /** Compact JSON. */
    public String text() {
        return members.entrySet().stream()
                .map(member -> JsonText.quoted(member.getKey()) + ":" + member.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    JsonObject putText(String name, String json) {
        members.put(name, json);
        return this;
    }

    @Override
    public String toString() {
        return "JsonObject" + members.keySet();
    }
}
