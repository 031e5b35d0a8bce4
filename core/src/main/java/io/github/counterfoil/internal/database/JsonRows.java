package io.github.counterfoil.internal.database;

import static org.jooq.impl.DSL.array;
import static org.jooq.impl.DSL.jsonbArray;
import static org.jooq.impl.DSL.select;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.counterfoil.internal.json.text.JsonText;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Iterator;
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
                        .map(element -> reader.apply(new Row(JsonText.read(element.data()))))
                        .toList());
    }

    /** One row, whose fields are read one after another. */
    public static final class Row {
        private final Iterator<JsonNode> fields;

        private Row(JsonNode fields) {
            this.fields = fields.elements();
        }

        public String text() {
            return fields.next().textValue();
        }

        public @Nullable String optionalText() {
            return fields.next().textValue();
        }

        public UUID id() {
            return UUID.fromString(text());
        }

        public int number() {
            return fields.next().intValue();
        }

        public @Nullable Integer optionalNumber() {
            JsonNode field = fields.next();
            return field.isNull() ? null : field.intValue();
        }

        public boolean flag() {
            return fields.next().booleanValue();
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
