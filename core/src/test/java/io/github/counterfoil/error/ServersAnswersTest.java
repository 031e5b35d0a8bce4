package io.github.counterfoil.error;

import static io.github.counterfoil.testing.SupportTeam.JANE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.schema.Schema;
import io.github.counterfoil.spi.ConnectionSource;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What a real server answers when it cannot, provoked state by state. */
class ServersAnswersTest {
    @AutoClose
    private final TestDatabase database = TestDatabase.unused();

    private final SupportTeam team = SupportTeam.in(database);
    private final UUID id = team.ticket();

    @Test
    void what_ends_a_hosts_session_is_told_with_its_state() throws Exception {
        requireEnded("57P01", null);
        requireEnded("25P03", "set idle_in_transaction_session_timeout = '50ms'");
        if (Integer.parseInt(database.value("show server_version_num")) >= 170_000) {
            requireEnded("25P04", "set transaction_timeout = '50ms'");
        }
    }

    /** @param setting that ends it; null for another session that does */
    private void requireEnded(String state, String setting) throws Exception {
        try (Connection tx = transaction(setting == null ? "select 1" : setting)) {
            if (setting == null) {
                terminate(tx);
            } else {
                execute(tx, "select 1");
                Thread.sleep(400);
            }
            requireUnavailable(tx, "database.unreachable", state);
        }
    }

    @Test
    void a_session_that_was_ended_for_idling_is_told_with_its_state() throws Exception {
        try (Connection tx = transaction("set idle_session_timeout = '50ms'")) {
            tx.commit();
            Thread.sleep(400);
            requireUnavailable(tx, "database.unreachable", "57P05");
        }
    }

    @Test
    void a_lock_that_is_not_given_in_time_is_told_with_its_state() throws Exception {
        try (Connection holder = transaction("select from counterfoil.ticket for update")) {
            assertThat(holder.isValid(1)).isTrue();
            try (Connection tx = transaction("set lock_timeout = '100ms'")) {
                requireUnavailable(tx, "database.busy", "55P03");
            }
            try (Connection tx = transaction("set statement_timeout = '100ms'")) {
                requireUnavailable(tx, "database.timeout", "57014");
            }
        }
    }

    @Test
    void a_conflict_under_a_stricter_isolation_is_told_with_its_state() throws Exception {
        try (Connection tx = transaction("set transaction isolation level repeatable read")) {
            execute(tx, "select count(*) from counterfoil.ticket");
            team.jane().on(id).reply("Meanwhile");
            requireUnavailable(tx, "database.busy", "40001");
        }
    }

    @Test
    void a_deadlock_is_told_to_one_of_the_two_with_its_state() throws Exception {
        UUID other = team.ticket();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (Connection one = transaction("select from counterfoil.ticket where id = '" + id + "' for update");
                Connection two = transaction("select from counterfoil.ticket where id = '" + other + "' for update")) {
            Future<Throwable> first = threads.submit(() -> replied(one, other));
            Future<Throwable> second = threads.submit(() -> replied(two, id));
            Throwable a = first.get(30, TimeUnit.SECONDS);
            Throwable thrown = a == null ? second.get(30, TimeUnit.SECONDS) : a;
            assertThat(thrown).isInstanceOfSatisfying(Unavailable.class, e -> {
                assertThat(e.code()).isEqualTo("database.busy");
                assertThat(e.sqlState()).isEqualTo("40P01");
            });
        } finally {
            threads.shutdownNow();
        }
    }

    /** Ends its transaction, so that the other gets its lock. */
    private Throwable replied(Connection tx, UUID ticket) throws SQLException {
        Throwable thrown = catchThrowable(
                () -> team.tickets().joining(tx).agent(JANE).on(ticket).reply("Hello"));
        tx.rollback();
        return thrown;
    }

    @Test
    void a_transaction_that_may_only_read_is_told_with_its_state() throws Exception {
        try (Connection tx = transaction("set transaction read only")) {
            requireUnavailable(tx, "database.read_only", "25006");
        }
    }

    @Test
    void a_transaction_that_has_failed_is_told_as_aborted() throws Exception {
        try (Connection tx = transaction("select 1")) {
            assertThatThrownBy(() -> execute(tx, "select 1 / 0")).isInstanceOf(SQLException.class);
            assertThatThrownBy(
                            () -> team.tickets().joining(tx).agent(JANE).on(id).reply("Hello"))
                    .isInstanceOf(TransactionAborted.class);
        }
    }

    @Test
    void a_server_that_gives_no_more_connections_is_told_with_its_state() {
        database.asSuperuser("alter database " + database.value("select current_database()") + " connection limit 0");
        assertThatThrownBy(() -> TicketService.builder(database.dataSource())
                        .build()
                        .agent(JANE)
                        .on(id)
                        .ticket())
                .isInstanceOfSatisfying(Unavailable.class, e -> {
                    assertThat(e.code()).isEqualTo("database.exhausted");
                    assertThat(e.sqlState()).isEqualTo("53300");
                });
    }

    @Test
    void a_connection_that_is_cut_at_any_statement_of_a_call_about_the_schema_is_told_without_sql() {
        List<Consumer<Schema>> calls = List.of(Schema::verify, Schema::require, Schema::additions, Schema::apply);
        for (Consumer<Schema> call : calls) {
            int statement = 1;
            while (isCutAt(statement, call)) {
                statement++;
            }
            assertThat(statement).isGreaterThan(1);
        }
        assertThat(team.tickets().schema().verify()).isEmpty();
    }

    /** Whether the call sends so many statements. */
    private boolean isCutAt(int statement, Consumer<Schema> call) {
        Cutting connections = new Cutting(statement);
        Schema schema = TicketService.builder(connections).build().schema();
        Throwable thrown = catchThrowable(() -> call.accept(schema));
        if (thrown == null) {
            return false;
        }
        assertThat(thrown)
                .isInstanceOf(Unavailable.class)
                .hasNoCause()
                // What the server said of it, or what the driver says where it was not heard any more.
                .extracting(Throwable::getMessage)
                .isIn("database.unreachable (SQLSTATE 57P01)", "database.unreachable (SQLSTATE 08006)");
        return true;
    }

    /** Connections that PostgreSQL ends before the statement of this number. */
    private final class Cutting implements ConnectionSource {
        private int left;

        Cutting(int statement) {
            left = statement;
        }

        @Override
        public Connection open() throws SQLException {
            Connection connection = database.dataSource().getConnection();
            return (Connection) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                        boolean sends = method.getName().matches("prepareStatement|createStatement");
                        if (sends && --left == 0) {
                            terminate(connection);
                        }
                        try {
                            return method.invoke(connection, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }

        @Override
        public void release(Connection connection) throws SQLException {
            connection.close();
        }
    }

    private void requireUnavailable(Connection tx, String code, String state) {
        assertThatThrownBy(() -> team.tickets().joining(tx).agent(JANE).on(id).reply("Hello"))
                .isInstanceOfSatisfying(Unavailable.class, e -> {
                    assertThat(e.code()).isEqualTo(code);
                    assertThat(e.sqlState()).isEqualTo(state);
                    assertThat(e.transactionFailed()).isTrue();
                })
                .hasNoCause();
    }

    private Connection transaction(String first) throws SQLException {
        Connection connection = database.dataSource().getConnection();
        connection.setAutoCommit(false);
        execute(connection, first);
        return connection;
    }

    private void terminate(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
            row.next();
            database.superuserValue("select pg_terminate_backend(" + row.getInt(1) + ", 10000)");
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
