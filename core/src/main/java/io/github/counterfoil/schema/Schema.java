package io.github.counterfoil.schema;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.SchemaMismatch;
import java.util.List;

/**
 * The tables, views and functions that Counterfoil needs. It never makes them on its own: the host calls {@link #apply()}
 * or runs {@link #files()} with its own migration tool. The first command or read of a {@code TicketService} checks that
 * they are there.
 */
public interface Schema {

    /** All files of this release, in order. Needs no database. */
    List<SchemaFile> files();

    /**
     * Applies the files that were not applied yet, all or none, under an advisory lock: of many JVMs that start at once,
     * one does it and the others wait. In a transaction of the host's it becomes part of that.
     *
     * @return the files that this call applied; empty if the schema was up to date
     * @throws SchemaMismatch if the schema was made by a newer release
     */
    List<SchemaFile> apply();

    /**
     * The SQL that sets up row-level security beside the guards: optional, and never run by Counterfoil. It is to be run in
     * one transaction, as the owner of the objects or a superuser, after the files; again after each upgrade, and whenever
     * the service's event types or its {@code AgentDisplay} change, which are written into it. Running it again changes
     * nothing else. Needs no database.
     *
     * @throws InvalidInput for a role's name that is empty, longer than 63 bytes, or holds {@code '} or {@code $}
     */
    String rowLevelSecurity(RowLevelSecurity settings);

    /**
     * Looks whether the schema is the one that this release works with.
     *
     * @return what differs, in words that name versions and objects; empty if nothing does
     */
    List<String> verify();
}
