package io.github.counterfoil.internal.database;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.internal.validation.Faults;
import io.github.counterfoil.internal.validation.Problem;
import io.github.counterfoil.internal.validation.TextRules;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

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
        Faults faults = new Faults();
        faults.add("schema", problem(schema));
        faults.add("users_schema", problem(usersSchema));
        faults.add("users_table", problem(usersTable));
        faults.add("users_key", problem(usersKey));
        faults.throwIfAny();
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
        return checked(field, problem(name), name);
    }

    /**
     * A role's name as an identifier of SQL.
     *
     * @throws InvalidInput for one that cannot be one
     */
    public static String role(String field, String name) {
        return checked(field, roleProblem(name), name);
    }

    private static String checked(String field, @Nullable Problem problem, String name) {
        if (problem != null) {
            throw new InvalidInput(field, problem.code(), problem.limit());
        }
        return quoted(name);
    }

    /** Beside those of any name: {@code public} means everybody, even in quotes. */
    public static @Nullable Problem roleProblem(@Nullable String name) {
        return "public".equals(name) ? Problem.of("reserved") : problem(name);
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** What makes a name one that cannot be an identifier, or that the files cannot hold; null if nothing. */
    public static @Nullable Problem problem(@Nullable String name) {
        if (name == null) {
            return Problem.of("required");
        }
        if (name.isEmpty() || name.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            return Problem.of("length", name.isEmpty() ? 1 : MAX_BYTES);
        }
        // They would end the literal, the function body or the comment in which a file has the name.
        if (name.indexOf('\'') >= 0 || name.indexOf('$') >= 0 || name.chars().anyMatch(Character::isISOControl)) {
            return Problem.of("invalid");
        }
        return TextRules.unstorable(name);
    }
}
