package io.github.counterfoil.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Compares a result with an expected one, field by field, as far as both have the field. */
final class Expectation {
    private final JsonNode expected;

    private Expectation(JsonNode expected) {
        this.expected = expected;
    }

    static Expectation read(Path file) {
        try {
            JsonNode json = new JsonMapper().readTree(file.toFile());
            if (!json.isObject()) {
                throw new BadInput(file.getFileName() + ": not a JSON object");
            }
            return new Expectation(json);
        } catch (IOException e) {
            throw new BadInput(
                    file + ": cannot be read as JSON (" + e.getClass().getSimpleName() + ")");
        }
    }

    /** One line for each field that differs; empty if none does. */
    List<String> differences(JsonNode result) {
        List<String> differences = new ArrayList<>();
        result.fieldNames().forEachRemaining(name -> {
            if (expected.has(name)) {
                compare(name, expected.get(name), result.get(name), differences);
            }
        });
        if (comparable(result) == 0) {
            differences.add("the expected result names no field of the result");
        }
        return differences;
    }

    /** How many fields both have. */
    long comparable(JsonNode result) {
        long both = 0;
        for (var names = result.fieldNames(); names.hasNext(); ) {
            both += expected.has(names.next()) ? 1 : 0;
        }
        return both;
    }

    private static void compare(String name, JsonNode wanted, JsonNode found, List<String> differences) {
        if (wanted.isObject() && found.isObject()) {
            TreeSet<String> members = new TreeSet<>();
            wanted.fieldNames().forEachRemaining(members::add);
            found.fieldNames().forEachRemaining(members::add);
            members.forEach(
                    member -> compare(name + "." + member, wanted.path(member), found.path(member), differences));
        } else if (!text(wanted).equals(text(found))) {
            differences.add(name + ": expected " + text(wanted) + ", found " + text(found));
        }
    }

    private static String text(JsonNode value) {
        return value.isMissingNode() ? "nothing" : value.toString();
    }
}
