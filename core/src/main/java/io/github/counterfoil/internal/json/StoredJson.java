package io.github.counterfoil.internal.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.internal.json.text.JsonText;
import io.github.counterfoil.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** JSON as PostgreSQL stores it: well-formed, and with no member twice. It is parsed when it is asked for. */
public final class StoredJson {
    private static final int SMALL_BYTES = 4 * 1024;
    private static final int TOGETHER_BYTES = 256 * 1024;

    private final byte[] text;
    private @Nullable JsonNode node;

    private StoredJson(byte[] text) {
        this.text = text;
    }

    /** @param text in UTF-8; it is kept, not copied */
    public static StoredJson of(byte[] text) {
        return new StoredJson(text);
    }

    public static StoredJson of(String json) {
        return of(json.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Parses what is small of several objects in one go: to set a parser up costs more than that. What cannot be read says so
     * when it is asked for; what is large is parsed only then, so that no page is in the heap twice.
     */
    public static void parse(List<StoredJson> objects) {
        List<StoredJson> together = new ArrayList<>();
        int bytes = 0;
        for (StoredJson object : objects) {
            if (object.text.length <= SMALL_BYTES && bytes <= TOGETHER_BYTES) {
                together.add(object);
                bytes += object.text.length;
            }
        }
        if (together.isEmpty()) {
            return;
        }
        JsonText.readStored(together.stream().map(object -> object.text).toList())
                .ifPresent(nodes -> {
                    for (int i = 0; i < nodes.size(); i++) {
                        together.get(i).node = nodes.get(i);
                    }
                });
    }

    /** @throws InvalidInput on field {@code value} if it is no object, or is beyond the limits of what can be read */
    public JsonMembers members() {
        if (node() instanceof ObjectNode object) {
            return JsonMembers.of(object);
        }
        throw new InvalidInput("value", "not_an_object", null);
    }

    /** @throws InvalidInput on field {@code value} if it is beyond the limits of what can be read */
    public JsonValue value() {
        return JsonValue.parse(new String(text, StandardCharsets.UTF_8));
    }

    /** @throws InvalidInput on field {@code value} if it is no object, or is beyond the limits of what can be read */
    public JsonValue object() {
        JsonValue value = value();
        if (value.kind() != JsonValue.Kind.OBJECT) {
            throw new InvalidInput("value", "not_an_object", null);
        }
        return value;
    }

    /** Whether these bytes, which begin with a quote, stand anywhere in it: without parsing it. */
    public boolean mentions(byte[] quoted) {
        for (int at = 0; at <= text.length - quoted.length; at++) {
            if (text[at] == '"' && Arrays.equals(text, at, at + quoted.length, quoted, 0, quoted.length)) {
                return true;
            }
        }
        return false;
    }

    private JsonNode node() {
        return node == null ? JsonText.readStored(text) : node;
    }

    @Override
    public String toString() {
        return "StoredJson[" + text.length + " bytes]";
    }
}
