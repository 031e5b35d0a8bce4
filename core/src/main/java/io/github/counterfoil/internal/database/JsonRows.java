package io.github.counterfoil.internal.database;

import static org.jooq.impl.DSL.jsonbArray;
import static org.jooq.impl.DSL.select;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.SelectSelectStep;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * The rows of a subquery as one field of the query around it. jOOQ's {@code multiset} does the same, but it logs what it
 * reads: what people wrote must not reach a log at any level.
 */
public final class JsonRows {

    private JsonRows() {}

    /** These fields of one row, for {@link #row}. */
    public static Field<JSONB> array(Collection<? extends Field<?>> fields) {
        return jsonbArray(Sent.all(fields));
    }

    /** Begins a subquery; each of its rows is one array of these fields. */
    public static SelectSelectStep<Record1<JSONB>> selectRow(Field<?>... fields) {
        return selectRow(List.of(fields));
    }

    /** As {@link #selectRow(Field...)}. */
    public static SelectSelectStep<Record1<JSONB>> selectRow(Collection<? extends Field<?>> fields) {
        return select(array(fields));
    }

    /** The subquery's rows, for {@link Row#rows}. */
    public static Field<JSONB> rows(Select<Record1<JSONB>> rows) {
        return json(DSL.array(rows));
    }

    /** The texts of an array, for {@link Row#texts}. */
    public static Field<JSONB> texts(Field<String[]> texts) {
        return json(texts);
    }

    private static Field<JSONB> json(Field<?> value) {
        return DSL.function(DSL.name("pg_catalog", "to_jsonb"), SQLDataType.JSONB, value);
    }

    /** The subquery's rows, read by jOOQ. */
    public static <T> Field<List<T>> field(String name, Select<Record1<JSONB>> rows, Function<Row, T> reader) {
        return rows(rows).as(name).convertFrom(json -> JsonRow.rows(json.data(), reader));
    }

    /** The row that {@link #array} is. */
    public static Row row(String json) {
        return JsonRow.of(json);
    }
}
