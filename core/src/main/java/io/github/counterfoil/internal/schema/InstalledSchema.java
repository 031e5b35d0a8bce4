package io.github.counterfoil.internal.schema;

import io.github.counterfoil.error.SchemaMismatch;
import io.github.counterfoil.internal.database.Names;
import io.github.counterfoil.schema.Schema.SqlFile;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * How far a database is.
 *
 * @param encoding the database's, as PostgreSQL names it
 * @param visible whether its history can be read; false also where there is none
 * @param denied what the connection's role lacks to look; null if it lacks nothing, or there is nothing to see
 * @param users what the tables refer to; null if they refer to none, and where there are none
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
        @Nullable UsersTable users,
        Map<NumberedFile, String> files,
        int version,
        int brokenSince,
        int revision,
        String checksum) {

    /** Before the first release other files had some of the numbers. */
    record NumberedFile(int version, String name) {}

    /** How a file of a release stands here. */
    enum FileState {
        /** Or superseded, where a newer release has put its own in place of what is repeated. */
        RUN,
        NOT_RUN,
        RUN_WITH_ANOTHER_TEXT
    }

    private static final Field<Integer> VERSION = DSL.field("version", Integer.class);
    private static final Field<String> NAME = DSL.field("name", String.class);
    private static final Field<String> CHECKSUM = DSL.field("checksum", String.class);
    private static final Field<Boolean> BREAKING = DSL.field("breaking", Boolean.class);
    private static final Field<Integer> CODE_REVISION = DSL.field("code_revision", Integer.class);
    private static final Field<String> CODE_CHECKSUM = DSL.field("code_checksum", String.class);

    /** One statement on the catalogs, and one on the history if that is there. Nothing here fails in PostgreSQL. */
    static InstalledSchema read(DSLContext dsl, Names names) {
        Record catalog = catalog(dsl, names);
        String denied = denied(catalog, names);
        boolean visible = is(catalog, "history") && denied == null;
        List<Record> history = visible ? history(dsl, names, is(catalog, "code")) : List.of();
        Record code = history.isEmpty() || history.get(0).get(CODE_REVISION) == null ? null : history.get(0);
        return new InstalledSchema(
                catalog.get("encoding", String.class),
                visible,
                denied,
                users(catalog),
                history.stream()
                        .collect(Collectors.toMap(
                                row -> new NumberedFile(row.get(VERSION), row.get(NAME)), row -> row.get(CHECKSUM))),
                lastVersion(history, false),
                lastVersion(history, true),
                code == null ? 0 : code.get(CODE_REVISION),
                code == null ? "" : code.get(CODE_CHECKSUM));
    }

    private static Record catalog(DSLContext dsl, Names names) {
        return dsl.fetchSingle("""
                select getdatabaseencoding() as encoding,
                       n.oid is not null as there, has_schema_privilege(n.oid, 'usage') as usable,
                       h.oid is not null as history, has_table_privilege(h.oid, 'select') as history_readable,
                       c.oid is not null as code, has_table_privilege(c.oid, 'select') as code_readable,
                       un.nspname::text as users_schema, u.relname::text as users_table, k.attname::text as users_key
                from (select) as one
                left join pg_catalog.pg_namespace n on n.nspname = {0}
                left join pg_catalog.pg_class h on h.relnamespace = n.oid and h.relname = 'schema_history'
                left join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relname = 'schema_code'
                left join pg_catalog.pg_class p on p.relnamespace = n.oid and p.relname = 'customer'
                left join pg_catalog.pg_constraint f on f.conrelid = p.oid and f.conname = 'customer_id_fkey'
                left join pg_catalog.pg_class u on u.oid = f.confrelid
                left join pg_catalog.pg_namespace un on un.oid = u.relnamespace
                left join pg_catalog.pg_attribute k on k.attrelid = u.oid and k.attnum = f.confkey[1]
                """, DSL.val(names.schema()));
    }

    private static @Nullable String denied(Record catalog, Names names) {
        if (is(catalog, "there") && !is(catalog, "usable")) {
            return "USAGE on schema " + names.schema();
        }
        if (is(catalog, "history") && !is(catalog, "history_readable")) {
            return "SELECT on schema_history";
        }
        return is(catalog, "code") && !is(catalog, "code_readable") ? "SELECT on schema_code" : null;
    }

    private static @Nullable UsersTable users(Record catalog) {
        String key = catalog.get("users_key", String.class);
        return key == null
                ? null
                : new UsersTable(
                        catalog.get("users_schema", String.class), catalog.get("users_table", String.class), key);
    }

    /** The second file brought the column "breaking" and the table of the code. */
    private static List<Record> history(DSLContext dsl, Names names, boolean code) {
        // Coerced, or jOOQ asks for the columns.
        return List.copyOf(dsl.resultQuery(names.fillIn(
                        """
                select h.version, h.name, coalesce(h.checksum, ''), coalesce((to_jsonb(h) ->> 'breaking')::boolean, false),
                       c.revision, c.checksum
                from ${schema}.schema_history h left join %s c on true
                """.formatted(code ? "${schema}.schema_code" : "(select 0 as revision, '' as checksum)")))
                .coerce(VERSION, NAME, CHECKSUM, BREAKING, CODE_REVISION, CODE_CHECKSUM)
                .fetch());
    }

    private static boolean is(Record row, String column) {
        return Boolean.TRUE.equals(row.get(column, Boolean.class));
    }

    private static int lastVersion(List<Record> history, boolean breakingOnly) {
        return history.stream()
                .filter(row -> !breakingOnly || row.get(BREAKING))
                .mapToInt(row -> row.get(VERSION))
                .max()
                .orElse(0);
    }

    FileState state(SqlFile file, Release release) {
        if (file.version().isPresent()) {
            String found = files.get(new NumberedFile(file.version().getAsInt(), file.name()));
            return found == null
                    ? FileState.NOT_RUN
                    // Files that were run before there were checksums have none.
                    : found.isEmpty() || found.equals(file.checksum())
                            ? FileState.RUN
                            : FileState.RUN_WITH_ANOTHER_TEXT;
        }
        if (revision != release.revision()) {
            return revision < release.revision() ? FileState.NOT_RUN : FileState.RUN;
        }
        return checksum.equals(file.checksum()) ? FileState.RUN : FileState.RUN_WITH_ANOTHER_TEXT;
    }

    /** Whether a newer release has been here: how that made things is not an older one's to judge. */
    boolean isNewerThan(Release release) {
        return revision > release.revision() || version > release.version();
    }

    boolean isBrokenFor(Release release) {
        return brokenSince > release.version();
    }

    /** In other encodings texts would be damaged, or refused when they come. */
    boolean holdsAllText() {
        return encoding.equals("UTF8");
    }

    /** @throws SchemaMismatch if a release cannot work with it */
    void require(Release release, Names names) {
        requireUpgradable(release, names);
        String schema = "schema " + names.schema();
        if (!visible) {
            throw mismatch(
                    release,
                    "schema.missing",
                    schema + " is not there: call TicketService.schema().apply() or run the SQL files that it lists");
        }
        if (revision < release.revision() || version < release.version()) {
            throw mismatch(
                    release,
                    "schema.too_old",
                    schema + " has version " + version + " with code of revision " + revision + ", this release needs "
                            + release.version() + " with " + release.revision()
                            + ": call TicketService.schema().apply() or run the SQL files that it lists");
        }
    }

    /** @throws SchemaMismatch if a release can neither work with it nor bring it up to date */
    void requireUpgradable(Release release, Names names) {
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
        if (isBrokenFor(release)) {
            throw mismatch(
                    release,
                    "schema.too_new",
                    schema + " has version " + version + ", and version " + brokenSince
                            + " broke releases that do not know it, as this one, which has version " + release.version()
                            + ": run a newer release");
        }
    }

    /** @throws SchemaMismatch if its tables refer to another users table than the host has named */
    void requireUsers(Release release, Names names) {
        UsersTable named = UsersTable.named(names);
        if (users != null && !users.equals(named)) {
            throw mismatch(
                    release,
                    "schema.other_users",
                    "schema " + names.schema() + " was made for users table " + users + ", and the service names "
                            + named + ": name the first one with usersTable(…)");
        }
    }

    SchemaMismatch mismatch(Release release, String code, String message) {
        return new SchemaMismatch(code, message, version, release.version());
    }
}
