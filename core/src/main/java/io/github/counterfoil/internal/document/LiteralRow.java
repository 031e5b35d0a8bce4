package io.github.counterfoil.internal.document;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.imports.Imports.Report.Fault;
import io.github.counterfoil.internal.validation.ValueRules;
import io.github.counterfoil.json.JsonValue;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** A row of a literal table: its values as JSON, and which of them cannot be read. */
final class LiteralRow {
    /** Of all values that are kept aside: numbers of one digit take six times as much in {@code jsonb}, which holds 256 MiB. */
    private static final long MAX_KEPT_CHARS = 32L * 1024 * 1024;

    private final Optional<UUID> id;
    private final Map<String, JsonValue> values = new TreeMap<>();
    private final Map<String, String> problems = new TreeMap<>();

    /**
     * @param id empty if it has none, or one that is no UUID
     * @param read by column as {@code literal_value} gives it, without what is null
     */
    LiteralRow(Optional<UUID> id, Map<String, String> read) {
        this.id = id;
        read.forEach(this::read);
    }

    private void read(String column, String text) {
        switch (text) {
            case "" -> problems.put(column, "too_large");
            case "!" -> problems.put(column, "unreadable");
            default -> {
                try {
                    JsonValue value = JsonValue.parse(text);
                    // A row is one level more.
                    JsonValue.ofArray(List.of(value));
                    values.put(column, value);
                } catch (InvalidInput e) {
                    problems.put(column, e.faults().get(0).code());
                }
            }
        }
    }

    Optional<UUID> id() {
        return id;
    }

    /** What of it cannot be read, each once. */
    List<Fault> faults(long place) {
        UUID known = id.orElse(DocumentFields.NIL);
        return problems.entrySet().stream()
                .map(problem -> new Fault(place, known, 0, problem.getKey(), problem.getValue(), null))
                .toList();
    }

    /**
     * The row as a document; empty if some of it cannot be read.
     *
     * @param unread other columns, which are members, too
     */
    Optional<JsonValue> document(Collection<String> unread) {
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        Map<String, JsonValue> members = new TreeMap<>(values);
        unread.forEach(column -> members.put(column, JsonValue.ofNull()));
        return Optional.of(JsonValue.ofObject(members));
    }

    /** What can be kept aside of it: null in the place of each value that {@code jsonb} cannot hold. */
    JsonValue kept(Collection<String> columns) {
        Map<String, JsonValue> kept = new TreeMap<>();
        long chars = 0;
        for (String column : columns) {
            JsonValue value = values.getOrDefault(column, JsonValue.ofNull());
            chars += value.text().length();
            boolean holdable = chars <= MAX_KEPT_CHARS && ValueRules.holdable(value) == null;
            kept.put(column, holdable ? value : JsonValue.ofNull());
        }
        return JsonValue.ofObject(kept);
    }

    @Override
    public String toString() {
        return "LiteralRow[" + id + "]";
    }
}
