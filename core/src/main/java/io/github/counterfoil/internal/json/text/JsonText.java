package io.github.counterfoil.internal.json.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.counterfoil.error.InvalidInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** JSON texts in one canonical form: compact, members sorted, numbers plain. */
public final class JsonText {
    private static final int MAX_DEPTH = 1_000;
    private static final int MAX_DIGITS = 200_000;
    private static final int MAX_EXPONENT = 400;
    // A few characters of 1e400 are hundreds when written out: many of them are not to take the heap.
    private static final long MAX_GROWTH = 4;
    private static final int FREE_GROWTH = 25_000;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(MAX_DIGITS)
                            .maxStringLength(Integer.MAX_VALUE)
                            .maxNameLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    /** For what PostgreSQL stored: it has looked for members that come twice. */
    private static final ObjectReader STORED =
            MAPPER.readerFor(JsonNode.class).without(StreamReadFeature.STRICT_DUPLICATE_DETECTION);

    private static final byte[] COMMA = {','};

    private JsonText() {}

    /** @throws InvalidInput on field {@code value} if the text is not one JSON document within the limits */
    public static String canonical(String json) {
        if (json.equals("{}")) {
            return json;
        }
        StringBuilder out = new StringBuilder(json.length());
        write(read(json), out, MAX_GROWTH * (json.length() + FREE_GROWTH));
        return out.toString();
    }

    /** @throws InvalidInput on field {@code value} if the text is nested deeper than {@link #read} goes */
    public static void requireReadableDepth(String json) {
        int depth = 0;
        boolean inString = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                inString = !inString;
            } else if (!inString && (c == '[' || c == '{')) {
                depth++;
            } else if (!inString && (c == ']' || c == '}')) {
                depth--;
            }
            if (depth > MAX_DEPTH) {
                throw new InvalidInput("value", "too_deep", (long) MAX_DEPTH);
            }
        }
    }

    /** How many characters the JSON has if each that is escaped counts as one. */
    public static int unescapedLength(String json) {
        int length = 0;
        for (int i = 0; i < json.length(); i++) {
            if (json.charAt(i) == '\\') {
                i += json.charAt(i + 1) == 'u' ? 5 : 1;
            }
            length++;
        }
        return length;
    }

    public static String quoted(String value) {
        StringBuilder out = new StringBuilder(value.length() + 2);
        quote(value, out);
        return out.toString();
    }

    public static void quote(String value, StringBuilder out) {
        out.ensureCapacity(out.length() + value.length() + 2);
        out.append('"');
        if (needsEscapes(value)) {
            JsonStringEncoder.getInstance().quoteAsString(value, out);
        } else {
            out.append(value);
        }
        out.append('"');
    }

    private static boolean needsEscapes(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                return true;
            }
        }
        return false;
    }

    public static String unquoted(String json) {
        return read(json).textValue();
    }

    public static List<String> elements(String json) {
        List<String> elements = new ArrayList<>();
        read(json).forEach(element -> elements.add(text(element)));
        return elements;
    }

    public static Map<String, String> members(String json) {
        Map<String, String> members = new LinkedHashMap<>();
        new TreeMap<>(asMap(read(json))).forEach((name, value) -> members.put(name, text(value)));
        return members;
    }

    /** Hands over what a text holds that is well-formed. */
    public static void replay(String json, JsonSink out) throws IOException {
        try (JsonParser parser = MAPPER.getFactory().createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                replay(token, parser.getText(), out);
            }
        }
    }

    private static void replay(JsonToken token, String text, JsonSink out) throws IOException {
        switch (token) {
            case START_OBJECT -> out.startObject();
            case END_OBJECT -> out.endObject();
            case START_ARRAY -> out.startArray();
            case END_ARRAY -> out.endArray();
            case FIELD_NAME -> out.name(text);
            case VALUE_STRING -> out.string(text);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> out.number(text);
            case VALUE_TRUE, VALUE_FALSE -> out.bool(token == JsonToken.VALUE_TRUE);
            default -> out.nothing();
        }
    }

    /** Reads text that PostgreSQL gave as JSON. */
    public static JsonNode read(String json) {
        return read(() -> MAPPER.readTree(json));
    }

    private interface Reading {
        JsonNode run() throws IOException;
    }

    private static JsonNode read(Reading reading) {
        try {
            JsonNode node = reading.run();
            if (node.isMissingNode()) {
                throw new InvalidInput("value", "malformed", null);
            }
            return node;
        } catch (StreamConstraintsException e) {
            throw String.valueOf(e.getOriginalMessage()).contains("nesting")
                    ? new InvalidInput("value", "too_deep", (long) MAX_DEPTH)
                    : new InvalidInput("value", "number_range", (long) MAX_DIGITS);
        } catch (NumberFormatException e) {
            // An exponent beyond int, which Jackson lets through to BigDecimal: which of them it refuses, Java's
            // releases differ in.
            throw new InvalidInput("value", "number_range", (long) MAX_EXPONENT);
        } catch (IOException e) {
            boolean duplicate = e instanceof JsonProcessingException parsing
                    && String.valueOf(parsing.getOriginalMessage()).startsWith("Duplicate field");
            throw new InvalidInput("value", duplicate ? "duplicate_key" : "malformed", null);
        }
    }

    /** Reads UTF-8 that PostgreSQL stored as JSON. */
    public static JsonNode readStored(byte[] json) {
        return read(() -> STORED.readTree(json));
    }

    /** Reads at least one text as {@link #readStored(byte[])}, several as one array; empty if one of them cannot be read. */
    public static Optional<JsonNode> readStored(List<byte[]> texts) {
        List<InputStream> array = new ArrayList<>(2 * texts.size() + 1);
        byte[] separator = {'['};
        for (byte[] text : texts) {
            array.add(new ByteArrayInputStream(separator));
            array.add(new ByteArrayInputStream(text));
            separator = COMMA;
        }
        array.add(new ByteArrayInputStream(new byte[] {']'}));
        try {
            return Optional.of(STORED.readTree(new SequenceInputStream(Collections.enumeration(array))));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    public static String text(JsonNode node) {
        StringBuilder out = new StringBuilder();
        write(node, out, Long.MAX_VALUE);
        return out.toString();
    }

    /** @param most how many characters there may be when numbers are written out */
    private static void write(JsonNode node, StringBuilder out, long most) {
        switch (node.getNodeType()) {
            case OBJECT -> writeObject(node, out, most);
            case ARRAY -> writeArray(node, out, most);
            case STRING -> quote(node.textValue(), out);
            case NUMBER -> {
                out.append(plain(node.decimalValue()));
                if (out.length() > most) {
                    throw new InvalidInput("value", "number_range", (long) MAX_EXPONENT);
                }
            }
            default -> out.append(node.asText());
        }
    }

    private static void writeObject(JsonNode node, StringBuilder out, long most) {
        String separator = "{";
        for (Map.Entry<String, JsonNode> member : new TreeMap<>(asMap(node)).entrySet()) {
            quote(member.getKey(), out.append(separator));
            write(member.getValue(), out.append(':'), most);
            separator = ",";
        }
        out.append(node.isEmpty() ? "{}" : "}");
    }

    private static void writeArray(JsonNode node, StringBuilder out, long most) {
        String separator = "[";
        for (JsonNode element : node) {
            out.append(separator);
            write(element, out, most);
            separator = ",";
        }
        out.append(node.isEmpty() ? "[]" : "]");
    }

    private static String plain(BigDecimal number) {
        // Written out, 1e999999999 is a gigabyte: the exponent is looked at before the digits are.
        if (Math.abs((long) number.scale()) > MAX_EXPONENT
                && Math.abs((long) number.precision() - number.scale()) > MAX_EXPONENT) {
            throw new InvalidInput("value", "number_range", (long) MAX_EXPONENT);
        }
        return number.signum() == 0 && number.scale() <= 0 ? "0" : number.toPlainString();
    }

    private static Map<String, JsonNode> asMap(JsonNode object) {
        Map<String, JsonNode> members = new LinkedHashMap<>();
        object.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
        return members;
    }
}
