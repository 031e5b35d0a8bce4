package io.github.counterfoil.internal.schema;

import java.util.List;
import java.util.stream.Collectors;

/** An array in the text of a file. */
final class ArrayLiteral {

    private ArrayLiteral() {}

    /** @param elements of the manifest's, without quotes in them */
    static String of(List<String> elements, String type) {
        return elements.stream()
                .map(element -> "'" + element + "'")
                .collect(Collectors.joining(",\n    ", "array[", "]::" + type + "[]"));
    }
}
