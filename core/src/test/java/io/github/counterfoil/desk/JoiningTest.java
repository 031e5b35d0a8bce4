package io.github.counterfoil.desk;

import static io.github.counterfoil.testing.SupportTeam.JANE;
import static io.github.counterfoil.testing.SupportTeam.TOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.github.counterfoil.TicketService;
import io.github.counterfoil.desk.CommandResult.Outcome;
import io.github.counterfoil.error.Refusal;
import io.github.counterfoil.error.TransactionAborted;
import io.github.counterfoil.error.Unavailable;
import io.github.counterfoil.error.UnsuitableConnection;
import io.github.counterfoil.people.NewWorker;
import io.github.counterfoil.spi.ConnectionSource.TransactionOwner;
import io.github.counterfoil.testing.SameConnection;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.NewTicket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Commands inside a transaction that belongs to the host. */
class JoiningTest {
    private TestDatabase database;
    private SupportTeam team;
    private UUID id;

    @BeforeEach
    void open() {
        database = TestDatabase.withSchema();
        database.execute("create table refund (amount int)");
        team = SupportTeam.in(database);
        id = team.ticket();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void what_the_host_commits_is_stored_with_its_own_work() throws SQLException {
        // region: joining
        DataSource dataSource = database.dataSource();
        TicketService tickets = team.tickets();
        try (Connection tx = dataSource.getConnection()) {
            tx.setAutoCommit(false);
            refund(tx);
            tickets.joining(tx).agent(JANE).on(id).close();
            tx.commit();
        }
        // endregion
        assertThat(team.jane().on(id).ticket().version()).isEqualTo(1);
        assertThat(database.value("select count(*) from refund")).isEqualTo("1");
    }

    @Test
    void what_the_host_rolls_back_never_happened() throws SQLException {
        try (Connection tx = database.dataSource().getConnection()) {
            tx.setAutoCommit(false);
            AgentDesk jane = team.tickets().joining(tx).agent(JANE);
            jane.on(id).reply("Hello");
            jane.on(id).assign(JANE);
            assertThat(jane.on(id).ticket().version()).isEqualTo(3);
            team.tickets().joining(tx).customer(SupportTeam.ADA).open(NewTicket.of("T", "D"));
            tx.rollback();
        }
        assertThat(team.jane().on(id).ticket().version()).isZero();
        assertThat(database.value("select count(*) from counterfoil.ticket")).isEqualTo("1");
    }

    @Test
    void refusals_leave_the_transaction_usable() throws SQLException {
        UUID command = UUID.randomUUID();
        team.jane().on(id).once(command).note("First");
        try (Connection tx = database.dataSource().getConnection()) {
            tx.setAutoCommit(false);
            refund(tx);
            TicketService joined = team.tickets().joining(tx);
            for (Runnable refused : List.<Runnable>of(
                    () -> joined.agent(JANE).on(UUID.randomUUID()).reply("Hello"),
                    () -> joined.agent(UUID.randomUUID()).on(id).reply("Hello"),
                    () -> joined.agent(JANE).on(id).assign(UUID.randomUUID()),
                    () -> joined.agent(JANE).on(id).moveToCustomer(UUID.randomUUID()),
                    () -> joined.agent(JANE).on(id).expecting(9).close(),
                    () -> joined.agent(JANE).on(id).once(command).note("Second"),
                    () -> joined.agent(JANE).on(id).reopen(),
                    () -> joined.agent(JANE).on(id).reply(" "),
                    () -> joined.customer(SupportTeam.ADA).on(id).rate(5, null),
                    () -> joined.people()
                            .registerWorker(NewWorker.of(UUID.randomUUID(), "JANE@example.com", "J", "S")))) {
                assertThatThrownBy(refused::run).isInstanceOf(Refusal.class);
            }
            assertThat(joined.agent(JANE).on(id).close().outcome()).isEqualTo(Outcome.APPLIED);
            tx.commit();
        }
        assertThat(team.jane().on(id).ticket().version()).isEqualTo(2);
        assertThat(database.value("select count(*) from refund")).isEqualTo("1");
    }

    @Test
    void a_transaction_that_had_failed_is_named_as_such() throws SQLException {
        try (Connection tx = database.dataSource().getConnection();
                Statement statement = tx.createStatement()) {
            tx.setAutoCommit(false);
            assertThatThrownBy(() -> statement.execute("select 1 / 0")).isInstanceOf(SQLException.class);
            assertThatThrownBy(
                            () -> team.tickets().joining(tx).agent(JANE).on(id).close())
                    .isInstanceOf(TransactionAborted.class);
            tx.rollback();
        }
    }

    @Test
    void nothing_is_committed_closed_or_switched_on_the_hosts_connection() throws SQLException {
        try (Connection tx = database.dataSource().getConnection()) {
            tx.setAutoCommit(false);
            TicketService joined = team.tickets().joining(tx);
            joined.agent(JANE).on(id).reply("Hello");
            assertThat(tx.getAutoCommit()).isFalse();
            assertThat(tx.isClosed()).isFalse();
            assertThat(team.jane().on(id).ticket().version()).isZero();
            tx.rollback();
        }
    }

    @Test
    void a_lock_that_a_stranger_holds_is_reported_as_busy() throws SQLException {
        try (Connection stranger = database.dataSource().getConnection();
                Connection tx = database.dataSource().getConnection();
                Statement lock = stranger.createStatement();
                Statement timeout = tx.createStatement()) {
            stranger.setAutoCommit(false);
            lock.execute("select from counterfoil.ticket for update");
            tx.setAutoCommit(false);
            timeout.execute("set local lock_timeout = '50ms'");
            assertThatThrownBy(
                            () -> team.tickets().joining(tx).agent(TOM).on(id).close())
                    .isInstanceOfSatisfying(Unavailable.class, e -> {
                        assertThat(e.code()).isEqualTo("database.busy");
                        assertThat(e.sqlState()).isEqualTo("55P03");
                        assertThat(e.retryable()).isTrue();
                        assertThat(e.transactionFailed()).isTrue();
                        assertThat(e.getCause()).isNull();
                    });
        }
    }

    @Test
    void a_connection_with_autocommit_on_has_no_transaction_to_join() throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            TicketService joined = team.tickets().joining(connection);
            for (Runnable call : List.<Runnable>of(
                    () -> joined.agent(JANE).on(id).close(),
                    () -> joined.agent(JANE).on(id).ticket(),
                    () -> joined.schema().apply())) {
                assertThatThrownBy(call::run)
                        .isInstanceOfSatisfying(
                                UnsuitableConnection.class,
                                e -> assertThat(e.code()).isEqualTo("connection.no_transaction"))
                        .hasMessageContaining("setAutoCommit(false)");
            }
            connection.setAutoCommit(false);
            assertThat(joined.agent(JANE).on(id).close().outcome()).isEqualTo(Outcome.APPLIED);
            connection.commit();
        }
        assertThat(team.jane().on(id).ticket().version()).isEqualTo(1);
    }

    @Test
    void a_connection_that_is_gone_took_the_hosts_transaction_with_it() throws SQLException {
        Connection tx = database.dataSource().getConnection();
        tx.setAutoCommit(false);
        TicketService joined = team.tickets().joining(tx);
        joined.agent(JANE).on(id).reply("Hello");
        tx.close();
        assertThatThrownBy(() -> joined.agent(JANE).on(id).close()).isInstanceOfSatisfying(Unavailable.class, e -> {
            assertThat(e.code()).isEqualTo("database.unreachable");
            assertThat(e.transactionFailed()).isTrue();
        });
        assertThat(team.jane().on(id).ticket().version()).isZero();
    }

    @Test
    void each_call_in_a_transaction_whose_connection_died_says_that_the_transaction_failed() throws SQLException {
        try (HikariDataSource pool = database.pool(2)) {
            for (DataSource dataSource : List.of(database.dataSource(), pool)) {
                Connection tx = dataSource.getConnection();
                tx.setAutoCommit(false);
                TicketService joined = team.tickets().joining(tx);
                TicketService declared = TicketService.builder(new SameConnection(tx))
                        .transactionOwner(TransactionOwner.HOST)
                        .build();
                joined.agent(JANE).on(id).reply("Hello");
                declared.agent(JANE).on(id).reply("Hello");
                database.asSuperuser("select pg_terminate_backend(pid, 10000) from pg_stat_activity"
                        + " where datname = current_database() and state like 'idle in transaction%'");
                for (int i = 0; i < 3; i++) {
                    for (TicketService tickets : List.of(joined, declared)) {
                        for (Runnable call : List.<Runnable>of(
                                () -> tickets.agent(JANE).on(id).reply("Hello"),
                                () -> tickets.agent(JANE).on(id).ticket(),
                                () -> tickets.schema().apply())) {
                            assertThatThrownBy(call::run)
                                    .isInstanceOfSatisfying(
                                            Unavailable.class,
                                            e -> assertThat(e.transactionFailed())
                                                    .isTrue());
                        }
                    }
                }
                tx.close();
            }
        }
        assertThat(team.jane().on(id).ticket().version()).isZero();
    }

    private static void refund(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("insert into refund values (12)");
        }
    }
}
