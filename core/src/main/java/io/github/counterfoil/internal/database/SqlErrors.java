package io.github.counterfoil.internal.database;

import io.github.counterfoil.error.CounterfoilException;
import io.github.counterfoil.error.DatabaseFailure;
import io.github.counterfoil.error.TransactionAborted;
import io.github.counterfoil.error.Unavailable;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a SQLSTATE means to a caller (https://www.postgresql.org/docs/current/errcodes-appendix.html). Only the SQLSTATE is
 * read, and what names objects for the log: the message and its DETAIL may hold the row.
 */
final class SqlErrors {
    private static final Logger LOG = LoggerFactory.getLogger(SqlErrors.class);
    private static final String NO_STATE = "08000";
    private static final int MAX_CAUSES = 20;
    private static final Set<String> BUSY = Set.of("40001", "40P01", "55P03");
    /** The connection has ended; or, as a pooler may say with 40003, whether the statement was completed is not known. */
    private static final Set<String> LOST =
            Set.of("25P03", "25P04", "40003", "57P01", "57P02", "57P03", "57P04", "57P05");

    private SqlErrors() {}

    /**
     * What was thrown before anything could be sent. No value has been near it: what is no error of a database is the host's
     * own, and stays as it is.
     */
    static RuntimeException unopened(Exception e, boolean hosts) {
        if (e instanceof RuntimeException own && sqlExceptionIn(e).isEmpty()) {
            return own;
        }
        return translate(stateIn(e), e, hosts, state -> new Unavailable("database.refused", state, hosts));
    }

    /** What was thrown while statements ran; an answer that cannot be read is a failure of SQLSTATE {@code XX001}. */
    static CounterfoilException thrown(Exception e, boolean hosts) {
        if (e instanceof CounterfoilException typed) {
            return typed;
        }
        return sqlExceptionIn(e).isPresent() ? translate(stateIn(e), e, hosts, DatabaseFailure::new) : unreadable(e);
    }

    /** Whether PostgreSQL rolled the statement back for a reason that may be gone at once. */
    static boolean rolledBackByConcurrency(Exception e) {
        String state = stateIn(e);
        return state.equals("40001") || state.equals("40P01");
    }

    /** Whether nobody knows what became of the statement. */
    static boolean connectionLost(Exception e) {
        Optional<SQLException> sql = sqlExceptionIn(e);
        return sql.isPresent() && isLost(stateIn(e)) && !neverOpened(sql.get());
    }

    /** Whether nobody knows what became of a commit that threw this: unless PostgreSQL said that it refused. */
    static boolean leavesCommitOpen(Exception e) {
        return sqlExceptionIn(e).isEmpty() || isLost(stateIn(e));
    }

    /** The first SQLSTATE that the exception or a cause of it has. */
    static String stateIn(Exception e) {
        return sqlExceptions(e)
                .flatMap(sql -> Stream.ofNullable(sql.getSQLState()))
                .findFirst()
                .orElse(NO_STATE);
    }

    private static CounterfoilException translate(
            String state, Exception e, boolean hosts, Function<String, CounterfoilException> otherwise) {
        if (BUSY.contains(state)) {
            return new Unavailable("database.busy", state, hosts);
        }
        if (isLost(state)) {
            return new Unavailable("database.unreachable", state, hosts);
        }
        return switch (state) {
            case "57014" -> new Unavailable("database.timeout", state, hosts);
            case "25006" -> new Unavailable("database.read_only", state, hosts);
            case "25P02" -> new TransactionAborted();
            default -> {
                if (state.startsWith("53")) {
                    yield new Unavailable("database.exhausted", state, hosts);
                }
                LOG.warn("PostgreSQL refused a statement: SQLSTATE {}{}", state, ServerReport.of(causes(e)));
                // A connection that was opened late, by a proxy.
                yield state.startsWith("28") || state.equals("3D000")
                        ? new Unavailable("database.refused", state, hosts)
                        : otherwise.apply(state);
            }
        };
    }

    /** What could not be made of an answer may be quoted in the exception that says so: only where it happened is kept. */
    private static DatabaseFailure unreadable(Exception e) {
        DatabaseFailure failure = new DatabaseFailure("XX001");
        failure.setStackTrace(e.getStackTrace());
        LOG.warn(
                "an answer could not be read: {} (SQLSTATE XX001)", e.getClass().getName());
        return failure;
    }

    /** Whether a pool behind a proxy had no connection to give when the first statement came: nothing was sent. */
    private static boolean neverOpened(SQLException e) {
        return e instanceof SQLTransientConnectionException
                && (e.getSQLState() == null || e.getSQLState().equals("08001"));
    }

    private static boolean isLost(String state) {
        return state.startsWith("08") || LOST.contains(state);
    }

    private static Optional<SQLException> sqlExceptionIn(Exception e) {
        return sqlExceptions(e).findFirst();
    }

    private static Stream<SQLException> sqlExceptions(Exception e) {
        return causes(e).filter(SQLException.class::isInstance).map(SQLException.class::cast);
    }

    private static Stream<Throwable> causes(Exception e) {
        return Stream.<Throwable>iterate(e, cause -> cause != null, Throwable::getCause)
                .limit(MAX_CAUSES);
    }
}
