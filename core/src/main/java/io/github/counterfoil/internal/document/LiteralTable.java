package io.github.counterfoil.internal.document;

import static org.jooq.impl.DSL.asterisk;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.function;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.left;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.orderBy;
import static org.jooq.impl.DSL.rank;
import static org.jooq.impl.DSL.rowNumber;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.table;

import io.github.counterfoil.internal.database.Database;
import io.github.counterfoil.internal.database.UuidText;
import io.github.counterfoil.internal.jooq.tables.records.LiteralColumnsRecord;
import io.github.counterfoil.internal.page.Portion;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * The rows of a literal table, batch by batch: in the order of their ids, of whatever type those are, and last the rows that
 * have none. Of columns that are not needed only the names are known.
 */
final class LiteralTable {
    private static final int BATCH = 200;

    private static final String ALIAS = "literal";
    private static final Field<UUID> ID = field(name(ALIAS, "id"), SQLDataType.UUID);
    private static final Field<String> ID_TEXT = ID.cast(SQLDataType.CLOB);
    private static final Field<String> ORDERED_TEXT = ID_TEXT.collate("C");
    private static final Field<Object> KEY = field(name("key"));
    private static final Field<String> LAST = field(name("last"), SQLDataType.CLOB);
    private static final Field<UUID> KNOWN = field(name("known"), SQLDataType.UUID);
    private static final Field<BigDecimal> HELD = field(name("held"), SQLDataType.NUMERIC);
    private static final Field<Integer> PLACE = field(name("place"), SQLDataType.INTEGER);
    private static final Condition FITS =
            HELD.le(inline(BigDecimal.valueOf(Portion.MAX_BYTES))).or(PLACE.eq(inline(1)));

    /** The id of a row as a UUID; null if it is none. No pattern is looked for in what is longer than any id. */
    static final Field<UUID> READABLE_ID = UuidText.read(left(ID_TEXT, inline(37)));

    private final Database database;
    private final Table<Record> table;
    private final Map<String, Field<String>> values = new LinkedHashMap<>();
    private final List<String> unread = new ArrayList<>();
    private final boolean ofUuids;
    private Condition beyond = noCondition();
    private long withoutId;
    private int limit = BATCH;

    /**
     * @param needed the columns that are read where they are there, and how many bytes their values may have as JSON
     * @param columns all that there are
     */
    LiteralTable(
            Database database,
            String schema,
            String kind,
            Map<String, Integer> needed,
            List<LiteralColumnsRecord> columns) {
        this.database = database;
        this.table = named(schema, kind);
        for (LiteralColumnsRecord column : columns) {
            Integer most = needed.get(column.getName());
            if (most == null) {
                unread.add(column.getName());
            } else {
                values.put(column.getName(), value(column, most));
            }
        }
        this.ofUuids = columns.stream()
                .anyMatch(column ->
                        column.getName().equals("id") && column.getType().equals("uuid"));
    }

    /** As other queries name it, too. */
    static Table<Record> named(String schema, String kind) {
        return table(name(schema, kind)).as(ALIAS);
    }

    /** Texts as such: what fills a {@code char(n)} up is no part of it. */
    private Field<String> value(LiteralColumnsRecord column, int most) {
        Field<?> given = column(column.getName());
        Field<?> plain = column.getKind().equals("text")
                ? given.cast(SQLDataType.CLOB)
                : "text".equals(column.getElement()) ? given.cast(SQLDataType.CLOB.array()) : given;
        return function(name(database.names().schema(), "literal_value"), SQLDataType.CLOB, plain, inline(most));
    }

    private static Field<?> column(String name) {
        return field(name(ALIAS, name));
    }

    Collection<String> read() {
        return values.keySet();
    }

    /** The columns of which only the names are known. */
    Collection<String> unread() {
        return unread;
    }

    /** The rows that follow; none after the last. Rows of one id come together. */
    List<LiteralRow> next() {
        List<LiteralRow> rows = withoutId == 0 ? identified() : List.of();
        return rows.isEmpty() ? unidentified() : rows;
    }

    private List<LiteralRow> identified() {
        Result<Record> rows = read(ofUuids ? ID : ORDERED_TEXT, ID.isNotNull().and(beyond), 0);
        if (!rows.isEmpty()) {
            String last = Objects.requireNonNull(rows.get(rows.size() - 1).get(LAST));
            // An index on ids serves their own order alone; as texts they have one that all types can be asked for.
            beyond = ofUuids ? ID.gt(UUID.fromString(last)) : ORDERED_TEXT.gt(last);
        }
        return listed(rows);
    }

    private List<LiteralRow> unidentified() {
        Result<Record> rows = read(rowNumber().over(orderBy(values.values())), ID.isNull(), withoutId);
        withoutId += rows.size();
        return listed(rows);
    }

    /**
     * No more than a host can hold, but all that has the first key: first of what is stored, which costs nothing to be told,
     * and of what that is as JSON, which sizes the next batch.
     */
    private Result<Record> read(Field<?> key, Condition condition, long offset) {
        List<Field<?>> found = List.of(key.as(KEY), ID_TEXT.as(LAST), READABLE_ID.as(KNOWN));
        Table<Record> stored = select(found)
                .select(values.keySet().stream().map(LiteralTable::column).toList())
                .from(table)
                .where(condition)
                .orderBy(KEY)
                .offset(offset)
                .limit(limit)
                .withTies()
                .asTable(ALIAS);
        List<Field<?>> written = new ArrayList<>(List.of(KEY, LAST, KNOWN));
        values.forEach((column, value) -> written.add(value.as(column)));
        // In order, so that PostgreSQL does not fold it into what is around it and writes each value twice.
        Table<Record> json = select(written)
                .from(held(stored, column -> function("pg_column_size", SQLDataType.INTEGER, column)))
                .where(FITS)
                .orderBy(KEY)
                .asTable(ALIAS);
        Result<Record> rows = database.read(dsl -> dsl.selectFrom(held(json, DSL::octetLength))
                .where(FITS)
                .orderBy(KEY)
                .fetch());
        limit = rows.isEmpty() ? BATCH : Math.min(BATCH, 2 * rows.size());
        return rows;
    }

    /** With how much each row and those before it hold. */
    private Table<Record> held(Table<Record> rows, Function<Field<String>, Field<Integer>> size) {
        Field<Integer> bytes = values.keySet().stream()
                .map(column -> coalesce(size.apply(column(column).coerce(SQLDataType.CLOB)), inline(0)))
                .reduce(Field::plus)
                .orElseThrow();
        return select(asterisk())
                .select(
                        sum(bytes).over(orderBy(KEY).rangeUnboundedPreceding()).as(HELD),
                        rank().over(orderBy(KEY)).as(PLACE))
                .from(rows)
                .asTable(ALIAS);
    }

    private List<LiteralRow> listed(Result<Record> rows) {
        return rows.map(row -> {
            Map<String, String> read = new LinkedHashMap<>();
            for (String column : values.keySet()) {
                String value = row.get(column, String.class);
                if (value != null) {
                    read.put(column, value);
                }
            }
            return new LiteralRow(Optional.ofNullable(row.get(KNOWN)), read);
        });
    }
}
