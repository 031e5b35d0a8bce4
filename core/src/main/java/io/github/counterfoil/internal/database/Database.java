package io.github.counterfoil.internal.database;

import io.github.counterfoil.error.CounterfoilException;
import io.github.counterfoil.error.DatabaseFailure;
import io.github.counterfoil.error.OutcomeUnknown;
import io.github.counterfoil.error.Unavailable;
import io.github.counterfoil.spi.ConnectionSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.MappedSchema;
import org.jooq.conf.RenderMapping;
import org.jooq.conf.Settings;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConfiguration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one statement a call on a connection of the source, and never begins, commits or rolls back anything. What JDBC
 * throws becomes one of Counterfoil's exceptions here.
 */
public final class Database {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final int MAX_TRIES = 4;

    private final ConnectionSource source;
    private final Names names;
    private final Configuration configuration;
    private final SchemaCheck schemaCheck;

    /** Looks on the first use whether the schema fits. */
    public interface SchemaCheck {
        void run(DSLContext dsl);
    }

    public Database(ConnectionSource source, Names names, SchemaCheck schemaCheck) {
        this(source, names, configuration(names), once(schemaCheck));
    }

    private Database(ConnectionSource source, Names names, Configuration configuration, SchemaCheck schemaCheck) {
        this.source = source;
        this.names = names;
        this.configuration = configuration;
        this.schemaCheck = schemaCheck;
    }

    /** The same database on another source of connections; what was checked stays checked. */
    public Database on(ConnectionSource other) {
        return new Database(other, names, configuration, schemaCheck);
    }

    public Names names() {
        return names;
    }

    /** Runs a statement that may be sent again if concurrency rolled it back, but not if the connection was lost. */
    public <T> T run(Function<DSLContext, T> statement) {
        for (int attempt = 1; ; attempt++) {
            Attempt<T> result = attempt(statement);
            if (!result.repeatable() || attempt == MAX_TRIES) {
                return result.get();
            }
        }
    }

    /** Runs a command that stores nothing twice under its id, so that it is also sent again if the connection was lost. */
    public <T> T command(UUID commandId, Function<DSLContext, T> statement) {
        boolean lost = false;
        for (int attempt = 1; ; attempt++) {
            Attempt<T> result = attempt(statement);
            if (lost && (result.failure instanceof Unavailable)) {
                throw new OutcomeUnknown(commandId);
            }
            lost |= result.connectionLost;
            if (!(result.repeatable() || result.connectionLost) || attempt == MAX_TRIES) {
                return result.get();
            }
        }
    }

    /** A connection of the source for work of several statements; what it throws is translated. */
    public <T> T withConnection(Work<T> work) {
        try {
            Connection connection = source.open();
            try {
                return work.run(connection);
            } finally {
                source.release(connection);
            }
        } catch (SQLException e) {
            throw SqlErrors.translate(e);
        }
    }

    /** Work on one connection. */
    public interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    /** jOOQ on a connection, in the host's schema. */
    public DSLContext dsl(Connection connection) {
        return DSL.using(configuration.derive().set(connection));
    }

    private <T> Attempt<T> attempt(Function<DSLContext, T> statement) {
        Connection connection;
        try {
            connection = source.open();
        } catch (SQLException e) {
            return Attempt.failed(SqlErrors.translate(e), false, false);
        }
        boolean own = false;
        try {
            own = connection.getAutoCommit();
            DSLContext dsl = dsl(connection);
            schemaCheck.run(dsl);
            return Attempt.succeeded(statement.apply(dsl));
        } catch (DataAccessException e) {
            SQLException cause = e.getCause(SQLException.class);
            if (cause == null) {
                throw unreadable(e);
            }
            return failed(cause, own);
        } catch (SQLException e) {
            return failed(e, own);
        } catch (CounterfoilException e) {
            throw e;
        } catch (RuntimeException e) {
            throw unreadable(e);
        } finally {
            release(connection);
        }
    }

    /** What could not be made of an answer may be quoted in the exception that says so: only where it happened is kept. */
    private static DatabaseFailure unreadable(RuntimeException e) {
        DatabaseFailure failure = new DatabaseFailure("XX001");
        failure.setStackTrace(e.getStackTrace());
        return failure;
    }

    private static <T> Attempt<T> failed(SQLException e, boolean own) {
        // Inside a host's transaction nothing is repeated: PostgreSQL has already given the transaction up.
        return Attempt.failed(
                SqlErrors.translate(e),
                own && SqlErrors.rolledBackByConcurrency(e),
                own && SqlErrors.connectionLost(e));
    }

    private void release(Connection connection) {
        try {
            source.release(connection);
        } catch (SQLException e) {
            LOG.warn("a connection could not be released (SQLSTATE {})", e.getSQLState());
        }
    }

    private static SchemaCheck once(SchemaCheck check) {
        AtomicBoolean passed = new AtomicBoolean();
        return dsl -> {
            if (!passed.get()) {
                check.run(dsl);
                passed.set(true);
            }
        };
    }

    private static Configuration configuration(Names names) {
        Settings settings = new Settings()
                .withRenderMapping(new RenderMapping()
                        .withSchemata(
                                new MappedSchema().withInput("counterfoil").withOutput(names.schema())))
                .withRenderCatalog(false)
                .withExecuteLogging(false);
        return new DefaultConfiguration().set(SQLDialect.POSTGRES).set(settings).set(new NoTransactions());
    }

    private record Attempt<T>(
            @Nullable T value, @Nullable CounterfoilException failure, boolean repeatable, boolean connectionLost) {

        static <T> Attempt<T> succeeded(T value) {
            return new Attempt<>(value, null, false, false);
        }

        static <T> Attempt<T> failed(CounterfoilException failure, boolean repeatable, boolean connectionLost) {
            return new Attempt<>(null, failure, repeatable, connectionLost);
        }

        T get() {
            if (failure != null) {
                throw failure;
            }
            return Objects.requireNonNull(value);
        }
    }
}
