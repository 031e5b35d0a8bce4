package io.github.counterfoil.internal.database;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.OutcomeUnknown;
import io.github.counterfoil.spi.ConnectionSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
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
    private static final int MOST_TEXTS = 500;

    private final ConnectionSource source;
    private final Names names;
    private final Configuration configuration;
    private final SchemaCheck schemaCheck;
    private final AtomicBoolean schemaPassed;
    private final Map<Object, SqlText> texts;
    private final Duration deadline;
    private final boolean durable;
    private final @Nullable Replica replica;
    private final @Nullable Tries tries;

    /** Looks on the first use whether the schema fits. */
    public interface SchemaCheck {
        void run(DSLContext dsl);
    }

    /** The same, by the names of the parameters. */
    public interface NamedValues {
        Map<String, ?> in(Frame frame);
    }

    /** Several statements on one connection. */
    public interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    /** Calls on a database that shares the connection's transaction. */
    public interface Together<T> {
        T run(Database joined, Connection connection) throws SQLException;
    }

    /** One call of a function that writes. */
    public interface Writing<T> {
        T run(DSLContext dsl, Frame frame);
    }

    /** The values of such a call, for the places of its text, in their order. */
    public interface Values {
        List<@Nullable Object> in(Frame frame);
    }

    public Database(ConnectionSource source, Names names, SchemaCheck schemaCheck) {
        this(
                source,
                names,
                configuration(names),
                schemaCheck,
                new AtomicBoolean(),
                new ConcurrentHashMap<>(),
                Deadline.STANDARD,
                true,
                null,
                null);
    }

    private Database(
            ConnectionSource source,
            Names names,
            Configuration configuration,
            SchemaCheck schemaCheck,
            AtomicBoolean schemaPassed,
            Map<Object, SqlText> texts,
            Duration deadline,
            boolean durable,
            @Nullable Replica replica,
            @Nullable Tries tries) {
        this.source = source;
        this.names = names;
        this.configuration = configuration;
        this.schemaCheck = schemaCheck;
        this.schemaPassed = schemaPassed;
        this.texts = texts;
        this.deadline = deadline;
        this.durable = durable;
        this.replica = replica;
        this.tries = tries;
    }

    /** The same database on another source of connections; what was checked stays checked. */
    public Database on(ConnectionSource other) {
        return new Database(
                other, names, configuration, schemaCheck, schemaPassed, texts, deadline, durable, null, tries);
    }

    /** The same database, whose {@link #reads} a replica may answer. */
    public Database late(@Nullable Replica replica) {
        return new Database(
                source, names, configuration, schemaCheck, schemaPassed, texts, deadline, durable, replica, tries);
    }

    /**
     * The same database, whose calls end within a time.
     *
     * @throws InvalidInput for what is no length of time from a millisecond to a day
     */
    public Database within(Duration time) {
        return new Database(
                source,
                names,
                configuration,
                schemaCheck,
                schemaPassed,
                texts,
                Deadline.checked(time),
                durable,
                replica,
                tries);
    }

    /** The same database, whose commits are as durable as the connection says. */
    public Database asDurableAsSet() {
        return new Database(
                source, names, configuration, schemaCheck, schemaPassed, texts, deadline, false, replica, tries);
    }

    /** The same database, whose tries are counted; null for not. */
    public Database counted(@Nullable Tries counting) {
        return new Database(
                source, names, configuration, schemaCheck, schemaPassed, texts, deadline, durable, replica, counting);
    }

    /** For what is done within one try, which counts once. */
    private Database inside(ConnectionSource connection) {
        return on(connection).counted(null);
    }

    public Names names() {
        return names;
    }

    /** Runs a statement that changes nothing. It is sent again after a conflict and after a lost connection. */
    public <T> T read(Function<DSLContext, T> statement) {
        return run(false, false, null, (connection, frame) -> statement.apply(dsl(connection)));
    }

    /** The same with statements whose texts are known, and without jOOQ. They share a connection and the deadline. */
    public <T> T reads(Function<Reads, T> statements) {
        Deadline limit = Deadline.in(deadline);
        if (replica != null && schemaPassed.get() && replica.mayAnswer(source)) {
            // Whatever it refuses it may not know yet, and what it fails at the primary may not: only an answer counts.
            Attempt<T> answer = attempt(
                    replica.source(),
                    false,
                    false,
                    Deadline.in(deadline.dividedBy(2)),
                    session -> statements.apply(new Reads(session.connection())));
            if (answer.failure() == null) {
                replica.answered();
                return answer.get();
            }
            replica.failed(answer.failure());
            repeated();
        }
        return run(limit, false, false, null, (connection, frame) -> statements.apply(new Reads(connection)));
    }

    /**
     * The text of a statement, built on its first use: making it anew each time would cost more than all else that a call does.
     * There are more shapes of queries than memory is given to: beyond so many texts, new ones are made each time.
     *
     * @param shape what the text depends on, of a type of its own
     */
    public SqlText text(Object shape, Supplier<Query> query) {
        SqlText made = texts.get(shape);
        if (made != null) {
            return made;
        }
        return texts.size() < MOST_TEXTS
                ? texts.computeIfAbsent(shape, first -> SqlText.of(configuration, query.get()))
                : SqlText.of(configuration, query.get());
    }

    /**
     * Runs a statement that writes, and that does nothing twice by its nature. It is sent again after a conflict and after a lost
     * connection.
     */
    public <T> T write(Writing<T> statement) {
        return run(true, false, null, written(statement));
    }

    /** Runs a command that stores nothing twice under its id, so that it is also sent again if it may have been stored. */
    public <T> T command(UUID commandId, Writing<T> statement) {
        return run(true, false, commandId, written(statement));
    }

    /** The same with a statement whose text is known, and without jOOQ. */
    public <T> T command(UUID commandId, SqlText sql, Values values, Function<Rows, T> reader) {
        return command(commandId, sql, reader, (statement, frame) -> sql.bind(statement, values.in(frame)));
    }

    /** The same with values by the names of the parameters. */
    public <T> T namedCommand(UUID commandId, SqlText sql, NamedValues values, Function<Rows, T> reader) {
        return command(commandId, sql, reader, (statement, frame) -> sql.bind(statement, values.in(frame)));
    }

    private interface Binding {
        void bind(PreparedStatement statement, Frame frame) throws SQLException;
    }

    private <T> T command(UUID commandId, SqlText sql, Function<Rows, T> reader, Binding binding) {
        return run(true, false, commandId, (connection, frame) -> {
            try (PreparedStatement statement = connection.prepareStatement(sql.text())) {
                binding.bind(statement, frame);
                try (ResultSet rows = statement.executeQuery()) {
                    return reader.apply(new Rows(rows));
                }
            }
        });
    }

    /**
     * The same in a transaction at READ COMMITTED, whatever the connection's own level is: it sees what was committed while it
     * waited. A host's transaction keeps its level.
     */
    public <T> T settledCommand(UUID commandId, Writing<T> statement) {
        return run(true, true, commandId, written(statement));
    }

    private <T> Call<T> written(Writing<T> statement) {
        return (connection, frame) -> statement.run(dsl(connection), frame);
    }

    /** Several statements that change nothing, without a look at the schema before them. */
    public <T> T reading(Function<DSLContext, T> statements) {
        Deadline limit = Deadline.in(deadline);
        return attempt(source, false, false, limit, session -> statements.apply(dsl(session.connection())))
                .get();
    }

    /**
     * Calls that change nothing, and that see what was there when the first of them began, each with the deadline for itself. In a
     * transaction of the host's they see what its level lets them.
     */
    public <T> T atOneMoment(Function<Database, T> calls) {
        return attempt(source, false, true, Deadline.never(), session -> {
                    session.seeOneMoment();
                    try (Moment moment = new Moment(session.connection())) {
                        return calls.apply(inside(moment));
                    }
                })
                .get();
    }

    /**
     * Several statements as one, without a look at the schema before them: all are stored or none. They join the host's
     * transaction, or are committed at the end. They take the time that they need.
     */
    public <T> T transaction(Work<T> work) {
        Attempt<T> result = attempt(source, true, true, Deadline.never(), session -> {
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

    /**
     * Calls of one transaction and what a host does in between: all are stored or none, also if the host catches what they throw and
     * commits a transaction of its own. It takes the time that it needs.
     */
    public <T> T together(Together<T> calls) {
        Attempt<T> result = attempt(source, true, true, Deadline.never(), session -> {
            session.seeWhatOthersCommit();
            return session.isHosts() ? undoneIfThrown(session, calls) : run(session, calls);
        });
        if (result.maybeStored()) {
            throw new OutcomeUnknown(null);
        }
        return result.get();
    }

    private <T> T run(Session session, Together<T> calls) throws SQLException {
        T value = calls.run(inside(new HostConnection(session.connection())), session.connection());
        session.requireUsable();
        return value;
    }

    private <T> T undoneIfThrown(Session session, Together<T> calls) throws SQLException {
        session.beginUndoable();
        try {
            T value = run(session, calls);
            session.keep();
            return value;
        } catch (Throwable e) {
            try {
                session.undo();
            } catch (SQLException lost) {
                // The host has ended its transaction, or the connection is gone: nothing is left to undo.
                e.addSuppressed(lost);
            }
            throw e;
        }
    }

    /** jOOQ on a connection, in the host's schema. */
    public DSLContext dsl(Connection connection) {
        return DSL.using(configuration.derive().set(connection));
    }

    private interface Call<T> {
        T run(Connection connection, Frame frame) throws SQLException;
    }

    private <T> T run(boolean writes, boolean settled, @Nullable UUID commandId, Call<T> call) {
        return run(Deadline.in(deadline), writes, settled, commandId, call);
    }

    private <T> T run(Deadline limit, boolean writes, boolean settled, @Nullable UUID commandId, Call<T> call) {
        Pauses pauses = new Pauses(limit);
        boolean maybeStored = false;
        boolean lost = false;
        while (true) {
            Attempt<T> result = attempt(source, writes, settled, limit, session -> {
                if (settled) {
                    session.seeWhatOthersCommit();
                }
                if (!schemaPassed.get()) {
                    schemaCheck.run(dsl(session.connection()));
                    schemaPassed.set(true);
                }
                session.beginCall();
                return call.run(
                        session.connection(), new Frame(Math.max(1, limit.millisLeft()), durable, session.isHosts()));
            });
            if (result.failure() == null) {
                return result.get();
            }
            maybeStored |= result.maybeStored();
            lost |= result.next() == Attempt.Next.AGAIN_ELSEWHERE;
            if (!result.next().isWorthIt(lost) || !pauses.next()) {
                if (maybeStored) {
                    throw new OutcomeUnknown(commandId);
                }
                return result.get();
            }
            repeated();
        }
    }

    private void repeated() {
        if (tries != null) {
            tries.repeated();
        }
    }

    private interface SessionWork<T> {
        T run(Session session) throws SQLException;
    }

    private <T> Attempt<T> attempt(
            ConnectionSource from, boolean writes, boolean together, Deadline limit, SessionWork<T> work) {
        if (tries != null) {
            tries.tried();
        }
        Session opened;
        try {
            opened = Session.open(from);
        } catch (SQLException | RuntimeException e) {
            return Attempt.failed(SqlErrors.unopened(e, false), Attempt.Next.IF_LOST_BEFORE, false);
        }
        try (Session session = opened) {
            try {
                session.prepare(writes, together);
                session.limit(limit);
            } catch (SQLException | RuntimeException e) {
                return Attempt.failed(
                        SqlErrors.unopened(e, session.isHosts()),
                        session.isHosts() ? Attempt.Next.NOTHING : Attempt.Next.IF_LOST_BEFORE,
                        false);
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
        Attempt.Next next = !session.isRepeatable()
                ? Attempt.Next.NOTHING
                : lost
                        ? Attempt.Next.AGAIN_ELSEWHERE
                        : SqlErrors.rolledBackByConcurrency(e) ? Attempt.Next.AGAIN : Attempt.Next.NOTHING;
        return Attempt.failed(SqlErrors.thrown(e, session.isHosts()), next, writes && lost && session.mayHaveStored());
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
}
