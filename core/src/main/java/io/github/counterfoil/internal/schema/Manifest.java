package io.github.counterfoil.internal.schema;

import io.github.counterfoil.internal.database.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

/** What a schema consists of: its objects by kind and name, each with its definition in one line. */
final class Manifest {

    /**
     * An object.
     *
     * @param kind table, column, constraint, index, trigger, view or function
     * @param name of a part of a table: the table's, a dot, and its own
     */
    record Key(String kind, String name) implements Comparable<Key> {

        /** The name before the dot; of what is no part of a table, its own. */
        String table() {
            int dot = name.indexOf('.');
            return dot < 0 ? name : name.substring(0, dot);
        }

        @Override
        public int compareTo(Key other) {
            int byKind = kind.compareTo(other.kind);
            return byKind == 0 ? name.compareTo(other.name) : byKind;
        }

        @Override
        public String toString() {
            return kind + " " + name;
        }
    }

    /** Gathers objects. */
    static final class Builder {
        private final Map<Key, String> objects = new TreeMap<>();

        void add(String kind, String name, String definition) {
            objects.put(new Key(kind, name), definition);
        }

        Manifest build() {
            return new Manifest(objects);
        }
    }

    /** Reads it from the catalogs; names are to be filled in. */
    static final String SQL = SqlResource.text("manifest.sql");

    /** How a function {@code p} of pg_proc is named here: its types without the schema that a search path makes them show. */
    static final String SIGNATURE =
            "format('%s(%s)', p.proname, regexp_replace(pg_get_function_identity_arguments(p.oid),"
                    + " E'(\"([^\"]|\"\")+\"|\\\\m[a-z_][a-z0-9_]*)\\\\.', '', 'g'))";

    private static final String NAMES_SQL = """
            with here as materialized (
              -- Before anything is printed: a session may have asked for quotes around every name.
              select n.oid from pg_catalog.pg_namespace n
              where n.oid = '${schema}'::regnamespace and set_config('quote_all_identifiers', 'off', true) = 'off'
            )
            select unnest({0})
            except select 'view ' || v.relname from here join pg_catalog.pg_class v on v.relnamespace = here.oid
            where v.relkind in ('v', 'm')
            except select 'trigger ' || r.relname || '.' || t.tgname
            from here join pg_catalog.pg_class r on r.relnamespace = here.oid
            join pg_catalog.pg_trigger t on t.tgrelid = r.oid and not t.tgisinternal
            where not exists (
              select from pg_catalog.pg_inherits i where i.inhparent = r.oid and r.relkind = 'p' and not exists (
                select from pg_catalog.pg_trigger p where p.tgrelid = i.inhrelid and p.tgname = t.tgname))
            except select 'function ' || ${signature}
            from here join pg_catalog.pg_proc p on p.pronamespace = here.oid
            order by 1
            """;

    /** What the repeatable files make. */
    private static final Set<String> REPEATABLE = Set.of("function", "trigger", "view");

    private static final Set<String> PARTS = Set.of("column", "constraint", "index", "trigger");

    private final Map<Key, String> objects;

    private Manifest(Map<Key, String> objects) {
        this.objects = objects;
    }

    /** What is in a database; the schema must be there. One statement, on the catalogs alone. */
    static Manifest of(DSLContext dsl, Names names) {
        Builder builder = new Builder();
        for (Record row : dsl.fetch(names.fillIn(SQL))) {
            builder.add(row.get(0, String.class), row.get(1, String.class), row.get(2, String.class));
        }
        return builder.build();
    }

    /** The names of the objects of some kinds, in order. */
    List<String> names(String... kinds) {
        Set<String> wanted = Set.of(kinds);
        return objects.keySet().stream()
                .filter(key -> wanted.contains(key.kind()))
                .map(Key::name)
                .toList();
    }

    /** The functions that may be called from outside: they fix their search path, and those that others call do not. */
    List<String> callable() {
        return names("function").stream()
                .filter(name -> definition("function", name).contains("search_path=<schema>"))
                .toList();
    }

    String definition(String kind, String name) {
        String definition = objects.get(new Key(kind, name));
        if (definition == null) {
            throw new IllegalArgumentException("no " + kind + " " + name);
        }
        return definition;
    }

    /** What another schema lacks of this one. */
    List<String> missing(Manifest found) {
        return missingKeys(found).map(key -> key + " is missing").toList();
    }

    private Stream<Key> missingKeys(Manifest found) {
        return objects.keySet().stream()
                .filter(key -> !found.objects.containsKey(key))
                // A table that is missing says so for all its parts.
                .filter(key -> !PARTS.contains(key.kind()) || found.has(key.table()));
    }

    /** How another schema, which has some names, differs in what this one has. */
    List<String> differences(Manifest found, Names names) {
        List<String> differences = new ArrayList<>(missing(found));
        objects.forEach((key, expected) -> {
            String actual = found.objects.get(key);
            if (actual != null && !actual.equals(expected)) {
                differences.add(
                        key + " is not as made: " + filledIn(actual, names) + ", and not " + filledIn(expected, names));
            }
        });
        found.additions(this)
                .filter(key -> key.kind().equals("column"))
                .filter(key -> mustBeGiven(found.definition(key.kind(), key.name())))
                .forEach(
                        key -> differences.add(key + " was added and must be given: nothing can be inserted any more"));
        return differences;
    }

    /** As the catalogs would have it. */
    private static String filledIn(String definition, Names names) {
        return definition
                .replace("<users_id>", names.usersKey())
                .replace("<users>", UsersTable.named(names).qualified());
    }

    /**
     * Which functions, triggers and views are gone: by name alone, which costs a third of reading all definitions. One
     * statement.
     */
    List<String> dropped(DSLContext dsl, Names names) {
        String[] expected = objects.keySet().stream()
                .filter(key -> REPEATABLE.contains(key.kind()))
                .map(Key::toString)
                .toArray(String[]::new);
        return dsl.fetch(SqlTemplate.of(NAMES_SQL).with("signature", SIGNATURE).sql(names), DSL.val(expected))
                .map(row -> row.get(0, String.class));
    }

    /** What this one has beyond a release's own, and on its tables. */
    List<String> additions(Release release) {
        return additions(release.manifest()).map(Key::toString).toList();
    }

    private Stream<Key> additions(Manifest release) {
        return objects.keySet().stream()
                .filter(key -> !release.objects.containsKey(key))
                .filter(key -> !PARTS.contains(key.kind()) || release.has(key.table()));
    }

    private boolean has(String table) {
        return objects.containsKey(new Key("table", table));
    }

    private static boolean mustBeGiven(String column) {
        return column.contains(" not null")
                && !column.contains(" default ")
                && !column.contains(" identity")
                && !column.contains(" generated");
    }
}
