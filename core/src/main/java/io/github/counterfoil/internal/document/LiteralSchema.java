package io.github.counterfoil.internal.document;

import static io.github.counterfoil.internal.jooq.Tables.LITERAL_COLUMNS;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.internal.database.Database;
import io.github.counterfoil.internal.jooq.tables.records.LiteralColumnsRecord;
import io.github.counterfoil.internal.validation.Faults;
import io.github.counterfoil.internal.validation.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The literal tables of a schema, held against what is read of them before the first row is. */
final class LiteralSchema {
    /** Of one value as JSON, which may write a byte as six: what is longer is longer than a text may be. */
    private static final int MAX_BYTES = 6 * 4 * 1024 * 1024 + 2;

    /** No more than {@code jsonb} holds; and no row is longer than what PostgreSQL can send, which is a gigabyte. */
    private static final int MAX_HISTORY_BYTES = 256 * 1024 * 1024 - 1;

    private static final Set<String> HISTORIES = Set.of("ticket_history", "internal_notes");

    /** What is read of each table; of its other columns nothing is. */
    private static final Map<String, List<Needed>> READ = Map.of(
            "customers",
                    list(
                            always(Shape.ANY, "id"),
                            always(Shape.TEXT, "email", "first_name", "last_name"),
                            ifThere(Shape.TEXT, "preferred_language"),
                            ifThere(Shape.TEXTS, "communication_channels")),
            "workers",
                    list(
                            always(Shape.ANY, "id"),
                            always(Shape.TEXT, "email", "first_name", "last_name", "role", "timezone"),
                            always(Shape.MOMENT, "created_at"),
                            ifThere(Shape.TEXTS, "skills", "languages"),
                            ifThere(Shape.OBJECT, "metrics")),
            "tickets",
                    list(
                            always(Shape.ANY, "id"),
                            always(Shape.TEXT, "title", "description", "status", "priority", "created_by"),
                            always(Shape.MOMENT, "created_at"),
                            ifThere(Shape.TEXT, "customer_email", "source_channel"),
                            ifThere(Shape.TEXTS, "tags"),
                            ifThere(Shape.OBJECT, "custom_fields", "ticket_history", "internal_notes", "feedback"),
                            ifThere(Shape.OBJECTS, "assigned_to")));

    private LiteralSchema() {}

    /** @param always whether a row without it is a fault */
    private record Needed(String column, Shape shape, boolean always) {
        int most() {
            return HISTORIES.contains(column) ? MAX_HISTORY_BYTES : MAX_BYTES;
        }
    }

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

    /** What a column's values must be. A type fits that has some, and writes each in one way. */
    private enum Shape {
        ANY,
        TEXT,
        TEXTS,
        MOMENT,
        OBJECT,
        OBJECTS;

        private static final Set<String> TEXTUAL = Set.of("text", "json", "uuid", "own");
        private static final Set<String> TEMPORAL = Set.of("timestamptz", "text", "json", "own");
        private static final Set<String> STRUCTURED = Set.of("row", "json", "own");

        /** The code of a value that is none, if no value of the column's type is one. */
        @Nullable
        String misfit(LiteralColumnsRecord column) {
            String kind = column.getKind();
            return switch (this) {
                case ANY -> null;
                case TEXT -> misfit(TEXTUAL, kind, "not_a_string");
                case MOMENT -> misfit(TEMPORAL, kind, "not_a_moment");
                case OBJECT -> misfit(STRUCTURED, kind, "not_an_object");
                case TEXTS -> array(kind, misfit(TEXTUAL, column.getElement(), "not_a_string"));
                case OBJECTS -> array(kind, misfit(STRUCTURED, column.getElement(), "not_an_object"));
            };
        }

        private static @Nullable String misfit(Set<String> kinds, @Nullable String kind, String code) {
            return kind != null && kinds.contains(kind) ? null : code;
        }

        private static @Nullable String array(String kind, @Nullable String elements) {
            return switch (kind) {
                case "array" -> elements;
                case "json", "own" -> null;
                default -> "not_an_array";
            };
        }
    }

    /**
     * The three tables, by their names.
     *
     * @throws InvalidInput if one is not there, may not be read, hides rows, lacks a column that each row needs, or has one of a
     *     type that cannot be read
     */
    static Map<String, LiteralTable> tables(Database database, String schema) {
        Map<String, List<LiteralColumnsRecord>> found =
                database.read(dsl -> dsl.selectFrom(LITERAL_COLUMNS(schema)).fetch()).stream()
                        .collect(groupingBy(LiteralColumnsRecord::getRelation));
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
                        Objects.requireNonNull(READ.get(table)).stream().collect(toMap(Needed::column, Needed::most)),
                        columns)));
        return tables;
    }

    private static void check(String table, List<LiteralColumnsRecord> columns, Faults faults) {
        String field = "schema[" + table + "]";
        if (!columns.get(0).getPermitted()) {
            faults.add(field, Problem.of("not_permitted"));
            return;
        }
        if (columns.get(0).getHidden()) {
            faults.add(field, Problem.of("row_security"));
        }
        Map<String, LiteralColumnsRecord> byName = columns.stream()
                .filter(column -> column.getName() != null)
                .collect(toMap(LiteralColumnsRecord::getName, Function.identity()));
        for (Needed needed : Objects.requireNonNull(READ.get(table))) {
            LiteralColumnsRecord column = byName.get(needed.column());
            if (column == null) {
                faults.add(field + "." + needed.column(), needed.always() ? Problem.of("required") : null);
            } else {
                String code = needed.shape().misfit(column);
                faults.add(
                        field + "." + needed.column() + "(" + column.getType() + ")",
                        code == null ? null : Problem.of(code));
            }
        }
    }
}
