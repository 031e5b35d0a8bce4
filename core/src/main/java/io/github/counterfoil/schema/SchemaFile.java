package io.github.counterfoil.schema;

/**
 * One of the SQL files, for {@link Schema#apply()} or for the host's own migration tool.
 *
 * @param version 1, 2, 3, … without gaps
 * @param name the file's name without version and ending
 * @param sql with the schema's and the users table's names filled in; it records its version itself
 * @param checksum SHA-256 of the file in hexadecimal, the same for every name of the schema
 */
public record SchemaFile(int version, String name, String sql, String checksum) {
    @Override
    public String toString() {
        return "SchemaFile[" + version + " " + name + "]";
    }
}
