package io.github.counterfoil.internal.document;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.function;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.table;

import io.github.counterfoil.internal.database.Database;
import io.github.counterfoil.internal.database.UuidText;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.Record3;
import org.jooq.Result;
import org.jooq.SelectJoinStep;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;

/**
 * The rows of a literal table, batch by batch: in the order of their ids, of whatever type those are, and last the rows that
 * have none.
 */
final class LiteralTable {
    private static final int BATCH = 200;
    private static final String ALIAS = "literal";
    private static final Field<UUID> ID = field(name(ALIAS, "id"), SQLDataType.UUID);
    private static final Field<String> ID_TEXT = ID.cast(SQLDataType.CLOB);
    private static final Field<String> ORDERED_TEXT = ID_TEXT.collate("C");
    private static final Field<JSONB> ROW = function("to_jsonb", SQLDataType.JSONB, field(name(ALIAS)));

    /** The id of a row as a UUID; null if it is none. */
    static final Field<UUID> READABLE_ID = UuidText.read(ID_TEXT);

    private final Database database;
    private final Table<Record> table;
    private final boolean ofUuids;
    private Condition beyond = noCondition();
    private long withoutId;

    /** @param ofUuids whether its column of ids has the type {@code uuid} */
    LiteralTable(Database database, String schema, String kind, boolean ofUuids) {
        this.database = database;
        this.table = named(schema, kind);
        this.ofUuids = ofUuids;
    }

    /** As other queries name it, too. */
    static Table<Record> named(String schema, String kind) {
        return table(name(schema, kind)).as(ALIAS);
    }

    /**
     * A row as JSON.
     *
     * @param id empty if it has none, or one that is no UUID
     */
    record Row(Optional<UUID> id, String json) {
        @Override
        public String toString() {
            return "Row[" + id + "]";
        }
    }

    /** The rows that follow; none after the last. Rows of one id come together. */
    List<Row> next() {
        List<Row> rows = withoutId == 0 ? identified() : List.of();
        return rows.isEmpty() ? unidentified() : rows;
    }

    private List<Row> identified() {
        Result<Record3<String, UUID, JSONB>> rows = database.read(dsl -> rows(dsl)
                .where(ID.isNotNull())
                .and(beyond)
                .orderBy(ofUuids ? ID : ORDERED_TEXT)
                .limit(BATCH)
                .withTies()
                .fetch());
        if (!rows.isEmpty()) {
            String last = rows.get(rows.size() - 1).value1();
            // An index on ids serves their own order alone; as texts they have one that all types can be asked for.
            beyond = ofUuids ? ID.gt(UUID.fromString(last)) : ORDERED_TEXT.gt(last);
        }
        return listed(rows);
    }

    private List<Row> unidentified() {
        Result<Record3<String, UUID, JSONB>> rows = database.read(dsl -> rows(dsl)
                .where(ID.isNull())
                .orderBy(ROW.cast(SQLDataType.CLOB))
                .limit(BATCH)
                .offset(withoutId)
                .fetch());
        withoutId += rows.size();
        return listed(rows);
    }

    private SelectJoinStep<Record3<String, UUID, JSONB>> rows(DSLContext dsl) {
        return dsl.select(ID_TEXT, READABLE_ID, ROW).from(table);
    }

    private static List<Row> listed(Result<Record3<String, UUID, JSONB>> rows) {
        return rows.map(
                row -> new Row(Optional.ofNullable(row.value2()), row.value3().data()));
    }
}
