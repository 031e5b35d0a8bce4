package io.github.counterfoil.internal.json;

import io.github.counterfoil.internal.json.text.JsonText;
import java.util.function.Consumer;

/** A JSON array of elements of several kinds that is being written, compact, into a buffer. */
public final class JsonArray {
    private final StringBuilder json;
    private final int start;

    private JsonArray(StringBuilder json) {
        this.json = json.append('[');
        this.start = json.length();
    }

    /** Appends an array with the elements that are added to it. */
    static void write(StringBuilder out, Consumer<JsonArray> elements) {
        elements.accept(new JsonArray(out));
        out.append(']');
    }

    public JsonArray add(String value) {
        JsonText.quote(value, next());
        return this;
    }

    public JsonArray add(long value) {
        next().append(value);
        return this;
    }

    public JsonArray addNull() {
        next().append("null");
        return this;
    }

    /** @param members puts the members of an object; it adds nothing to this array */
    public JsonArray add(Consumer<JsonObject> members) {
        JsonObject.write(next(), members);
        return this;
    }

    private StringBuilder next() {
        return json.length() > start ? json.append(',') : json;
    }

    /** Tells nothing of what people typed. */
    @Override
    public String toString() {
        return "JsonArray[" + (json.length() - start + 1) + "]";
    }
}
