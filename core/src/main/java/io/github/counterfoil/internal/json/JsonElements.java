package io.github.counterfoil.internal.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.counterfoil.internal.json.text.JsonText;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** A JSON array that is being read, one element after another; each must be what the caller reads it as. */
public final class JsonElements {
    private final Iterator<JsonNode> elements;

    private JsonElements(Iterator<JsonNode> elements) {
        this.elements = elements;
    }

    /** Parses text that PostgreSQL gave as JSON. */
    public static JsonElements read(String json) {
        return new JsonElements(JsonText.read(json).elements());
    }

    public boolean hasNext() {
        return elements.hasNext();
    }

    /** An array in the array. */
    public JsonElements elements() {
        return new JsonElements(elements.next().elements());
    }

    public String text() {
        return elements.next().textValue();
    }

    /** Null for JSON's {@code null}. */
    public @Nullable String optionalText() {
        return elements.next().textValue();
    }

    public int number() {
        return elements.next().intValue();
    }

    /** Null for JSON's {@code null}. */
    public @Nullable Integer optionalNumber() {
        JsonNode element = elements.next();
        return element.isNull() ? null : element.intValue();
    }

    /** Null for JSON's {@code null}. */
    public @Nullable Long optionalLongNumber() {
        JsonNode element = elements.next();
        return element.isNull() ? null : element.longValue();
    }

    public boolean flag() {
        return elements.next().booleanValue();
    }
}
