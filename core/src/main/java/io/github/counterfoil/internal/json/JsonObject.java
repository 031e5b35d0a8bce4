package io.github.counterfoil.internal.json;

import io.github.counterfoil.internal.json.text.JsonText;
import io.github.counterfoil.json.JsonValue;
import java.util.Collection;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A JSON object that is being written, compact: members in the order in which they are put, each name once. */
public final class JsonObject {
    private static final int INITIAL_CHARACTERS = 512;

    private final StringBuilder json;
    private boolean empty = true;

    public JsonObject() {
        this(new StringBuilder(INITIAL_CHARACTERS));
    }

    private JsonObject(StringBuilder json) {
        this.json = json.append('{');
    }

    /** @param value null for JSON's {@code null} */
    public JsonObject put(String name, @Nullable String value) {
        name(name);
        if (value == null) {
            json.append("null");
        } else {
            JsonText.quote(value, json);
        }
        return this;
    }

    public JsonObject put(String name, long value) {
        name(name).append(value);
        return this;
    }

    public JsonObject put(String name, JsonValue value) {
        return putText(name, value.text());
    }

    public JsonObject put(String name, JsonObject value) {
        value.writeTo(name(name));
        return this;
    }

    /** An object within this one, which the members write. */
    public JsonObject putObject(String name, Consumer<JsonObject> members) {
        members.accept(new JsonObject(name(name)));
        json.append('}');
        return this;
    }

    public JsonObject putStrings(String name, Collection<String> values) {
        array(values, JsonText::quote, name(name));
        return this;
    }

    public JsonObject putObjects(String name, Collection<JsonObject> values) {
        array(values, JsonObject::writeTo, name(name));
        return this;
    }

    public JsonObject putValues(String name, Collection<JsonValue> values) {
        array(values, (value, out) -> out.append(value.text()), name(name));
        return this;
    }

    /** The objects as a JSON array. */
    public static String array(Collection<JsonObject> objects) {
        StringBuilder out = new StringBuilder();
        array(objects, JsonObject::writeTo, out);
        return out.toString();
    }

    /**
     * An object for each element as a JSON array.
     *
     * @param members writes those of one
     * @param characters about how many the text has
     */
    public static <T> String array(Collection<T> elements, BiConsumer<T, JsonObject> members, int characters) {
        StringBuilder out = new StringBuilder(characters);
        array(
                elements,
                (element, json) -> {
                    members.accept(element, new JsonObject(json));
                    json.append('}');
                },
                out);
        return out.toString();
    }

    /** The texts as a JSON array. */
    public static String strings(Collection<String> texts) {
        StringBuilder out = new StringBuilder();
        array(texts, JsonText::quote, out);
        return out.toString();
    }

    public String text() {
        String text = json.append('}').toString();
        json.setLength(json.length() - 1);
        return text;
    }

    /** @param value JSON already */
    public JsonObject putText(String name, String value) {
        name(name).append(value);
        return this;
    }

    private StringBuilder name(String name) {
        if (!empty) {
            json.append(',');
        }
        empty = false;
        JsonText.quote(name, json);
        return json.append(':');
    }

    private void writeTo(StringBuilder out) {
        out.append(json).append('}');
    }

    private static <T> void array(Collection<T> elements, BiConsumer<T, StringBuilder> element, StringBuilder out) {
        char separator = '[';
        for (T one : elements) {
            element.accept(one, out.append(separator));
            separator = ',';
        }
        out.append(elements.isEmpty() ? "[]" : "]");
    }

    /** Tells nothing of what people typed. */
    @Override
    public String toString() {
        return "JsonObject[" + json.length() + "]";
    }
}
