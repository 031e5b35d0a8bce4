package io.github.counterfoil.internal.document;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.counterfoil.imports.Imports.Report.Fault;
import io.github.counterfoil.internal.validation.Problem;
import io.github.counterfoil.internal.validation.TextRules;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads members of one document and collects what is wrong with them. A wrong member reads as a stand-in. */
final class DocumentFields {
    static final UUID NIL = new UUID(0, 0);

    private static final Pattern HOURS_ONLY = Pattern.compile("(?<=T.{5,20})([+-]\\d\\d)$");
    private static final Pattern WHOLE_UUID = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    private final long item;
    private final UUID id;
    private final List<Fault> faults = new ArrayList<>();

    DocumentFields(long item, JsonNode document) {
        this.item = item;
        this.id = uuidOrNil(document.get("id"));
        if (id.equals(NIL)) {
            add(0, "id", document.has("id") ? "malformed" : "required");
        }
    }

    /** The document's id; the nil UUID if it has none that can be read. */
    UUID id() {
        return id;
    }

    List<Fault> faults() {
        return faults;
    }

    void add(int seq, String field, String code) {
        faults.add(new Fault(item, id, seq, field, code));
    }

    void addProblem(String field, @Nullable Problem problem) {
        if (problem != null) {
            add(0, field, problem.code());
        }
    }

    String text(int seq, JsonNode object, String name) {
        JsonNode value = object.get(name);
        if (value == null || value.isNull()) {
            add(seq, name, "required");
            return "";
        }
        if (!value.isTextual()) {
            add(seq, name, "not_a_string");
            return "";
        }
        addProblem(name, TextRules.storable(value.textValue()));
        return value.textValue();
    }

    @Nullable
    String optionalText(int seq, JsonNode object, String name) {
        JsonNode value = object.get(name);
        return value == null || value.isNull() ? null : text(seq, object, name);
    }

    UUID uuid(int seq, JsonNode object, String name) {
        UUID value = uuidOrNil(object.get(name));
        if (value.equals(NIL)) {
            add(seq, name, object.hasNonNull(name) ? "malformed" : "required");
        }
        return value;
    }

    Instant instant(int seq, JsonNode object, String name) {
        String text = text(seq, object, name);
        try {
            // PostgreSQL's own output has a blank where ISO 8601 has a T, and may have an offset of hours only.
            String iso = HOURS_ONLY.matcher(text.replace(' ', 'T')).replaceFirst("$1:00");
            return OffsetDateTime.parse(iso).toInstant().truncatedTo(ChronoUnit.MICROS);
        } catch (DateTimeException e) {
            if (!text.isEmpty()) {
                add(seq, name, "malformed");
            }
            return Instant.EPOCH;
        }
    }

    <E> E constant(int seq, JsonNode object, String name, Function<String, Optional<E>> constants, E standIn) {
        String text = text(seq, object, name);
        Optional<E> constant = constants.apply(text);
        if (constant.isEmpty() && !text.isEmpty()) {
            add(seq, name, "unknown");
        }
        return constant.orElse(standIn);
    }

    /** The elements of an array member; none if it is missing or null. */
    <T> List<T> elements(JsonNode object, String name, Function<JsonNode, T> reader) {
        JsonNode array = object.path(name);
        if (!array.isArray() && !array.isMissingNode() && !array.isNull()) {
            add(0, name, "not_an_array");
        }
        List<T> elements = new ArrayList<>();
        if (array.isArray()) {
            array.forEach(element -> elements.add(reader.apply(element)));
        }
        return elements;
    }

    List<String> texts(JsonNode object, String name) {
        return elements(object, name, element -> {
            if (!element.isTextual()) {
                add(0, name, "not_a_string");
            }
            return element.asText();
        });
    }

    private static UUID uuidOrNil(@Nullable JsonNode value) {
        String text = value == null ? "" : value.asText();
        // UUID.fromString takes shortened groups.
        return WHOLE_UUID.matcher(text).matches() ? UUID.fromString(text) : NIL;
    }
}
