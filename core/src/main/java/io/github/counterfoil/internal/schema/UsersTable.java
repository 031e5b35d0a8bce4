package io.github.counterfoil.internal.schema;

import io.github.counterfoil.internal.database.Names;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

/**
 * The table that people refer to, and its key.
 *
 * @param schema unquoted
 * @param table unquoted
 * @param key unquoted
 */
record UsersTable(String schema, String table, String key) {

    static UsersTable named(Names names) {
        return new UsersTable(names.usersSchema(), names.usersTable(), names.usersKey());
    }

    /**
     * Why nothing can refer to the table that the host has named, with the cure: found before anything is made, since
     * PostgreSQL's own refusal names neither. Empty if all is well, and if there is no such table yet. One statement.
     */
    static Optional<String> fault(DSLContext dsl, Names names) {
        return dsl.fetchOptional(
                        """
                select c.relkind::text as kind, c.relpersistence::text as persistence,
                       format_type(k.atttypid, k.atttypmod) as type,
                       -- A domain prints as what it is a domain of.
                       t.typoutput = 'pg_catalog.uuid_out'::regproc as is_uuid,
                       exists (select from pg_catalog.pg_index i
                               where i.indrelid = c.oid and i.indnkeyatts = 1 and i.indkey[0] = k.attnum
                                 and i.indisunique and i.indisvalid and i.indimmediate and i.indpred is null) as is_unique
                from pg_catalog.pg_namespace n
                join pg_catalog.pg_class c on c.relnamespace = n.oid
                left join pg_catalog.pg_attribute k
                  on k.attrelid = c.oid and k.attname = {2} and k.attnum > 0 and not k.attisdropped
                left join pg_catalog.pg_type t on t.oid = k.atttypid
                where n.nspname = {0} and c.relname = {1}
                """, DSL.val(names.usersSchema()), DSL.val(names.usersTable()), DSL.val(names.usersKey()))
                .flatMap(found -> fault(found, names));
    }

    private static Optional<String> fault(Record found, Names names) {
        UsersTable users = named(names);
        String table = "users table " + users.qualified();
        String kind = found.get("kind", String.class);
        if (!kind.equals("r") && !kind.equals("p")) {
            return Optional.of(table + " is " + kindName(kind)
                    + ", and foreign keys refer to tables alone: name the table itself with usersTable(…)");
        }
        if (!"p".equals(found.get("persistence", String.class))) {
            return Optional.of(table + " is not kept after a crash, and what is kept cannot refer to it: "
                    + names.fillIn("alter table ${users} set logged"));
        }
        String type = found.get("type", String.class);
        if (type == null) {
            return Optional.of(
                    table + " has no column " + users.key() + ": name the one that holds its uuid with usersTable(…)");
        }
        if (!Boolean.TRUE.equals(found.get("is_uuid", Boolean.class))) {
            return Optional.of(table + ": column " + users.key() + " is of type " + type + " and not uuid: "
                    + names.fillIn("alter table ${users} add column support_id uuid not null unique"
                            + " default gen_random_uuid()")
                    + ", and name that column with usersTable(…)");
        }
        if (!Boolean.TRUE.equals(found.get("is_unique", Boolean.class))) {
            return Optional.of(
                    table + ": column " + users.key() + " alone is not unique, by a constraint that is not deferrable: "
                            + names.fillIn("alter table ${users} add unique (${users_id})"));
        }
        return Optional.empty();
    }

    private static String kindName(String kind) {
        return switch (kind) {
            case "v" -> "a view";
            case "m" -> "a materialized view";
            case "f" -> "a foreign table";
            default -> "no table";
        };
    }

    String qualified() {
        return schema + "." + table;
    }

    @Override
    public String toString() {
        return qualified() + "(" + key + ")";
    }
}
