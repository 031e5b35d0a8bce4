package io.github.counterfoil.internal.database;

import io.github.counterfoil.error.OutcomeUnknown;
import io.github.counterfoil.spi.ConnectionSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.Query;
import org.jooq.SQLDialect;
import org.jooq.conf.MappedSchema;
import org.jooq.conf.RenderMapping;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Runs a call's one statement, or the several of one transaction, on a connection of the source. Whose transaction that is
 * decides a {@link Session}; a host's is never ended here. What is thrown becomes one of Counterfoil's exceptions, unless it
 * is the host's own.
 *
 * <p>A call that failed for a reason that may be gone at once is repeated after a pause, but not inside a host's transaction:
 * PostgreSQL has already given that up.
 */
public final class Database {
    private final ConnectionSource source;
    private final Names names;
    private final Configuration configuration;
    private final SchemaCheck schemaCheck;
    private final AtomicBoolean schemaPassed;

    /** Looks on the first use whether the schema fits. */
    public interface SchemaCheck {
        void run(DSLContext dsl);
    }

    /** One statement or several on one connection. */
    public interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    private enum Kind {
        READ,
        WRITE,
        /** A write that stores nothing twice under its id. */
        COMMAND
    }

    public Database(ConnectionSource source, Names names, SchemaCheck schemaCheck) {
        this(source, names, configuration(names), schemaCheck, new AtomicBoolean());
    }

    private Database(
            ConnectionSource source,
            Names names,
            Configuration configuration,
            SchemaCheck schemaCheck,
            AtomicBoolean schemaPassed) {
        this.source = source;
        this.names = names;
        this.configuration = configuration;
        this.schemaCheck = schemaCheck;
        this.schemaPassed = schemaPassed;
    }

    /** The same database on another source of connections; what was checked stays checked. */
    public Database on(ConnectionSource other) {
        return new Database(other, names, configuration, schemaCheck, schemaPassed);
    }

    public Names names() {
        return names;
    }

    /** Runs a statement that changes nothing. It is sent again after a conflict and after a lost connection. */
    public <T> T read(Function<DSLContext, T> statement) {
        return run(Kind.READ, null, connection -> statement.apply(dsl(connection)));
    }

    /** Runs a statement that writes. It is sent again after a conflict, and not if it may have been stored. */
    public <T> T write(Function<DSLContext, T> statement) {
        return run(Kind.WRITE, null, connection -> statement.apply(dsl(connection)));
    }

    /** Runs a command that stores nothing twice under its id, so that it is also sent again if it may have been stored. */
    public <T> T command(UUID commandId, Function<DSLContext, T> statement) {
        return run(Kind.COMMAND, commandId, connection -> statement.apply(dsl(connection)));
    }

    /** The same without jOOQ, for statements whose text is known. */
    public <T> T plainCommand(UUID commandId, Work<T> statement) {
        return run(Kind.COMMAND, commandId, statement);
    }

    /** The text of a statement, with a {@code ?} for each value. */
    public String text(Query query) {
        return DSL.using(configuration).render(query);
    }

    /** Several statements that change nothing, without a look at the schema before them. */
    public <T> T reading(Work<T> work) {
        return attempt(false, false, session -> work.run(session.connection())).get();
    }

    /**
     * Several statements as one, without a look at the schema before them: all are stored or none. They join the host's
     * transaction, or are committed at the end.
     */
    public <T> T transaction(Work<T> work) {
        Attempt<T> result = attempt(true, true, session -> {
            session.seeWhatOthersCommit();
            T value = work.run(session.connection());
            session.requireUsable();
            return value;
        });
        if (result.maybeStored()) {
            throw new OutcomeUnknown(null);
        }
        return result.get();
    }

    /** jOOQ on a connection, in the host's schema. */
    public DSLContext dsl(Connection connection) {
        return DSL.using(configuration.derive().set(connection));
    }

    private <T> T run(Kind kind, @Nullable UUID commandId, Work<T> statement) {
        Pauses pauses = new Pauses();
        boolean maybeStored = false;
        while (true) {
            Attempt<T> result = attempt(kind != Kind.READ, false, session -> {
                if (!schemaPassed.get()) {
                    schemaCheck.run(dsl(session.connection()));
                    schemaPassed.set(true);
                }
                session.beginCall();
                return statement.run(session.connection());
            });
            if (result.failure() == null) {
                return result.get();
            }
            maybeStored |= result.maybeStored();
            boolean again = result.passes() && (kind == Kind.COMMAND || !maybeStored);
            if (!again || !pauses.next()) {
                if (maybeStored) {
                    throw new OutcomeUnknown(commandId);
                }
                return result.get();
            }
        }
    }

    private interface SessionWork<T> {
        T run(Session session) throws SQLException;
    }

    private <T> Attempt<T> attempt(boolean writes, boolean together, SessionWork<T> work) {
        Session opened;
        try {
            opened = Session.open(source);
        } catch (SQLException | RuntimeException e) {
            return Attempt.failed(SqlErrors.unopened(e, false), false, false);
        }
        try (Session session = opened) {
            try {
                session.prepare(writes, together);
            } catch (SQLException | RuntimeException e) {
                return Attempt.failed(SqlErrors.unopened(e, session.isHosts()), false, false);
            }
            try {
                T value = work.run(session);
                session.commit();
                return Attempt.succeeded(value);
            } catch (SQLException | RuntimeException e) {
                return failed(e, session, writes);
            }
        }
    }

    private static <T> Attempt<T> failed(Exception e, Session session, boolean writes) {
        boolean lost = session.isCommitting() ? SqlErrors.leavesCommitOpen(e) : SqlErrors.connectionLost(e);
        return Attempt.failed(
                SqlErrors.thrown(e, session.isHosts()),
                session.isRepeatable() && (lost || SqlErrors.rolledBackByConcurrency(e)),
                writes && lost && session.mayHaveStored());
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

    /**
     * One try.
     *
     * @param passes whether the reason of the failure may be gone at once, and the try may be repeated
     * @param maybeStored whether nobody knows if the try stored something
     */
    private record Attempt<T>(
            @Nullable T value, @Nullable RuntimeException failure, boolean passes, boolean maybeStored) {

        static <T> Attempt<T> succeeded(T value) {
            return new Attempt<>(value, null, false, false);
        }

        static <T> Attempt<T> failed(RuntimeException failure, boolean passes, boolean maybeStored) {
            return new Attempt<>(null, failure, passes, maybeStored);
        }

        T get() {
            if (failure != null) {
                throw failure;
            }
            return Objects.requireNonNull(value);
        }
    }
}
