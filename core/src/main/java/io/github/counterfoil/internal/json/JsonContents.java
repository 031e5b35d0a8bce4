package io.github.counterfoil.internal.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.counterfoil.internal.json.text.JsonText;
import io.github.counterfoil.json.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** What a JSON value holds, however deep: parsed once, looked through once. */
public final class JsonContents {
    private final List<String> texts = new ArrayList<>();
    private final List<BigDecimal> numbers = new ArrayList<>();
    private int depth;

    private JsonContents() {}

    public static JsonContents of(JsonValue value) {
        JsonContents contents = new JsonContents();
        contents.add(JsonText.read(value.text()), 1);
        return contents;
    }

    private void add(JsonNode node, int level) {
        depth = Math.max(depth, level);
        if (node.isTextual()) {
            texts.add(node.textValue());
        } else if (node.isNumber()) {
            numbers.add(node.decimalValue());
        }
        node.properties().forEach(member -> texts.add(member.getKey()));
        node.forEach(child -> add(child, level + 1));
    }

    /** All strings, and the names of all members. */
    public List<String> texts() {
        return texts;
    }

    public List<BigDecimal> numbers() {
        return numbers;
    }

    /** 1 for a value in which there is no other. */
    public int depth() {
        return depth;
    }

    @Override
    public String toString() {
        return "JsonContents[" + texts.size() + " texts, " + numbers.size() + " numbers]";
    }
}
