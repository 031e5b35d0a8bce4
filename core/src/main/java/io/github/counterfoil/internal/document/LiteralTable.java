package io.github.counterfoil.internal.document;

import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.function;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.when;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.internal.database.Database;
import io.github.counterfoil.internal.event.EventRepository;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
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
    private static final List<String> KINDS = List.of("customers", "workers", "tickets");
    private static final int BATCH = 200;
    private static final String ALIAS = "literal";
    private static final Field<UUID> ID = field(name(ALIAS, "id"), SQLDataType.UUID);
    private static final Field<String> ID_TEXT = ID.cast(SQLDataType.CLOB);
    private static final Field<String> ORDERED_TEXT = ID_TEXT.collate("C");
    private static final Field<JSONB> ROW = function("to_jsonb", SQLDataType.JSONB, field(name(ALIAS)));

    /** The id of a row as a UUID; null if it is none. */
    static final Field<UUID> READABLE_ID =
            when(ID_TEXT.likeRegex(EventRepository.UUID_TEXT), ID_TEXT).cast(SQLDataType.UUID);

    private final Database database;
    private final Table<Record> table;
    private final boolean ofUuids;
    private Condition beyond = noCondition();
    private long withoutId;

    private LiteralTable(Database database, String schema, String kind, boolean ofUuids) {
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

    /**
     * The three tables of a schema, by their names.
     *
     * @throws InvalidInput if one is not there, may not be read or has no column of ids
     */
    static Map<String, LiteralTable> in(Database database, String schema) {
        Map<String, Found> found = new HashMap<>();
        database.read(dsl -> inCatalog(dsl, schema)).forEach(one -> found.put(one.kind(), one));
        if (found.size() < KINDS.size()) {
            throw new InvalidInput("schema", "tables_missing", null);
        }
        List<InvalidInput.Fault> faults = KINDS.stream()
                .flatMap(kind -> fault(kind, Objects.requireNonNull(found.get(kind))))
                .toList();
        if (!faults.isEmpty()) {
            throw new InvalidInput(faults);
        }
        Map<String, LiteralTable> tables = new HashMap<>();
        found.forEach((kind, row) -> tables.put(kind, new LiteralTable(database, schema, kind, row.ofUuids())));
        return tables;
    }

    private record Found(String kind, boolean permitted, boolean withIds, boolean ofUuids) {}

    /** The catalog shows also what the connection's role may not read. */
    private static List<Found> inCatalog(DSLContext dsl, String schema) {
        Field<Object> tableOid = field(name("c", "oid"));
        Field<Object> schemaOid = field(name("n", "oid"));
        Field<String> kind = field(name("c", "relname"), SQLDataType.CLOB).cast(SQLDataType.CLOB);
        Field<Integer> column = field(name("a", "attnum"), SQLDataType.INTEGER);
        Condition permitted = condition(
                        function("has_schema_privilege", SQLDataType.BOOLEAN, schemaOid, inline("usage")))
                .and(condition(function("has_table_privilege", SQLDataType.BOOLEAN, tableOid, inline("select"))));
        Field<String> type = function(
                "format_type",
                SQLDataType.CLOB,
                field(name("a", "atttypid")),
                inline((Integer) null, SQLDataType.INTEGER));
        return dsl.select(
                        kind,
                        field(permitted),
                        field(column.isNotNull()),
                        coalesce(field(type.eq("uuid")), inline(false)))
                .from(table(name("pg_catalog", "pg_class")).as("c"))
                .join(table(name("pg_catalog", "pg_namespace")).as("n"))
                .on(schemaOid.eq(field(name("c", "relnamespace"))))
                .leftJoin(table(name("pg_catalog", "pg_attribute")).as("a"))
                .on(field(name("a", "attrelid")).eq(tableOid))
                .and(field(name("a", "attname"), SQLDataType.CLOB).eq("id"))
                .and(column.gt(0))
                .and(field(name("a", "attisdropped"), SQLDataType.BOOLEAN).isFalse())
                .where(field(name("n", "nspname"), SQLDataType.CLOB).eq(schema))
                .and(kind.in(KINDS))
                .and(field(name("c", "relkind"), SQLDataType.CLOB).in("r", "p", "v", "m", "f"))
                .fetch(row -> new Found(row.value1(), row.value2(), row.value3(), row.value4()));
    }

    private static Stream<InvalidInput.Fault> fault(String kind, Found table) {
        String code = !table.permitted() ? "not_permitted" : !table.withIds() ? "id_missing" : "";
        return code.isEmpty() ? Stream.empty() : Stream.of(new InvalidInput.Fault("schema[" + kind + "]", code, null));
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
