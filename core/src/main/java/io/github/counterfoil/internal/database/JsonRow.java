package io.github.counterfoil.internal.database;

import io.github.counterfoil.internal.json.JsonElements;
import io.github.counterfoil.internal.json.StoredJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A row that {@link JsonRows} made an array of. */
final class JsonRow implements Row {
    private static final String NOTHING = "[]";

    private final JsonElements columns;

    private JsonRow(JsonElements columns) {
        this.columns = columns;
    }

    static Row of(String json) {
        return new JsonRow(JsonElements.read(json));
    }

    /** Most arrays of a ticket are empty, and need no parser. */
    static <T> List<T> rows(String json, Function<Row, T> reader) {
        return json.equals(NOTHING) ? List.of() : rows(JsonElements.read(json), reader);
    }

    static List<String> texts(String json) {
        return json.equals(NOTHING) ? List.of() : texts(JsonElements.read(json));
    }

    private static <T> List<T> rows(JsonElements elements, Function<Row, T> reader) {
        List<T> rows = new ArrayList<>();
        while (elements.hasNext()) {
            rows.add(reader.apply(new JsonRow(elements.elements())));
        }
        return rows;
    }

    private static List<String> texts(JsonElements elements) {
        List<String> texts = new ArrayList<>();
        while (elements.hasNext()) {
            texts.add(elements.text());
        }
        return texts;
    }

    @Override
    public String text() {
        return columns.text();
    }

    @Override
    public String word() {
        return columns.text();
    }

    @Override
    public @Nullable String optionalText() {
        return columns.optionalText();
    }

    @Override
    public UUID id() {
        return UUID.fromString(text());
    }

    @Override
    public int number() {
        return columns.number();
    }

    @Override
    public long largeNumber() {
        return Objects.requireNonNull(columns.optionalLongNumber());
    }

    @Override
    public @Nullable Integer optionalNumber() {
        return columns.optionalNumber();
    }

    @Override
    public boolean flag() {
        return columns.flag();
    }

    @Override
    public Instant time() {
        return Objects.requireNonNull(optionalTime());
    }

    @Override
    public @Nullable Instant optionalTime() {
        Long micros = columns.optionalLongNumber();
        return micros == null ? null : Sent.time(micros);
    }

    @Override
    public StoredJson json() {
        return StoredJson.of(text());
    }

    @Override
    public List<String> texts() {
        return texts(columns.elements());
    }

    @Override
    public <T> List<T> rows(Function<Row, T> reader) {
        return rows(columns.elements(), reader);
    }
}
