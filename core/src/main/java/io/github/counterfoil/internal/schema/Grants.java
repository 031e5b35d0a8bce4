package io.github.counterfoil.internal.schema;

import io.github.counterfoil.internal.database.Names;
import java.util.List;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** What a role needs to work with tickets and not to own them: reading, and calling the functions. */
final class Grants {
    private final Manifest manifest;

    Grants(Manifest manifest) {
        this.manifest = manifest;
    }

    /** The grants; names are to be filled in. */
    String sql(String role) {
        return """
                grant usage on schema ${schema} to %1$s;
                grant select on
                  %2$s to %1$s;
                grant execute on function
                  %3$s to %1$s;
                """.formatted(role, list(manifest.names("table", "view")), list(manifest.callable()));
    }

    private static String list(List<String> names) {
        return names.stream().map(name -> "${schema}." + name).collect(Collectors.joining(",\n  "));
    }

    /**
     * Who may make objects beside the functions or triggers on the tables, which would run with the functions' owner's rights,
     * or write the tables themselves. One statement.
     */
    List<String> excessive(DSLContext dsl, Names names) {
        return dsl.fetch(
                        """
                select distinct case g.grantee when 0 then 'everybody' else g.grantee::regrole::text end
                  || ' may create objects in the schema'
                from pg_catalog.pg_namespace n cross join aclexplode(n.nspacl) g
                join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relname = 'ticket'
                where n.oid = to_regnamespace({0}) and g.privilege_type = 'CREATE'
                  and g.grantee not in (n.nspowner, c.relowner)
                union all
                select distinct case g.grantee when 0 then 'everybody' else g.grantee::regrole::text end
                  || ' may ' || lower(g.privilege_type) || ' on ' || c.relname
                from pg_catalog.pg_class c
                cross join aclexplode(c.relacl) g
                left join pg_catalog.pg_inherits i on i.inhrelid = c.oid
                left join pg_catalog.pg_class whole on whole.oid = i.inhparent
                where c.relnamespace = to_regnamespace({0}) and coalesce(whole.relname, c.relname) = any ({1})
                  and c.relkind in ('r', 'p')
                  and g.privilege_type not in ('SELECT', 'MAINTAIN') and g.grantee <> c.relowner
                order by 1
                """,
                        DSL.val(names.fillIn("${schema}")),
                        DSL.val(manifest.names("table").toArray(String[]::new)))
                .map(row -> row.get(0, String.class));
    }

    /** What of it the connection's role lacks. One statement. */
    List<String> missing(DSLContext dsl, Names names) {
        return dsl.fetch(
                        """
                select 'SELECT on ' || c.relname from pg_catalog.pg_class c
                where c.relnamespace = to_regnamespace({0}) and c.relname = any ({1}) and c.relkind in ('r', 'p', 'v')
                  and not has_table_privilege(c.oid, 'select')
                union all
                select 'EXECUTE on ' || p.proname from pg_catalog.pg_proc p
                where p.pronamespace = to_regnamespace({0})
                  and format('%s(%s)', p.proname, pg_get_function_identity_arguments(p.oid)) = any ({2})
                  and not has_function_privilege(p.oid, 'execute')
                order by 1
                """,
                        DSL.val(names.fillIn("${schema}")),
                        DSL.val(manifest.names("table", "view").toArray(String[]::new)),
                        DSL.val(manifest.callable().toArray(String[]::new)))
                .map(row -> row.get(0, String.class));
    }
}
