package io.github.counterfoil.schema;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.SchemaMismatch;
import io.github.counterfoil.json.AsJson;
import java.util.List;
import java.util.OptionalInt;

/**
 * The tables, views and functions that Counterfoil needs. It never makes them on its own: the host calls {@link #apply()}
 * or runs {@link #files()} with its own migration tool. Nothing here needs a superuser.
 *
 * <p>Two releases may work on one schema at the same time. A release works with any schema that is at least its own, unless a
 * later file says that it breaks what was before it.
 */
public interface Schema {

    /** All files of this release, in order: those that are run once, then the one that is repeated. Needs no database. */
    List<SqlFile> files();

    /**
     * Runs what was not run yet, all or none, under an advisory lock: of many JVMs that start at once, one does it and the
     * others wait. In a transaction of the host's it becomes part of that; let that be READ COMMITTED, since a stricter one does
     * not see what the others did while it waited. A schema of a newer release is left as it is. Functions, triggers and
     * views that were dropped are made again.
     *
     * <p>The connection's role must own the schema, or have CREATE on the database if the schema is not there; it needs
     * REFERENCES and SELECT on a users table of the host's own. It owns what it makes: let it be a plain role, since the
     * functions run with its rights. A role that owns nothing may call this too where there is nothing to do; that takes four
     * statements, and three around them.
     *
     * @return the files that this call ran; empty if the schema was up to date
     * @throws SchemaMismatch if a newer release broke what this one works with, if the role lacks a right, which the message
     *     names, if nothing can refer to the users table that the builder names, as where its key is no {@code uuid} or not
     *     unique, if the schema was made for another users table, or if the database's encoding is not UTF8; nothing was
     *     changed then
     */
    List<SqlFile> apply();

    /**
     * Looks whether this release can work here: whether the schema is there, new enough and not broken since, made for the
     * users table that the builder names, and whether the connection's role may read its tables and call its functions, and
     * they are there. For a host that would rather not start than
     * fail at the first call. Four statements; no other use of a service looks at privileges.
     *
     * @throws SchemaMismatch if it cannot, with a code that says why
     */
    void require();

    /**
     * Compares the schema with what this release's files make: tables, columns, defaults, constraints, indexes, triggers,
     * views and functions, and names who besides the owner may create objects beside the functions, which would run them with
     * their owner's rights, and the database's encoding if that is not UTF8. It reads the catalogs and no ticket. Four statements.
     *
     * @return what is missing and what is not as it was made, by kind and name, and who may create; empty if nothing. Where a
     *     newer release has been, only what is missing
     */
    List<String> verify();

    /**
     * The tables, columns, constraints, indexes, triggers, views and functions in the schema that are not of this release, by
     * kind and name: what the host added, and what a newer release did. It is no fault. Of tables that are not Counterfoil's only the name is listed. Three statements.
     */
    List<String> additions();

    /**
     * The SQL that lets a role work with tickets without owning anything: it may read, and call the functions, which write with
     * their owner's rights. To be run by the owner once; roles that have all of it get what a later {@link #apply()} adds. Needs no
     * database.
     *
     * @param role unquoted
     * @throws InvalidInput for a name that is empty, longer than 63 bytes, or holds {@code '}, {@code $} or a control character
     */
    String grants(String role);

    /**
     * The SQL that sets up row-level security beside the guards: optional, and never run by Counterfoil. It is to be run in
     * one transaction, as a superuser or as an owner of the objects who may create roles, after the files; again after each upgrade, and whenever
     * the service's event types or its {@code AgentDisplay} change, which are written into it. Running it again changes
     * nothing else. Needs no database.
     *
     * @throws InvalidInput for a name of a role or of the customers' schema that is empty, longer than 63 bytes, or holds
     *     {@code '}, {@code $} or a control character; for two roles of one name, and for a customers' schema that is
     *     Counterfoil's own or the users' ({@code not_distinct})
     */
    String rowLevelSecurity(RowLevelSecurity settings);

    /**
     * The SQL that makes hash partitions of the tables of what belongs to tickets, by the ticket's id: optional, and never run by
     * Counterfoil. It is one statement, for the owner to run once after the files of this release. It moves the tickets that are
     * there, under a lock, and keeps indexes, triggers, foreign keys, privileges and policies; {@link #rowLevelSecurity} is to be run again after
     * it. The schema is one like others then: {@link #verify()} finds it as made, also at the partitions, and {@link #apply()}
     * brings it up to date. Needs no database.
     *
     * @param count how many of each table, from 2 to 1,024; it stays
     * @throws InvalidInput for any other number
     */
    String partitions(int count);

    /**
     * The SQL that spreads the same tables over the servers of Citus and copies people to each of them: optional, and never run by
     * Counterfoil. It is one statement, for the owner to run once on the coordinator, after the files of this release. Not
     * everything works there: {@code docs/scaling.md} says what does. Needs no database.
     *
     * @param shards of each table, from 2 to 1,024
     * @throws InvalidInput for any other number
     */
    String citus(int shards);

    /**
     * One of the SQL files, for {@link Schema#apply()} or for the host's own migration tool. The names of the schema and of the
     * users table are filled in, and it records by itself that it was run.
     *
     * @param version 1, 2, 3, … without gaps, for a file that is run once; empty for the last, which is to be run after the
     *     others, and again whenever its checksum has changed
     * @param name a word for what it does
     * @param sql to be run as it is, with nothing replaced, in one transaction; it may hold any character
     * @param checksum SHA-256 in hexadecimal, the same for every name of the schema
     */
    record SqlFile(OptionalInt version, String name, String sql, String checksum) implements AsJson {

        /**
         * The name that Flyway expects: {@code V001__counterfoil_tables.sql}, or {@code R__counterfoil_code.sql} for the one that
         * is repeated. Versions are Counterfoil's own: give them a history table of their own.
         */
        public String fileName() {
            return (version.isPresent() ? "V%03d".formatted(version.getAsInt()) : "R") + "__counterfoil_" + name
                    + ".sql";
        }

        @Override
        public String toString() {
            return "SqlFile[" + fileName() + "]";
        }
    }
}
