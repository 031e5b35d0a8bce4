package io.github.counterfoil.internal.database;

import static org.jooq.impl.DSL.array;
import static org.jooq.impl.DSL.jsonbArray;
import static org.jooq.impl.DSL.select;

import io.github.counterfoil.internal.json.JsonElements;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.SelectSelectStep;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a subquery as one field of the query around it. jOOQ's {@code multiset} does the same, but it logs what it
 * reads: what people wrote must not reach a log at any level.
 */
public final class JsonRows {

    private JsonRows() {}

    /** Begins a subquery; each of its rows is one array of these fields. */
    public static SelectSelectStep<Record1<JSONB>> selectRow(Field<?>... fields) {
        return select(jsonbArray(fields));
    }

    /** The subquery's rows, each read from its fields in their order. */
    public static <T> Field<List<T>> field(String name, Select<Record1<JSONB>> rows, Function<Row, T> reader) {
        return array(rows)
                .as(name)
                .convertFrom(elements -> Stream.of(elements)
                        .map(element -> reader.apply(new Row(JsonElements.read(element.data()))))
                        .toList());
    }

    /** One row, whose fields are read one after another. */
    public static final class Row {
        private final JsonElements fields;

        private Row(JsonElements fields) {
            this.fields = fields;
        }

        public String text() {
            return fields.text();
        }

        public @Nullable String optionalText() {
            return fields.optionalText();
        }

        public UUID id() {
            return UUID.fromString(text());
        }

        public int number() {
            return fields.number();
        }

        public @Nullable Integer optionalNumber() {
            return fields.optionalNumber();
        }

        public boolean flag() {
            return fields.flag();
        }

        public Instant time() {
            return OffsetDateTime.parse(text()).toInstant();
        }

        public @Nullable Instant optionalTime() {
            String text = optionalText();
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        }
    }
}
