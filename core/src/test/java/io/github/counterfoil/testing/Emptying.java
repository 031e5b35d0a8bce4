package io.github.counterfoil.testing;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes out of a database what a test has stored in it, so that the next finds it as it was made: making one, and sessions that know the
 * schema's functions, cost more than most tests do. One of which more than rows was changed is not taken.
 */
final class Emptying {
    /** Deleted rows keep their room, so that a database grows with each test. */
    private static final long MOST_BYTES = 8 << 20;

    private static final String TABLES = " from pg_class c where c.oid >= 16384 and c.relkind in ('r', 'p')"
            + " and not c.relispartition and c.relnamespace <> 'pg_toast'::regnamespace";
    private static final String BYTES =
            "select sum(pg_relation_size(oid)) from pg_class where oid >= 16384 and relkind in ('r', 't', 'i')";

    /** Everything but rows: definitions, rights, settings, statistics and deadlocks. */
    private static final String DEFINITIONS = "select concat_ws(' ', "
            + Stream.of(
                            "attribute.attrelid",
                            "attrdef.oid",
                            "collation.oid",
                            "constraint.oid",
                            "default_acl.oid",
                            "description.objoid",
                            "event_trigger.oid",
                            "extension.oid",
                            "index.indexrelid",
                            "language.oid",
                            "largeobject_metadata.oid",
                            "namespace.oid",
                            "policy.oid",
                            "proc.oid",
                            "publication.oid",
                            "rewrite.oid",
                            "sequence.seqrelid",
                            "statistic.starelid",
                            "trigger.oid",
                            "ts_config.oid",
                            "type.oid")
                    .map(catalog -> catalog.split("\\."))
                    .map(catalog -> "(select sum(hashtextextended(c::text, 0)) from pg_" + catalog[0] + " c where c."
                            + catalog[1] + " >= 16384), ")
                    .collect(Collectors.joining())
            + "(select sum(hashtextextended(concat_ws(' ', oid, relname, relnamespace, relowner, relacl, relkind, relnatts, relchecks,"
            + " relhasrules, relrowsecurity, relforcerowsecurity, reloptions), 0)) from pg_class where oid >= 16384),"
            + " (select nspacl from pg_namespace where nspname = 'public'),"
            + " (select concat_ws(' ', d.datacl, d.datconnlimit, d.datallowconn, (select count(*) from pg_db_role_setting s"
            + " where s.setdatabase = d.oid)) from pg_database d where d.datname = current_database()),"
            + " (select count(*) from pg_prepared_xacts where database = current_database()),"
            + " (select deadlocks from pg_stat_database where datname = current_database()),"
            + " (select count(*) from pg_locks l join pg_database d on d.oid = l.database"
            + " where d.datname = current_database() and l.locktype = 'advisory'))";

    private final String definitions;
    private final String statements;

    private Emptying(String definitions, String statements) {
        this.definitions = definitions;
        this.statements = statements;
    }

    /** What makes copies of this database what it is now. */
    static Emptying to(KeptConnections template) {
        String deleting = template.query("select format('delete from %s;', c.oid::regclass)" + TABLES).stream()
                .collect(Collectors.joining());
        String rows = template
                .query(
                        "select format('insert into %1$s (%2$s) select %2$s from jsonb_populate_recordset(null::%1$s, %3$L);', t.name,"
                                + " (select string_agg(quote_ident(attname), ', ') from pg_attribute where attrelid = t.name::regclass"
                                + " and attnum > 0 and not attisdropped and attgenerated = ''), t.rows)"
                                + " from (select c.oid::regclass::text as name, (xpath('/table/row/r/text()', query_to_xml(format("
                                + "'select jsonb_agg(t) as r from %s t', c.oid::regclass), false, false, '')))[1]::text as rows"
                                + TABLES + ") t where t.rows is not null")
                .stream()
                .collect(Collectors.joining());
        String sequences = template
                .query("select format('select setval(%L, %s, %L);', format('%I.%I', schemaname, sequencename),"
                        + " coalesce(last_value, start_value), last_value is not null) from pg_sequences")
                .stream()
                .collect(Collectors.joining());
        return new Emptying(
                template.query(DEFINITIONS).get(0),
                "set local session_replication_role = replica;" + deleting + rows + sequences);
    }

    /** Whether a copy is now as it was made, which it is not if it was changed otherwise than by storing rows. */
    boolean of(KeptConnections copy) {
        if (Long.parseLong(copy.query(BYTES).get(0)) > MOST_BYTES
                || !copy.query(DEFINITIONS).get(0).equals(definitions)) {
            return false;
        }
        copy.execute(statements);
        return true;
    }
}
