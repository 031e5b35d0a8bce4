package io.github.counterfoil.desk;

import static io.github.counterfoil.testing.SupportTeam.JANE;
import static io.github.counterfoil.testing.SupportTeam.TOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.github.counterfoil.TicketService;
import io.github.counterfoil.error.OutcomeUnknown;
import io.github.counterfoil.error.Unavailable;
import io.github.counterfoil.spi.ConnectionSource.TransactionOwner;
import io.github.counterfoil.testing.FaultyConnections;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is sent again by itself, when, and what is left to the caller. */
class RepeatsTest {
    @AutoClose
    private final TestDatabase database = TestDatabase.withSchema();

    private final SupportTeam team = SupportTeam.in(database);
    private final UUID id = team.ticket();

    @ParameterizedTest
    @CsvSource({
        "TRANSACTION_REPEATABLE_READ, true",
        "TRANSACTION_REPEATABLE_READ, false",
        "TRANSACTION_SERIALIZABLE, true",
        "TRANSACTION_SERIALIZABLE, false"
    })
    void writers_that_collide_in_a_stricter_pool_are_sent_again_and_lose_nothing(String isolation, boolean autocommit)
            throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (HikariDataSource pool = database.pool(4)) {
            pool.setTransactionIsolation(isolation);
            pool.setAutoCommit(autocommit);
            TicketService tickets = TicketService.builder(pool)
                    .transactionOwner(TransactionOwner.COUNTERFOIL)
                    .build();
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                running.add(threads.submit(() -> tickets.agent(JANE).on(id).reply("Hello")));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(team.jane().on(id).ticket().version()).isEqualTo(24);
        assertThat(team.tickets().verifyAll().discrepancies()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"repeatable read", "serializable"})
    void a_hosts_stricter_transaction_that_collides_is_run_again_whole(String isolation) throws SQLException {
        database.execute("create table refund (amount int)");
        try (Connection tx = database.dataSource().getConnection()) {
            tx.setTransactionIsolation(
                    isolation.equals("serializable")
                            ? Connection.TRANSACTION_SERIALIZABLE
                            : Connection.TRANSACTION_REPEATABLE_READ);
            tx.setAutoCommit(false);
            AgentDesk joined = team.tickets().joining(tx).agent(JANE);
            joined.on(id).ticket(); // takes the snapshot
            team.tom().on(id).reply("Meanwhile");
            refund(tx);
            assertThatThrownBy(() -> joined.on(id).reply("Hello"))
                    .isInstanceOfSatisfying(Unavailable.class, e -> {
                        assertThat(e.code()).isEqualTo("database.busy");
                        assertThat(e.sqlState()).isEqualTo("40001");
                        assertThat(e.retryable()).isTrue();
                        assertThat(e.transactionFailed()).isTrue();
                    })
                    .hasMessageContaining("roll the whole transaction back, then all of it may be run again");
            tx.rollback();

            refund(tx);
            joined.on(id).reply("Hello");
            tx.commit();
        }
        assertThat(team.jane().on(id).ticket().version()).isEqualTo(2);
        assertThat(database.value("select count(*) from refund")).isEqualTo("1");
    }

    @Test
    void repeats_end_with_the_deadline_and_pause_longer_each_time() {
        FaultyConnections faulty = new FaultyConnections(database.connections());
        TicketService tickets =
                TicketService.builder(faulty).deadline(Duration.ofMillis(1_500)).build();
        tickets.agent(JANE).on(id).ticket();
        faulty.drainCalls();
        faulty.fail("execute", Integer.MAX_VALUE, () -> new SQLException("conflict", "40001"));
        long start = System.nanoTime();
        assertThatThrownBy(() -> tickets.agent(JANE).on(id).reply("Hello"))
                .isInstanceOfSatisfying(
                        Unavailable.class,
                        e -> assertThat(e.transactionFailed()).isFalse());
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        // Pauses of 2 to 250 ms, each about twice as long as the one before.
        assertThat(faulty.drainCalls().stream().filter("getAutoCommit"::equals)).hasSizeBetween(5, 20);
        assertThat(took).isGreaterThan(Duration.ofMillis(1_000)).isLessThan(Duration.ofSeconds(20));
        assertThat(faulty.held()).isZero();
    }

    @Test
    void an_interrupt_ends_the_repeats_and_stays_visible() {
        FaultyConnections faulty = new FaultyConnections(database.connections());
        TicketService tickets = TicketService.builder(faulty).build();
        tickets.agent(JANE).on(id).ticket();
        faulty.drainCalls();
        for (SQLException reason :
                List.of(new SQLException("conflict", "40001"), new SQLException("connection", "08006"))) {
            faulty.fail("execute", Integer.MAX_VALUE, () -> {
                Thread.currentThread().interrupt();
                return reason;
            });
            assertThatThrownBy(() -> tickets.agent(JANE).on(id).reply("Hello"))
                    .isInstanceOf(reason.getSQLState().equals("40001") ? Unavailable.class : OutcomeUnknown.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(faulty.drainCalls().stream().filter("getAutoCommit"::equals))
                    .hasSize(1);
        }
    }

    @Test
    void a_read_whose_connection_is_lost_is_sent_again() {
        FaultyConnections faulty = new FaultyConnections(database.connections());
        TicketService tickets =
                TicketService.builder(faulty).deadline(Duration.ofMillis(500)).build();
        tickets.agent(JANE).on(id).ticket();
        faulty.failAfter("execute", 2, () -> new SQLException("connection", "08006"));
        assertThat(tickets.agent(TOM).on(id).ticket().id()).isEqualTo(id);
        faulty.failAfter("execute", Integer.MAX_VALUE, () -> new SQLException("connection", "08006"));
        assertThatThrownBy(() -> tickets.agent(TOM).on(id).ticket())
                .isInstanceOfSatisfying(
                        Unavailable.class, e -> assertThat(e.code()).isEqualTo("database.unreachable"));
    }

    @Test
    void nothing_is_repeated_inside_a_hosts_transaction() throws SQLException {
        FaultyConnections faulty = new FaultyConnections(database.connections());
        try (Connection tx = faulty.open()) {
            tx.setAutoCommit(false);
            AgentDesk joined = team.tickets().joining(tx).agent(JANE);
            for (String state : List.of("40001", "40P01", "08006")) {
                faulty.fail("execute", Integer.MAX_VALUE, () -> new SQLException("secret", state));
                faulty.drainCalls();
                for (Runnable call : List.<Runnable>of(
                        () -> joined.on(id).reply("Hello"), () -> joined.on(id).ticket())) {
                    assertThatThrownBy(call::run)
                            .isInstanceOfSatisfying(
                                    Unavailable.class,
                                    e -> assertThat(e.transactionFailed()).isTrue());
                }
                assertThat(faulty.drainCalls().stream().filter(call -> call.startsWith("statement.execute")))
                        .hasSize(2);
            }
        }
    }

    private static void refund(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("insert into refund values (12)");
        }
    }
}
