package io.github.counterfoil.schema;

import java.util.OptionalInt;

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
public record SchemaFile(OptionalInt version, String name, String sql, String checksum) {

    /**
     * The name that Flyway expects: {@code V001__counterfoil_tables.sql}, or {@code R__counterfoil_code.sql} for the one that
     * is repeated. Versions are Counterfoil's own: give them a history table of their own.
     */
    public String fileName() {
        return (version.isPresent() ? "V%03d".formatted(version.getAsInt()) : "R") + "__counterfoil_" + name + ".sql";
    }

    @Override
    public String toString() {
        return "SchemaFile[" + fileName() + "]";
    }
}
