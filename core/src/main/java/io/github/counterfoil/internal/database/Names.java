package io.github.counterfoil.internal.database;

import io.github.counterfoil.error.InvalidInput;
import java.nio.charset.StandardCharsets;

/**
 * What the host calls things: the schema of Counterfoil's objects, and the table of users with its key.
 *
 * @param schema unquoted
 * @param usersSchema unquoted
 * @param usersTable unquoted
 * @param usersKey unquoted
 */
public record Names(String schema, String usersSchema, String usersTable, String usersKey) {
    private static final int MAX_BYTES = 63;

    public static final Names DEFAULT = new Names("counterfoil", "auth", "users", "id");

    public Names {
        check("schema", schema);
        check("users_schema", usersSchema);
        check("users_table", usersTable);
        check("users_key", usersKey);
    }

    public Names withSchema(String name) {
        return new Names(name, usersSchema, usersTable, usersKey);
    }

    public Names withUsers(String schemaOfUsers, String table, String key) {
        return new Names(schema, schemaOfUsers, table, key);
    }

    /** The SQL with the names filled in, each quoted. */
    public String fillIn(String sql) {
        return sql.replace("${schema}", quoted(schema))
                .replace("${users_schema}", quoted(usersSchema))
                .replace("${users}", quoted(usersSchema) + "." + quoted(usersTable))
                .replace("${users_id}", quoted(usersKey));
    }

    /**
     * A name as an identifier of SQL.
     *
     * @throws InvalidInput for one that cannot be one, or that the files cannot hold
     */
    public static String identifier(String field, String name) {
        check(field, name);
        return quoted(name);
    }

    /**
     * A role's name as an identifier of SQL.
     *
     * @throws InvalidInput for one that cannot be one, and for {@code public}, which means everybody even in quotes
     */
    public static String role(String field, String name) {
        if (name.equals("public")) {
            throw new InvalidInput(field, "reserved", null);
        }
        return identifier(field, name);
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static void check(String field, String name) {
        if (name.isEmpty() || name.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new InvalidInput(field, "length", (long) MAX_BYTES);
        }
        // They would end the literal, the function body or the comment in which a file has the name.
        if (name.indexOf('\'') >= 0 || name.indexOf('$') >= 0 || name.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidInput(field, "invalid", null);
        }
    }
}
