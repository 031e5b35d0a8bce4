package io.github.counterfoil.spi;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.EVE;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static io.github.counterfoil.testing.SupportTeam.TOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.zaxxer.hikari.HikariDataSource;
import io.github.counterfoil.TicketService;
import io.github.counterfoil.desk.CommandResult.Outcome;
import io.github.counterfoil.error.CounterfoilException;
import io.github.counterfoil.error.DatabaseFailure;
import io.github.counterfoil.error.OutcomeUnknown;
import io.github.counterfoil.error.TransactionAborted;
import io.github.counterfoil.error.Unavailable;
import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.imports.Imports;
import io.github.counterfoil.internal.database.Database;
import io.github.counterfoil.internal.database.Names;
import io.github.counterfoil.people.Customer;
import io.github.counterfoil.people.NewCustomer;
import io.github.counterfoil.spi.ConnectionSource.TransactionOwner;
import io.github.counterfoil.testing.FaultyConnections;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.testing.WithoutAutocommit;
import io.github.counterfoil.ticket.NewTicket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Connections that fail at any point: the first error arrives, typed, and every connection is given back. */
class FaultsTest {
    private static final Supplier<SQLException> LOST = () -> new SQLException("secret", "08006");
    private static final Map<String, Supplier<? extends Throwable>> THROWN = Map.of(
            "SQLException", LOST,
            "SQLException without a SQLSTATE", () -> new SQLException("secret"),
            "RuntimeException around one", () -> new IllegalStateException("secret", LOST.get()),
            "RuntimeException", () -> new IllegalStateException("secret"),
            "Error", () -> new AssertionError("secret"));
    private static final List<String> METHODS = List.of(
            "open",
            "getAutoCommit",
            "transactionOwner",
            "isReadOnly",
            "prepareStatement",
            "execute",
            "commit",
            "rollback",
            "setAutoCommit",
            "release");

    private static final List<String> BEFORE_ANY_SQL =
            List.of("open", "getAutoCommit", "transactionOwner", "isReadOnly", "setAutoCommit");

    private static final Duration SHORT = Duration.ofMillis(600);

    @AutoClose
    private final TestDatabase database = TestDatabase.withSchema();

    private final SupportTeam team = SupportTeam.in(database);
    private final UUID id = team.ticket();

    static Stream<Arguments> faults() {
        return METHODS.stream().flatMap(method -> THROWN.keySet().stream().map(thrown -> Arguments.of(method, thrown)));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void wherever_it_fails_the_connection_is_given_back_and_the_error_is_typed(String method, String thrown) {
        for (boolean autocommit : List.of(true, false)) {
            FaultyConnections faulty = faulty(autocommit);
            TicketService tickets = TicketService.builder(faulty).build();
            tickets.agent(JANE).on(id).ticket();
            for (Runnable call : List.<Runnable>of(
                    () -> tickets.agent(JANE).on(id).reply("Hello"),
                    () -> tickets.agent(JANE).on(id).ticket(),
                    () -> tickets.agent(JANE).on(UUID.randomUUID()).ticket(),
                    () -> tickets.people().updateCustomer(ADA, Customer.Changes.none()),
                    () -> tickets.schema().verify(),
                    () -> tickets.schema().apply())) {
                faulty.fail(method, 2, THROWN.get(thrown));
                Throwable failure = catchThrowable(call::run);
                if (failure instanceof Error) {
                    assertThat(thrown).isEqualTo("Error");
                } else if (failure instanceof IllegalStateException) {
                    assertThat(thrown).as("the host's own").isEqualTo("RuntimeException");
                    assertThat(method).isIn(BEFORE_ANY_SQL);
                } else if (failure != null) {
                    assertThat(failure).isInstanceOf(CounterfoilException.class);
                    assertThat(failure.toString()).doesNotContain("secret");
                    assertThat(failure.getCause()).isNull();
                    assertThat(failure.getSuppressed()).isEmpty();
                }
                assertThat(faulty.held()).isZero();
            }
            assertThat(openTransactions()).isZero();
        }
    }

    @Test
    void a_fault_of_the_hosts_own_source_reaches_the_caller_as_it_is() {
        for (String method : List.of("open", "getAutoCommit", "transactionOwner", "isReadOnly")) {
            FaultyConnections faulty = faulty(false);
            TicketService tickets = TicketService.builder(faulty).build();
            NullPointerException fault = new NullPointerException("the host's");
            faulty.fail(method, 1, () -> fault);
            assertThatThrownBy(() -> tickets.agent(JANE).on(id).reply("Hello"))
                    .as(method)
                    .isSameAs(fault);
            assertThat(faulty.held()).isZero();
        }
        assertThat(team.jane().on(id).ticket().version()).isZero();
    }

    @Test
    void a_fault_of_the_hosts_own_source_does_not_hide_that_something_may_be_stored() {
        FaultyConnections faulty = faulty(true);
        AtomicInteger opened = new AtomicInteger();
        TicketService tickets = TicketService.builder(new ConnectionSource() {
                    @Override
                    public Connection open() throws SQLException {
                        if (opened.incrementAndGet() > 2) {
                            throw new IllegalStateException("the pool is closed");
                        }
                        return faulty.open();
                    }

                    @Override
                    public void release(Connection connection) throws SQLException {
                        faulty.release(connection);
                    }
                })
                .deadline(Duration.ofSeconds(1))
                .build();
        tickets.agent(JANE).on(id).ticket();
        faulty.failAfter("execute", 1, LOST);
        assertThatThrownBy(() -> tickets.agent(JANE).on(id).reply("Hello")).isInstanceOf(OutcomeUnknown.class);
        assertThatThrownBy(() -> tickets.agent(JANE).on(id).reply("Hello")).hasMessage("the pool is closed");
    }

    @Test
    void what_a_connection_is_refused_for_is_no_outage_and_fails_again() {
        database.asSuperuser(
                "revoke connect on database " + database.value("select current_database()") + " from public");
        String stranger = TestDatabase.plainRole(
                "stranger_" + UUID.randomUUID().toString().replace("-", ""));
        try {
            for (String state : List.of("42501", "3D000", "28000")) {
                PGSimpleDataSource refused = (PGSimpleDataSource) database.dataSource(stranger);
                if (state.equals("3D000")) {
                    refused.setDatabaseName("no_such_database");
                } else if (state.equals("28000")) {
                    refused.setUser("no_such_role");
                }
                try (HikariDataSource pool = TestDatabase.pool(refused, 1)) {
                    pool.setConnectionTimeout(500);
                    pool.setInitializationFailTimeout(-1);
                    for (DataSource source : List.of(refused, pool)) {
                        assertThatThrownBy(() -> TicketService.builder(source)
                                        .build()
                                        .agent(JANE)
                                        .on(id)
                                        .ticket())
                                .isInstanceOfSatisfying(Unavailable.class, e -> {
                                    assertThat(e.code()).isEqualTo("database.refused");
                                    assertThat(e.sqlState().substring(0, 2)).isEqualTo(state.substring(0, 2));
                                    assertThat(e.retryable()).isFalse();
                                });
                    }
                }
            }
        } finally {
            TestDatabase.dropRoles(stranger);
        }
    }

    @Test
    void a_rollback_or_a_release_that_fails_hides_no_error() {
        for (String method : List.of("rollback", "release")) {
            FaultyConnections faulty = faulty(false);
            TicketService tickets = TicketService.builder(faulty).build();
            database.execute("alter function counterfoil.update_customer rename to gone");
            faulty.fail(method, Integer.MAX_VALUE, LOST);
            assertThatThrownBy(() -> tickets.people().updateCustomer(ADA, Customer.Changes.none()))
                    .isInstanceOfSatisfying(
                            DatabaseFailure.class, e -> assertThat(e.sqlState()).isEqualTo("42883"));
            database.execute("alter function counterfoil.gone rename to update_customer");
        }
    }

    @Test
    void a_command_whose_commit_is_lost_is_sent_again_and_stored_once() {
        FaultyConnections faulty = faulty(false);
        TicketService tickets = TicketService.builder(faulty).build();
        tickets.agent(JANE).on(id).ticket();
        faulty.failAfter("commit", 1, LOST);
        assertThat(tickets.agent(JANE).on(id).reply("Stored").outcome()).isEqualTo(Outcome.REPLAYED);
        faulty.fail("commit", 1, LOST);
        assertThat(tickets.agent(JANE).on(id).reply("Not stored at first").outcome())
                .isEqualTo(Outcome.APPLIED);
        faulty.failAfter("commit", 1, () -> new IllegalStateException("a wrapper of the pool's"));
        assertThat(tickets.agent(JANE).on(id).reply("Stored").outcome()).isEqualTo(Outcome.REPLAYED);
        assertThat(team.jane().on(id).ticket().version()).isEqualTo(3);
    }

    @Test
    void if_nobody_knows_what_became_of_a_commit_the_caller_is_told_so() {
        FaultyConnections faulty = faulty(false);
        TicketService tickets = TicketService.builder(faulty).deadline(SHORT).build();
        tickets.agent(JANE).on(id).ticket();
        UUID command = UUID.randomUUID();
        faulty.failAfter("commit", Integer.MAX_VALUE, LOST);
        assertThatThrownBy(() -> tickets.agent(JANE).on(id).once(command).reply("Hello"))
                .isInstanceOfSatisfying(
                        OutcomeUnknown.class, e -> assertThat(e.commandId()).contains(command));
        for (Runnable call : List.<Runnable>of(
                () -> tickets.people()
                        .registerCustomer(NewCustomer.of(UUID.randomUUID(), "c@example.com", "C", "Lovelace"), command),
                () -> tickets.admin(EVE).reactivate(TOM, command))) {
            assertThatThrownBy(call::run)
                    .isInstanceOfSatisfying(
                            OutcomeUnknown.class, e -> assertThat(e.commandId()).contains(command));
        }
        assertThatThrownBy(() -> tickets.schema().apply())
                .isInstanceOfSatisfying(
                        OutcomeUnknown.class, e -> assertThat(e.commandId()).isEmpty());
    }

    @Test
    void what_was_lost_before_a_commit_of_ours_was_not_stored_and_is_sent_again_whatever_it_is() {
        FaultyConnections faulty = faulty(false);
        TicketService tickets = TicketService.builder(faulty).deadline(SHORT).build();
        tickets.agent(JANE).on(id).ticket();
        UUID customer = UUID.randomUUID();
        faulty.failAfter("execute", 1, LOST);
        tickets.people().registerCustomer(NewCustomer.of(customer, "c@example.com", "C", "Lovelace"));
        assertThat(team.tickets().people().customer(customer)).isPresent();

        faulty.failAfter("execute", Integer.MAX_VALUE, LOST);
        assertThatThrownBy(() -> tickets.people()
                        .registerCustomer(NewCustomer.of(UUID.randomUUID(), "d@example.com", "D", "Lovelace")))
                .isInstanceOfSatisfying(
                        Unavailable.class, e -> assertThat(e.code()).isEqualTo("database.unreachable"));
        assertThatThrownBy(() -> tickets.agent(JANE).on(id).reply("Hello")).isInstanceOf(Unavailable.class);
        assertThat(team.jane().on(id).ticket().version()).isZero();
    }

    @Test
    void an_import_whose_answer_is_lost_is_sent_again_and_does_nothing_twice() {
        FaultyConnections faulty = faulty(true);
        TicketService tickets = TicketService.builder(faulty).build();
        tickets.agent(JANE).on(id).ticket();
        UUID imported = UUID.randomUUID();
        faulty.failAfter("execute", 1, LOST);
        Imports.Report report = tickets.imports()
                .run(List.of(ImportedTicket.of(imported, NewTicket.of("Old", "Text"), ADA, Instant.EPOCH))
                        .iterator());
        assertThat(report.faults()).isEmpty();
        assertThat(report.present())
                .as("stored by the try whose answer was lost")
                .isEqualTo(1);
        assertThat(team.jane().on(imported).ticket().title()).isEqualTo("Old");
    }

    @Test
    void a_constraint_that_fails_at_the_commit_is_a_failure_and_stores_nothing() {
        database.execute("""
                create function refuse() returns trigger language plpgsql as
                  'begin raise exception ''no'' using errcode = ''23514''; end';
                create constraint trigger refuse after insert on counterfoil.ticket_event
                  deferrable initially deferred for each row execute function refuse();
                """);
        for (boolean autocommit : List.of(true, false)) {
            TicketService tickets = TicketService.builder(faulty(autocommit)).build();
            assertThatThrownBy(() -> tickets.agent(JANE).on(id).reply("Hello"))
                    .isInstanceOfSatisfying(
                            DatabaseFailure.class, e -> assertThat(e.sqlState()).isEqualTo("23514"));
            assertThat(team.jane().on(id).ticket().version()).isZero();
        }
    }

    @Test
    void a_statement_that_failed_and_was_forgotten_is_not_acknowledged() {
        for (boolean autocommit : List.of(true, false)) {
            Database faulty = new Database(faulty(autocommit), Names.DEFAULT, dsl -> {});
            assertThatThrownBy(() -> faulty.transaction(connection -> {
                        execute(connection, "create table made ()");
                        assertThatThrownBy(() -> execute(connection, "select 1 / 0"))
                                .isInstanceOf(SQLException.class);
                        return "done";
                    }))
                    .isInstanceOf(TransactionAborted.class);
            assertThat(database.query("select 1 from pg_tables where tablename = 'made'"))
                    .isEmpty();
        }
    }

    @Test
    void work_that_cannot_be_rolled_back_is_not_committed_by_switching_autocommit_on() throws SQLException {
        FaultyConnections faulty = faulty(true).fail("rollback", Integer.MAX_VALUE, LOST);
        Database broken = new Database(faulty, Names.DEFAULT, dsl -> {});
        assertThatThrownBy(() -> broken.transaction(connection -> {
                    execute(connection, "create table made ()");
                    execute(connection, "select 1 / 0");
                    return "done";
                }))
                .isInstanceOfSatisfying(
                        DatabaseFailure.class, e -> assertThat(e.sqlState()).isEqualTo("22012"));
        assertThat(faulty.drainCalls()).contains("abort").doesNotContain("setAutoCommit[true]");
        assertThat(database.query("select 1 from pg_tables where tablename = 'made'"))
                .isEmpty();
    }

    @Test
    void work_that_is_stored_is_acknowledged_even_if_autocommit_cannot_be_switched_on_again() {
        FaultyConnections faulty = faulty(true);
        Database broken = new Database(faulty, Names.DEFAULT, dsl -> {});
        String answer = broken.transaction(connection -> {
            execute(connection, "create table made ()");
            faulty.fail("setAutoCommit", Integer.MAX_VALUE, LOST);
            return "done";
        });
        assertThat(answer).isEqualTo("done");
        assertThat(database.query("select 1 from pg_tables where tablename = 'made'"))
                .hasSize(1);
    }

    private FaultyConnections faulty(boolean autocommit) {
        return new FaultyConnections(
                        autocommit ? database.connections() : new WithoutAutocommit(database.connections()))
                .owner(TransactionOwner.COUNTERFOIL);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private int openTransactions() {
        return database.query("select 1 from pg_stat_activity where datname = current_database()"
                        + " and state like 'idle in transaction%'")
                .size();
    }
}
