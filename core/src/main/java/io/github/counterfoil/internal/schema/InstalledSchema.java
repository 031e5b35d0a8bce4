package io.github.counterfoil.internal.schema;

import io.github.counterfoil.error.SchemaMismatch;
import io.github.counterfoil.internal.database.Names;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * How far a database is.
 *
 * @param encoding the database's, as PostgreSQL names it
 * @param visible whether its history can be read; false also where there is none
 * @param denied what the connection's role lacks to look; null if it lacks nothing, or there is nothing to see
 * @param files the numbered files that were run: their checksums by version and name
 * @param version the last of them, 0 if there is none
 * @param brokenSince the last version that broke older releases; 0 if none did
 * @param revision of the repeatable files, 0 if they were not run
 * @param checksum of the repeatable files
 */
record InstalledSchema(
        String encoding,
        boolean visible,
        @Nullable String denied,
        Map<NumberedFile, String> files,
        int version,
        int brokenSince,
        int revision,
        String checksum) {

    record NumberedFile(int version, String name) {}

    /** One statement on the catalogs, and one on the history if that is there. Nothing here fails in PostgreSQL. */
    static InstalledSchema read(DSLContext dsl, Names names) {
        Record catalog = dsl.fetchSingle("""
                select n.oid is not null, has_schema_privilege(n.oid, 'usage'),
                       h.oid is not null, has_table_privilege(h.oid, 'select'),
                       c.oid is not null, has_table_privilege(c.oid, 'select'), getdatabaseencoding()
                from (select) as one
                left join pg_catalog.pg_namespace n on n.nspname = {0}
                left join pg_catalog.pg_class h on h.relnamespace = n.oid and h.relname = 'schema_history'
                left join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relname = 'schema_code'
                """, DSL.val(names.schema()));
        String encoding = catalog.get(6, String.class);
        boolean history = is(catalog, 2);
        boolean code = is(catalog, 4);
        String denied = is(catalog, 0) && !is(catalog, 1)
                ? "USAGE on schema " + names.schema()
                : history && !is(catalog, 3)
                        ? "SELECT on schema_history"
                        : code && !is(catalog, 5) ? "SELECT on schema_code" : null;
        if (!history || denied != null) {
            return new InstalledSchema(encoding, false, denied, Map.of(), 0, 0, 0, "");
        }
        // The second file brought the column "breaking" and the other table. Coerced, or jOOQ asks for the columns.
        List<Record> rows = List.copyOf(dsl.resultQuery(names.fillIn(
                        """
                select h.version, h.name, coalesce(h.checksum, ''), coalesce((to_jsonb(h) ->> 'breaking')::boolean, false),
                       c.revision, c.checksum
                from ${schema}.schema_history h left join %s c on true
                """.formatted(code ? "${schema}.schema_code" : "(select 0 as revision, '' as checksum)")))
                .coerce(
                        DSL.field("version", Integer.class),
                        DSL.field("name", String.class),
                        DSL.field("checksum", String.class),
                        DSL.field("breaking", Boolean.class),
                        DSL.field("revision", Integer.class),
                        DSL.field("code_checksum", String.class))
                .fetch());
        Record any = rows.isEmpty() ? null : rows.get(0);
        Integer revision = any == null ? null : any.get(4, Integer.class);
        String checksum = any == null ? null : any.get(5, String.class);
        return new InstalledSchema(
                encoding,
                true,
                null,
                rows.stream()
                        .collect(Collectors.toMap(
                                row -> new NumberedFile(row.get(0, Integer.class), row.get(1, String.class)),
                                row -> row.get(2, String.class))),
                max(rows, false),
                max(rows, true),
                revision == null ? 0 : revision,
                checksum == null ? "" : checksum);
    }

    private static boolean is(Record row, int column) {
        return Boolean.TRUE.equals(row.get(column, Boolean.class));
    }

    private static int max(List<Record> rows, boolean breakingOnly) {
        return rows.stream()
                .filter(row -> !breakingOnly || is(row, 3))
                .mapToInt(row -> row.get(0, Integer.class))
                .max()
                .orElse(0);
    }

    /** Whether a file was run here. Before the first release other files had some of the numbers. */
    boolean has(int fileVersion, String name) {
        return files.containsKey(new NumberedFile(fileVersion, name));
    }

    /** @throws SchemaMismatch if a release cannot work with it */
    void require(Release release, Names names) {
        String schema = "schema " + names.schema();
        if (!holdsAllText()) {
            throw mismatch(
                    release,
                    "schema.not_utf8",
                    "the database's encoding is " + encoding
                            + ", which cannot hold every text: use a database that was made with encoding UTF8");
        }
        if (denied != null) {
            throw mismatch(
                    release,
                    "schema.not_permitted",
                    schema + " is there, but the connection's role lacks " + denied
                            + ": its owner grants it with the SQL of TicketService.schema().grants(role)");
        }
        if (!visible) {
            throw mismatch(
                    release,
                    "schema.missing",
                    schema + " is not there: call TicketService.schema().apply() or run the SQL files that it lists");
        }
        if (brokenSince > release.version()) {
            throw mismatch(
                    release,
                    "schema.too_new",
                    schema + " has version " + version + ", and version " + brokenSince
                            + " broke releases that do not know it, as this one, which has version " + release.version()
                            + ": run a newer release");
        }
        if (!complete(release)) {
            throw mismatch(
                    release,
                    "schema.too_old",
                    schema + " has version " + version + " with code of revision " + revision + ", this release needs "
                            + release.version() + " with " + release.revision()
                            + ": call TicketService.schema().apply() or run the SQL files that it lists");
        }
    }

    /** In other encodings texts would be damaged, or refused when they come. */
    boolean holdsAllText() {
        return encoding.equals("UTF8");
    }

    private boolean complete(Release release) {
        return revision >= release.revision() && version >= release.version();
    }

    SchemaMismatch mismatch(Release release, String code, String message) {
        return new SchemaMismatch(code, message, version, release.version());
    }
}
