package io.github.counterfoil;

import io.github.counterfoil.change.Changes;
import io.github.counterfoil.change.SearchIndex;
import io.github.counterfoil.desk.AdminDesk;
import io.github.counterfoil.desk.AgentDesk;
import io.github.counterfoil.desk.AttachmentSweep;
import io.github.counterfoil.desk.Automation;
import io.github.counterfoil.desk.CustomerDesk;
import io.github.counterfoil.document.Documents;
import io.github.counterfoil.error.CounterfoilException;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.OutcomeUnknown;
import io.github.counterfoil.error.SchemaMismatch;
import io.github.counterfoil.error.TicketNotFound;
import io.github.counterfoil.error.Unavailable;
import io.github.counterfoil.event.CustomEventType;
import io.github.counterfoil.imports.Imports;
import io.github.counterfoil.internal.change.PostgresChanges;
import io.github.counterfoil.internal.change.PostgresSearchIndex;
import io.github.counterfoil.internal.command.KeptFiles;
import io.github.counterfoil.internal.command.ServiceContext;
import io.github.counterfoil.internal.command.TicketLimit;
import io.github.counterfoil.internal.database.DataSourceConnections;
import io.github.counterfoil.internal.database.Database;
import io.github.counterfoil.internal.database.Deadline;
import io.github.counterfoil.internal.database.DeclaredConnections;
import io.github.counterfoil.internal.database.HostConnection;
import io.github.counterfoil.internal.database.Names;
import io.github.counterfoil.internal.database.Replica;
import io.github.counterfoil.internal.desk.PostgresAdminDesk;
import io.github.counterfoil.internal.desk.PostgresAgentDesk;
import io.github.counterfoil.internal.desk.PostgresAttachmentStore;
import io.github.counterfoil.internal.desk.PostgresAttachmentSweep;
import io.github.counterfoil.internal.desk.PostgresAutomation;
import io.github.counterfoil.internal.desk.PostgresCustomerDesk;
import io.github.counterfoil.internal.document.PostgresDocuments;
import io.github.counterfoil.internal.event.EventTypes;
import io.github.counterfoil.internal.given.Given;
import io.github.counterfoil.internal.imports.PostgresImports;
import io.github.counterfoil.internal.observation.Observed;
import io.github.counterfoil.internal.people.PostgresFigures;
import io.github.counterfoil.internal.people.PostgresPeople;
import io.github.counterfoil.internal.schema.PostgresSchema;
import io.github.counterfoil.internal.validation.Faults;
import io.github.counterfoil.internal.validation.Problem;
import io.github.counterfoil.internal.verification.Verification;
import io.github.counterfoil.people.AgentDisplay;
import io.github.counterfoil.people.Figures;
import io.github.counterfoil.people.People;
import io.github.counterfoil.schema.Schema;
import io.github.counterfoil.spi.AttachmentStore;
import io.github.counterfoil.spi.CallObserver;
import io.github.counterfoil.spi.CallObserver.Side;
import io.github.counterfoil.spi.ConnectionSource;
import io.github.counterfoil.spi.ConnectionSource.TransactionOwner;
import io.github.counterfoil.ticket.Workflow;
import io.github.counterfoil.verification.VerificationReport;
import java.sql.Connection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The door to Counterfoil: tickets in the host's own PostgreSQL database.
 *
 * <p>A service is immutable, keeps no threads, holds no connection, and is shared by all threads of an application. Static
 * is only what checks the values of commands, which knows nothing of the host. The first command or read of a service
 * checks with three further statements that the schema fits, and throws {@link SchemaMismatch} if it does not.
 */
public final class TicketService {
    private final Database database;
    private final ServiceContext context;
    private final @Nullable Observed observed;

    private TicketService(Database database, ServiceContext context, @Nullable Observed observed) {
        this.database = database;
        this.context = context;
        this.observed = observed;
    }

    private <T> T door(Class<T> type, Side side, T door) {
        return observed == null ? door : observed.door(type, side, door);
    }

    private <T> @Nullable T call(String operation, Supplier<@Nullable T> call) {
        return observed == null ? call.get() : observed.call(operation, call);
    }

    /**
     * A service on the connections of a data source, one for each call. With autocommit on, each statement is a transaction
     * of its own. If the data source hands out connections with autocommit off, {@link Builder#transactionOwner} must say
     * who ends their transactions.
     */
    public static Builder builder(DataSource dataSource) {
        return new Builder(new DataSourceConnections(Given.value("data_source", dataSource)));
    }

    /** A service on the connections of a framework, which decides what transaction a call belongs to, and says so. */
    public static Builder builder(ConnectionSource source) {
        return new Builder(Given.value("connection_source", source));
    }

    /**
     * This service inside a transaction of the host's: its calls use the connection and neither commit, roll back nor
     * close it. A {@link io.github.counterfoil.error.Refusal} leaves the transaction usable. Nothing is repeated: after an {@code Unavailable} that is
     * {@code retryable()} the whole transaction is rolled back and run again.
     *
     * <p>The connection must have autocommit off: each call on one that has it on throws {@code UnsuitableConnection}, since
     * it would be stored whatever becomes of the rest.
     */
    public TicketService joining(Connection transaction) {
        Database joined = database.on(new HostConnection(Given.value("transaction", transaction)));
        return new TicketService(joined, context.on(joined).withoutReplica(), observed);
    }

    /** This service without its {@link Builder#readReplica}: lists and histories too are read where commands write. */
    public TicketService primary() {
        return new TicketService(database, context.withoutReplica(), observed);
    }

    /**
     * This service with another deadline for each of its calls, as {@link Builder#deadline}.
     *
     * @throws InvalidInput for what is no length of time from a millisecond to a day
     */
    public TicketService within(Duration deadline) {
        Database bounded = database.within(deadline);
        return new TicketService(bounded, context.on(bounded), observed);
    }

    /**
     * The desk of a worker. Who they are is checked by each call, not here: the id of a customer is refused by the first, as
     * {@code actor.is_customer}.
     */
    public AgentDesk agent(UUID workerId) {
        return door(AgentDesk.class, Side.AGENT, new PostgresAgentDesk(context, Given.value("worker_id", workerId)));
    }

    /**
     * The desk of an actor of the host's that is no person, which {@link People#registerSystem} registered: it works as an agent.
     * Whether it is registered is checked by each call, not here.
     */
    public AgentDesk system(UUID systemId) {
        return door(AgentDesk.class, Side.SYSTEM, new PostgresAgentDesk(context, Given.value("system_id", systemId)));
    }

    /**
     * What is done with tickets when its time has come, in the name of an actor: a system actor or a worker, the same on all nodes. Whether
     * they are registered and active is checked by each call, not here.
     */
    public Automation automation(UUID actorId) {
        return door(Automation.class, Side.SYSTEM, new PostgresAutomation(context, Given.value("actor_id", actorId)));
    }

    /** The desk of an administrator. Who they are is checked by each call, not here. */
    public AdminDesk admin(UUID adminId) {
        return door(AdminDesk.class, Side.ADMIN, new PostgresAdminDesk(context, Given.value("admin_id", adminId)));
    }

    /**
     * The desk of a customer. Who they are is checked by each call, not here: the id of a worker is refused by the first, as
     * {@code actor.is_worker}.
     */
    public CustomerDesk customer(UUID customerId) {
        return door(
                CustomerDesk.class,
                Side.CUSTOMER,
                new PostgresCustomerDesk(context, Given.value("customer_id", customerId)));
    }

    /** Customers and workers. */
    public People people() {
        return door(People.class, Side.HOST, new PostgresPeople(database));
    }

    /**
     * Reads as much as there is, as it was at one moment: the service that is handed over reads on one connection, in a transaction of
     * its own that writes nothing, and is used by this thread alone until the reading ends or throws; then the connection is given
     * back. Each call of it has the deadline for itself; one that writes is {@code database.read_only} before any SQL, and one after the end
     * is {@code connection.moment_over}. With {@link io.github.counterfoil.page.PageRequest#forEach} it goes
     * through a query's tickets or a history of any length, a page in memory at a time.
     *
     * <p>In a transaction of the host's, see {@link #joining}, it reads in that: at one moment if that is at REPEATABLE READ. Elsewhere
     * PostgreSQL keeps old rows for as long as the reading goes on.
     */
    public void atOneMoment(Consumer<TicketService> reading) {
        call("service.atOneMoment", () -> {
            readAtOneMoment(reading);
            return null;
        });
    }

    private void readAtOneMoment(Consumer<TicketService> reading) {
        Given.value("reading", reading);
        // What the host's code throws is the host's own, and no failure of the database.
        Optional<RuntimeException> hosts = database.atOneMoment(moment -> {
            try {
                Database counted = moment.counted(observed == null ? null : observed.tries());
                reading.accept(new TicketService(counted, context.on(counted).withoutReplica(), observed));
                return Optional.empty();
            } catch (CounterfoilException e) {
                throw e;
            } catch (RuntimeException e) {
                return Optional.of(e);
            }
        });
        if (hosts.isPresent()) {
            throw hosts.get();
        }
    }

    /** What the desk and its workers did. */
    public Figures figures() {
        return door(Figures.class, Side.HOST, new PostgresFigures(database, null));
    }

    /** What happens to all tickets, for those who follow: a broker, a search engine, mail. It acts for the host and checks nobody's rights. */
    public Changes changes() {
        return door(Changes.class, Side.HOST, new PostgresChanges(context));
    }

    /** What lets search find texts that were stored without it. Any service of the schema may, whether it is {@code searchable()} or not. */
    public SearchIndex searchIndex() {
        return door(SearchIndex.class, Side.HOST, new PostgresSearchIndex(context));
    }

    /** What deletes attachments that nobody can open any more. */
    public AttachmentSweep attachments() {
        return door(AttachmentSweep.class, Side.HOST, new PostgresAttachmentSweep(context));
    }

    /** Tickets from elsewhere. */
    public Imports imports() {
        return door(Imports.class, Side.HOST, new PostgresImports(database, context.eventTypes()));
    }

    /** Tickets, customers and workers as JSON documents. */
    public Documents documents() {
        return door(Documents.class, Side.HOST, new PostgresDocuments(context));
    }

    /**
     * Rebuilds a ticket from its events alone and compares it with what is stored: its row, assignments, resolutions and
     * feedback, and the numbers, times, authors and old values of the events. It finds what was changed behind Counterfoil's
     * back, but for the texts of messages and notes, which nothing else repeats. One statement, and one more for each further
     * 16 MiB of events; it acts for the host and checks nobody's rights.
     *
     * @throws TicketNotFound if there is no such ticket
     */
    public VerificationReport verify(UUID ticketId) {
        return Objects.requireNonNull(
                call("service.verify", () -> verification().ticket(Given.value("ticket_id", ticketId))));
    }

    /**
     * Verifies every ticket as {@link #verify(UUID)} does, in statements of up to 200 tickets or 16 MiB. It locks nothing, and each ticket is
     * seen at one moment, so that it may run while tickets are worked on.
     */
    public VerificationReport verifyAll() {
        return Objects.requireNonNull(
                call("service.verifyAll", () -> verification().all()));
    }

    private Verification verification() {
        return new Verification(database, context.eventTypes());
    }

    /** The SQL files behind all this. */
    public Schema schema() {
        return door(
                Schema.class, Side.HOST, new PostgresSchema(database, context.eventTypes(), context.agentDisplay()));
    }

    /** Settles what a service does. */
    public static final class Builder {
        private final ConnectionSource source;
        private Names names = Names.DEFAULT;
        private Workflow workflow = Workflow.standard();
        private TicketLimit ticketLimit = TicketLimit.STANDARD;
        private final List<CustomEventType> eventTypes = new ArrayList<>();
        private AgentDisplay agentDisplay = AgentDisplay.fullNames();
        private @Nullable InstantSource clock;
        private @Nullable TransactionOwner transactionOwner;
        private @Nullable Duration deadline;
        private boolean asynchronousCommit;
        private boolean searchable;
        private boolean indexed;
        private @Nullable DataSource readReplica;
        private @Nullable CallObserver observer;
        private @Nullable KeptFiles files;

        private Builder(ConnectionSource source) {
            this.source = source;
        }

        /**
         * The schema of Counterfoil's tables, {@code counterfoil} unless said otherwise.
         *
         * @param name unquoted, at most 63 bytes, without {@code '}, {@code $} and control characters
         * @throws InvalidInput for any other name
         */
        public Builder schema(String name) {
            names = names.withSchema(name);
            return this;
        }

        /**
         * The host's table of users, which customers and workers refer to; {@code auth.users(id)} unless said otherwise.
         * If there is no such table when the schema is applied, it is created. A table whose own key is no {@code uuid} gets
         * a second one for this, with a default: {@code add column support_id uuid not null unique default gen_random_uuid()}.
         *
         * @param schema unquoted, as {@link #schema(String)}
         * @param table unquoted, as {@link #schema(String)}
         * @param key its primary key or another unique column, a {@code uuid}, unquoted, as {@link #schema(String)}
         * @throws InvalidInput for any other name
         */
        public Builder usersTable(String schema, String table, String key) {
            names = names.withUsers(schema, table, key);
            return this;
        }

        /** Which status follows by itself; {@link Workflow#standard()} unless said otherwise. */
        public Builder workflow(Workflow workflow) {
            this.workflow = Given.value("workflow", workflow);
            return this;
        }

        /**
         * When a ticket is full: 256 MiB or 100,000 events unless said otherwise. A full ticket takes no replies, and of notes,
         * comments, descriptions and events of the host's own those of at most 16 KiB; it can be read, closed, assigned and
         * changed otherwise. What is more is refused with a {@code Conflict} of code {@code ticket.full}. For customers only
         * the events count that they see. Imports are not bound.
         *
         * @param bytes of the bodies of all events, as PostgreSQL prints them, at least 1
         * @param events how many, at least 1
         * @throws InvalidInput for less
         */
        public Builder ticketLimit(long bytes, int events) {
            ticketLimit = new TicketLimit(bytes, events);
            return this;
        }

        /** Registers an event type of the host's own. May be called for each. */
        public Builder eventType(CustomEventType type) {
            eventTypes.add(Given.value("event_type", type));
            return this;
        }

        /** How agents are named to customers; {@link AgentDisplay#fullNames()} unless said otherwise. */
        public Builder agentDisplay(AgentDisplay display) {
            agentDisplay = Given.value("agent_display", display);
            return this;
        }

        /**
         * The clock that gives events their times, cut to microseconds; PostgreSQL's unless said otherwise. An event is
         * never dated before the one that precedes it, whatever the clock says.
         */
        public Builder clock(InstantSource clock) {
            this.clock = Given.value("clock", clock);
            return this;
        }

        /**
         * Who ends the transaction of a connection that comes with autocommit off, where the connection source does not say
         * it itself. Without this, a call on such a connection throws {@code UnsuitableConnection} before any SQL.
         *
         * @param owner {@link TransactionOwner#COUNTERFOIL} for a pool that is configured with autocommit off and knows no
         *     transactions of the host's; {@link TransactionOwner#HOST} for a data source that switches autocommit off only
         *     inside the host's transactions, as those of JTA do
         */
        public Builder transactionOwner(TransactionOwner owner) {
            transactionOwner = Given.value("transaction_owner", owner);
            return this;
        }

        /**
         * How long a call may take, 10 seconds unless said otherwise: waits for locks, the statement, and tries that are
         * repeated. PostgreSQL gives a lock up by then and is asked to cancel a statement, and the connection is given up a
         * second later if there is no answer: the call then ends with {@link Unavailable}, or with {@link OutcomeUnknown} if
         * something may have been stored.
         *
         * <p>How long a pool waits for a free connection is the pool's to bound: set that shorter (HikariCP's
         * {@code connectionTimeout} is 30 seconds). A call that gets its connection too late sends nothing. Shorter limits of
         * the connection's own stay, and all are as they were after the call. What works in many statements (imports,
         * adoption, {@code verifyAll}) has the time for each; {@link Schema#apply} takes what it needs.
         *
         * @param deadline from a millisecond to a day
         * @throws InvalidInput for any other
         */
        public Builder deadline(Duration deadline) {
            this.deadline = Deadline.checked(deadline);
            return this;
        }

        /**
         * Leaves it to the connection's {@code synchronous_commit} whether what was acknowledged survives a crash of the
         * server. Otherwise {@code off} and {@code local} are raised to {@code on} in the transaction of whatever writes; other
         * settings stay.
         */
        public Builder allowAsynchronousCommit() {
            asynchronousCommit = true;
            return this;
        }

        /**
         * Lets {@code TicketQuery.matching} find texts, and stores with each what it is found by: of titles, descriptions and messages
         * for both sides, of notes and custom fields for agents. Without it nothing is stored for it, and a text is refused,
         * {@code not_searchable}. A reply of 300 characters costs about twice the write-ahead log with it, and no further round trip. Of
         * each text the first 16,384 characters and 4,000 different words count. What others stored, imports, and what was there before
         * it was switched on is found after {@link TicketService#searchIndex} caught up.
         */
        public Builder searchable() {
            searchable = true;
            indexed = true;
            return this;
        }

        /** As {@link #searchable()}, but commands store no words: all texts are found after {@link TicketService#searchIndex} caught up. */
        public Builder searchableLater() {
            searchable = true;
            indexed = false;
            return this;
        }

        /**
         * A server that follows the one of the builder, as PostgreSQL's streaming replication does: it answers
         * {@code find}, {@code counts} and {@code history} of the desks, and nothing else. What it answers is as old as it lags behind,
         * and so are the rights by which it does: who was deactivated, or whose ticket was moved, may read so much longer what
         * they could read before. What it refuses, or cannot answer within half of the deadline, the primary decides in the
         * rest. A call inside a transaction of the host's is answered there; to know that, a connection of the primary is
         * looked at first wherever it may belong to one, which sends nothing. {@link TicketService#primary()} does without.
         *
         * @param dataSource of connections that are in no transaction; autocommit may be on or off
         */
        public Builder readReplica(DataSource dataSource) {
            readReplica = Given.value("read_replica", dataSource);
            return this;
        }

        /** Is told of each call of the service, for metrics and traces. Nobody is unless said otherwise, which costs nothing. */
        public Builder observer(CallObserver observer) {
            this.observer = Given.value("observer", observer);
            return this;
        }

        /** As {@link #attachments(AttachmentStore, long)}, of up to 25 MiB each, which is what mail systems take. */
        public Builder attachments(AttachmentStore store) {
            return attachments(store, KeptFiles.STANDARD_BYTES);
        }

        /**
         * Where the bytes of attachments are kept; without this or {@link #attachmentsInDatabase}, desks take none.
         *
         * @param mostBytes of one attachment, at least 1
         * @throws InvalidInput for less
         */
        public Builder attachments(AttachmentStore store, long mostBytes) {
            Faults faults = new Faults();
            faults.require("store", store);
            return keeping(database -> store, false, mostBytes, faults);
        }

        /** As {@link #attachmentsInDatabase(long)}, of up to 25 MiB each, which is what mail systems take. */
        public Builder attachmentsInDatabase() {
            return attachmentsInDatabase(KeptFiles.STANDARD_BYTES);
        }

        /**
         * Keeps the bytes of attachments beside the tickets, for hosts that have no other store: backups hold them, and replicas
         * get them. One round trip for each 256 KiB, of which one is in memory at a time; no connection is held while a
         * file comes in or is read. Inside a transaction of the host's they are stored with it or not at all, and a file is
         * read before it ends.
         *
         * @param mostBytes of one attachment, at least 1
         * @throws InvalidInput for less
         */
        public Builder attachmentsInDatabase(long mostBytes) {
            return keeping(PostgresAttachmentStore::new, true, mostBytes, new Faults());
        }

        private Builder keeping(
                Function<Database, AttachmentStore> stores, boolean transactional, long mostBytes, Faults faults) {
            faults.add("most_bytes", Problem.range(mostBytes, 1, Long.MAX_VALUE));
            faults.throwIfAny();
            files = new KeptFiles(stores, transactional, mostBytes);
            return this;
        }

        /**
         * @throws InvalidInput for an event type whose name is not one, is Counterfoil's own, or comes twice
         */
        public TicketService build() {
            Names chosen = names;
            ConnectionSource connections =
                    transactionOwner == null ? source : new DeclaredConnections(source, transactionOwner);
            Database database = new Database(connections, chosen, dsl -> PostgresSchema.check(dsl, chosen));
            if (deadline != null) {
                database = database.within(deadline);
            }
            if (asynchronousCommit) {
                database = database.asDurableAsSet();
            }
            Observed observed = observer == null ? null : new Observed(observer);
            if (observed != null) {
                database = database.counted(observed.tries());
            }
            EventTypes types = new EventTypes(eventTypes);
            return new TicketService(
                    database,
                    new ServiceContext(
                            database,
                            workflow,
                            ticketLimit,
                            searchable,
                            indexed,
                            types,
                            agentDisplay,
                            clock,
                            readReplica == null ? null : Replica.of(readReplica, mayBeHosts()),
                            files),
                    observed);
        }

        /** Whether a connection may belong to a transaction of the host's. */
        private boolean mayBeHosts() {
            return transactionOwner == TransactionOwner.HOST || !(source instanceof DataSourceConnections);
        }
    }
}
