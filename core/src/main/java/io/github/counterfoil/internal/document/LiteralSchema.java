package io.github.counterfoil.internal.document;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.function;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.internal.database.Database;
import io.github.counterfoil.internal.validation.Faults;
import io.github.counterfoil.internal.validation.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Records;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** The literal tables of a schema, held against what is read of them before the first row is. */
final class LiteralSchema {
    /** The category of what a host defined, of json and of jsonb. */
    private static final String ANYTHING = "U";

    /** What is read of each table; of its other columns nothing is. */
    private static final Map<String, List<Needed>> READ = Map.of(
            "customers",
                    list(
                            always(Shape.ANY, "id"),
                            always(Shape.STRING, "email", "first_name", "last_name"),
                            ifThere(Shape.STRING, "preferred_language"),
                            ifThere(Shape.STRINGS, "communication_channels")),
            "workers",
                    list(
                            always(Shape.ANY, "id"),
                            always(Shape.STRING, "email", "first_name", "last_name", "role", "timezone", "created_at"),
                            ifThere(Shape.STRINGS, "skills", "languages")),
            "tickets",
                    list(
                            always(Shape.ANY, "id"),
                            always(Shape.STRING, "title", "description", "status", "priority"),
                            always(Shape.STRING, "created_at", "created_by"),
                            ifThere(Shape.STRING, "customer_email", "source_channel"),
                            ifThere(Shape.STRINGS, "tags"),
                            ifThere(Shape.OBJECT, "custom_fields", "ticket_history", "internal_notes", "feedback"),
                            ifThere(Shape.OBJECTS, "assigned_to")));

    private LiteralSchema() {}

    /** @param always whether a row without it is a fault */
    private record Needed(String column, Shape shape, boolean always) {}

    private static Stream<Needed> always(Shape shape, String... columns) {
        return Stream.of(columns).map(column -> new Needed(column, shape, true));
    }

    private static Stream<Needed> ifThere(Shape shape, String... columns) {
        return Stream.of(columns).map(column -> new Needed(column, shape, false));
    }

    @SafeVarargs
    private static List<Needed> list(Stream<Needed>... parts) {
        return Stream.of(parts).flatMap(Function.identity()).toList();
    }

    /** What a column's values must be as JSON. */
    private enum Shape {
        ANY,
        STRING,
        STRINGS,
        OBJECT,
        OBJECTS;

        /** The code of a value that is none, if no value of the type is one; null for a type that may have some. */
        @Nullable
        String misfit(Column type) {
            return switch (this) {
                case ANY -> null;
                case STRING -> string(type.category());
                case OBJECT -> object(type.category());
                case STRINGS -> array(type.category(), string(type.elementCategory()));
                case OBJECTS -> array(type.category(), object(type.elementCategory()));
            };
        }

        /** Arrays, booleans, rows and numbers are written as such, and all else as strings. */
        private static @Nullable String string(String category) {
            return "ABCN".contains(category) ? "not_a_string" : null;
        }

        /** Rows are written as objects. */
        private static @Nullable String object(String category) {
            return category.equals("C") || category.equals(ANYTHING) ? null : "not_an_object";
        }

        private static @Nullable String array(String category, @Nullable String elements) {
            return switch (category) {
                case "A" -> elements;
                case ANYTHING -> null;
                default -> "not_an_array";
            };
        }
    }

    /**
     * A column of a table; one without a name for a table that has none.
     *
     * @param category of its type, as pg_type has it; of a domain that of its base type
     * @param elementCategory that of an array's elements, if it tells
     */
    private record Column(
            String table, boolean permitted, String name, String type, String category, String elementCategory) {}

    /**
     * The three tables, by their names.
     *
     * @throws InvalidInput if one is not there, may not be read, lacks a column that each row needs, or has one of a type that
     *     cannot be read
     */
    static Map<String, LiteralTable> tables(Database database, String schema) {
        Map<String, Map<String, Column>> found = database.read(dsl -> inCatalog(dsl, schema)).stream()
                .collect(groupingBy(Column::table, toMap(Column::name, Function.identity())));
        if (found.size() < READ.size()) {
            throw new InvalidInput("schema", "tables_missing", null);
        }
        Faults faults = new Faults();
        found.forEach((table, columns) -> check(table, columns, faults));
        faults.throwIfAny();
        Map<String, LiteralTable> tables = new HashMap<>();
        found.forEach((table, columns) -> tables.put(
                table,
                new LiteralTable(
                        database,
                        schema,
                        table,
                        Objects.requireNonNull(columns.get("id")).type().equals("uuid"))));
        return tables;
    }

    private static void check(String table, Map<String, Column> columns, Faults faults) {
        String field = "schema[" + table + "]";
        if (!columns.values().iterator().next().permitted()) {
            faults.add(field, Problem.of("not_permitted"));
            return;
        }
        for (Needed needed : Objects.requireNonNull(READ.get(table))) {
            Column column = columns.get(needed.column());
            String code = column != null ? needed.shape().misfit(column) : needed.always() ? "required" : null;
            if (code != null) {
                faults.add(field + "." + needed.column(), Problem.of(code));
            }
        }
    }

    /** The catalog shows also what the connection's role may not read. */
    private static List<Column> inCatalog(DSLContext dsl, String schema) {
        Field<Object> tableOid = field(name("c", "oid"));
        Field<Object> schemaOid = field(name("n", "oid"));
        Field<Object> typeOid = field(name("a", "atttypid"));
        Condition permitted = condition(
                        function("has_schema_privilege", SQLDataType.BOOLEAN, schemaOid, inline("usage")))
                .and(condition(function("has_table_privilege", SQLDataType.BOOLEAN, tableOid, inline("select"))));
        Field<String> type =
                function("format_type", SQLDataType.CLOB, typeOid, inline((Integer) null, SQLDataType.INTEGER));
        return dsl.select(
                        text("c", "relname"),
                        field(permitted),
                        coalesce(text("a", "attname"), inline("")),
                        coalesce(type, inline("")),
                        coalesce(text("t", "typcategory"), inline(ANYTHING)),
                        coalesce(text("e", "typcategory"), inline(ANYTHING)))
                .from(catalog("pg_class", "c"))
                .join(catalog("pg_namespace", "n"))
                .on(schemaOid.eq(field(name("c", "relnamespace"))))
                .leftJoin(catalog("pg_attribute", "a"))
                .on(field(name("a", "attrelid")).eq(tableOid))
                .and(field(name("a", "attnum"), SQLDataType.INTEGER).gt(0))
                .and(field(name("a", "attisdropped"), SQLDataType.BOOLEAN).isFalse())
                .leftJoin(catalog("pg_type", "t"))
                .on(field(name("t", "oid")).eq(typeOid))
                .leftJoin(catalog("pg_type", "e"))
                .on(field(name("e", "oid")).eq(field(name("t", "typelem"))))
                .where(text("n", "nspname").eq(schema))
                .and(text("c", "relname").in(READ.keySet()))
                .and(text("c", "relkind").in("r", "p", "v", "m", "f"))
                .fetch(Records.mapping(Column::new));
    }

    private static Table<Record> catalog(String relation, String alias) {
        return table(name("pg_catalog", relation)).as(alias);
    }

    private static Field<String> text(String table, String column) {
        return field(name(table, column), SQLDataType.CLOB).cast(SQLDataType.CLOB);
    }
}
