package io.github.counterfoil.internal.json;

import io.github.counterfoil.internal.json.text.JsonText;
import io.github.counterfoil.internal.json.text.JsonWriter;
import io.github.counterfoil.internal.json.text.TextSink;
import io.github.counterfoil.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object that is being written, compact: members in the order in which they are put, each name once. What is nested is
 * written into the same buffer, so that nothing is copied from object to object.
 */
public final class JsonObject {
    private static final int INITIAL_CHARACTERS = 512;

    private final StringBuilder json;
    private final int start;

    public JsonObject() {
        this(new StringBuilder(INITIAL_CHARACTERS));
    }

    private JsonObject(StringBuilder json) {
        this.json = json.append('{');
        this.start = json.length();
    }

    /** Appends an object with the members that are put into it. */
    public static void write(StringBuilder out, Consumer<JsonObject> members) {
        members.accept(new JsonObject(out));
        out.append('}');
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

    /** @param members puts the members of an object; it puts none into this one */
    public JsonObject put(String name, Consumer<JsonObject> members) {
        write(name(name), members);
        return this;
    }

    /** @param value anything that a value can hold, written as documents have it; null for JSON's {@code null} */
    public JsonObject putAny(String name, @Nullable Object value) {
        name(name);
        return written(() -> JsonWriter.any(value, new TextSink(json)));
    }

    /** As {@link #putAny(String, Object)}, and nothing if the value is null or an empty {@link Optional}. */
    public JsonObject putPresent(String name, @Nullable Object value) {
        return value == null || value.equals(Optional.empty()) ? this : putAny(name, value);
    }

    /** Puts the components of a record as members, but for those of these names. */
    public JsonObject putComponents(Object one, Set<String> without) {
        return written(() -> JsonWriter.members(one, without, new TextSink(json, !isEmpty())));
    }

    private interface Writing {
        void run() throws IOException;
    }

    private JsonObject written(Writing writing) {
        try {
            writing.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Puts all members of an object. */
    public JsonObject putAll(JsonObject other) {
        return putMembers(other.json, other.start, other.json.length());
    }

    /** Puts all members of an object. */
    public JsonObject putAll(JsonValue object) {
        return putMembers(object.text(), 1, object.text().length() - 1);
    }

    public JsonObject putStrings(String name, Collection<String> values) {
        array(values, JsonText::quote, name(name));
        return this;
    }

    /** @param members puts the members of the object that stands for a value; it puts none into this one */
    public <T> JsonObject putObjects(String name, Collection<T> values, BiConsumer<T, JsonObject> members) {
        array(values, (value, out) -> write(out, object -> members.accept(value, object)), name(name));
        return this;
    }

    /** @param elements adds the elements of the array that stands for a value; it puts nothing into this object */
    public <T> JsonObject putArrays(String name, Collection<T> values, BiConsumer<T, JsonArray> elements) {
        array(values, (value, out) -> JsonArray.write(out, one -> elements.accept(value, one)), name(name));
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
     * An object for each value as a JSON array.
     *
     * @param members puts the members of the object that stands for a value
     * @param characters about how many the text has
     */
    public static <T> String array(Collection<T> values, BiConsumer<T, JsonObject> members, int characters) {
        StringBuilder out = new StringBuilder(characters);
        array(values, (value, json) -> write(json, object -> members.accept(value, object)), out);
        return out.toString();
    }

    /** The texts as a JSON array. */
    public static String strings(Collection<String> texts) {
        StringBuilder out = new StringBuilder();
        array(texts, JsonText::quote, out);
        return out.toString();
    }

    public boolean isEmpty() {
        return json.length() == start;
    }

    public String text() {
        StringBuilder out = new StringBuilder(json.length() - start + 2);
        writeTo(out);
        return out.toString();
    }

    /** @param value JSON already */
    public JsonObject putText(String name, String value) {
        name(name).append(value);
        return this;
    }

    private JsonObject putMembers(CharSequence members, int from, int end) {
        if (from < end) {
            next().append(members, from, end);
        }
        return this;
    }

    private StringBuilder name(String name) {
        JsonText.quote(name, next());
        return json.append(':');
    }

    private StringBuilder next() {
        return json.length() > start ? json.append(',') : json;
    }

    private void writeTo(StringBuilder out) {
        out.append(json, start - 1, json.length()).append('}');
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
        return "JsonObject[" + (json.length() - start + 1) + "]";
    }
}
