package io.github.counterfoil.internal.schema;

import io.github.counterfoil.internal.database.Names;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** What a role needs to run the files: found in the catalogs first, since PostgreSQL's own refusal names no object. */
final class InstallationRights {

    private InstallationRights() {}

    /**
     * What of it the connection's role lacks, each as GRANT has it, or as the ownership that is needed. One statement.
     *
     * @param first whether the tables are still to be made
     */
    static List<String> missing(DSLContext dsl, Names names, boolean first) {
        return dsl.fetch(
                        """
                with it as materialized (
                  select s.oid as schema, u.oid as users_schema, t.oid as users, k.attnum as users_key, o.relowner as owner
                  from (select) as one
                  left join pg_catalog.pg_namespace s on s.nspname = {0}
                  left join pg_catalog.pg_namespace u on u.nspname = {1}
                  left join pg_catalog.pg_class t on t.relnamespace = u.oid and t.relname = {2}
                  left join pg_catalog.pg_attribute k on k.attrelid = t.oid and k.attname = {3} and not k.attisdropped
                  left join pg_catalog.pg_class o on o.relnamespace = s.oid and o.relname = 'ticket'
                )
                select 'CREATE on database ' || current_database() || ' (there is no schema '
                  || concat_ws(' and no schema ', case when schema is null then {0} end,
                               case when {4} and users_schema is null and {1} <> {0} then {1} end) || ')'
                from it
                where (schema is null or {4} and users_schema is null)
                  and not has_database_privilege(current_database(), 'create')
                union all
                select right_ || ' on schema ' || {0} from it cross join (values ('CREATE'), ('USAGE')) as r (right_)
                where not has_schema_privilege(schema, right_)
                union all
                select right_ || ' on schema ' || {1} from it cross join (values ('CREATE'), ('USAGE')) as r (right_)
                where {4} and users_schema is distinct from schema and (right_ = 'USAGE' or users is null)
                  and not has_schema_privilege(users_schema, right_)
                union all
                select right_ || ' on ' || {1} || '.' || {2} from it cross join (values ('REFERENCES'), ('SELECT')) as r (right_)
                where {4} and not has_column_privilege(users, users_key, right_)
                union all
                select 'ownership of ' || {0} || '.ticket' from it where not pg_has_role(owner, 'usage')
                """,
                        DSL.val(names.schema()),
                        DSL.val(names.usersSchema()),
                        DSL.val(names.usersTable()),
                        DSL.val(names.usersKey()),
                        DSL.val(first))
                .map(row -> row.get(0, String.class));
    }
}
