package io.github.counterfoil.internal.database;

import io.github.counterfoil.error.CounterfoilException;
import io.github.counterfoil.error.DatabaseFailure;
import io.github.counterfoil.error.TransactionAborted;
import io.github.counterfoil.error.Unavailable;
import java.sql.SQLException;
import java.util.Set;

/**
 * What a SQLSTATE means to a caller (https://www.postgresql.org/docs/current/errcodes-appendix.html). Only the SQLSTATE is
 * read: the message and its DETAIL may hold the row.
 */
final class SqlErrors {
    private static final Set<String> BUSY = Set.of("40001", "40P01", "55P03");
    private static final Set<String> CONNECTION_ENDED = Set.of("25P03", "57P01", "57P02", "57P03", "57P05");

    private SqlErrors() {}

    static CounterfoilException translate(SQLException e) {
        String state = stateOf(e);
        if (BUSY.contains(state)) {
            return new Unavailable("database.busy", state);
        }
        if (connectionLost(e)) {
            return new Unavailable("database.unreachable", state);
        }
        return switch (state) {
            case "57014" -> new Unavailable("database.timeout", state);
            case "25006" -> new Unavailable("database.read_only", state);
            case "25P02" -> new TransactionAborted();
            default ->
                state.startsWith("53") ? new Unavailable("database.exhausted", state) : new DatabaseFailure(state);
        };
    }

    /** Whether PostgreSQL rolled the statement back for a reason that may be gone at once. */
    static boolean rolledBackByConcurrency(SQLException e) {
        return stateOf(e).equals("40001") || stateOf(e).equals("40P01");
    }

    /** Whether nobody knows what became of the statement. */
    static boolean connectionLost(SQLException e) {
        String state = stateOf(e);
        return state.startsWith("08") || CONNECTION_ENDED.contains(state);
    }

    private static String stateOf(SQLException e) {
        return e.getSQLState() == null ? "08000" : e.getSQLState();
    }
}
