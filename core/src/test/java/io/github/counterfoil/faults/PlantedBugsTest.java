package io.github.counterfoil.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.github.counterfoil.TicketService;
import io.github.counterfoil.spi.ConnectionSource;
import io.github.counterfoil.testing.Chance;
import io.github.counterfoil.testing.TestDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

/** The judge is not blind: bugs that others have had are found, each within a few faults. */
@Tag("planted")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no signals to stop a process with")
@ExtendWith(Chance.class)
class PlantedBugsTest {
    private static final int MOST_FAULTS = 12;
    private static final int CALLS_BETWEEN = 40;

    private static Workplace workplace;
    private static OwnServer server;
    private static int stages;

    @BeforeAll
    static void open() {
        workplace = Workplace.open();
        server = OwnServer.in(workplace.folder());
    }

    @AfterAll
    static void close() {
        server.close();
        workplace.close();
    }

    @Test
    void without_a_bug_nothing_is_found() {
        try (Stage stage = stage()) {
            Findings findings = play(stage, FaultKind.F2, UnaryOperator.identity());
            assertThat(findings.isEmpty()).as(findings.toString()).isTrue();
        }
    }

    @Test
    void an_append_that_locks_nothing_loses_events() {
        try (Stage stage = stage()) {
            change(
                    stage,
                    "apply_command",
                    "p.customer_id = p_actor_id))\n  for update;",
                    "p.customer_id = p_actor_id));");
            // As an array that is read, grows in memory and is written back: the last one wins.
            change(
                    stage,
                    "append_event",
                    "octet_length(p_body::text), c_position)",
                    "octet_length(p_body::text), c_position) on conflict (ticket_id, seq) do update set id = excluded.id, "
                            + "type = excluded.type, visibility = excluded.visibility, body = excluded.body, "
                            + "command = excluded.command, public_seq = null, public_at = null");
            stage.execute("alter table counterfoil.ticket_event disable trigger user");
            assertFound(Findings.Kind.LOST, play(stage, FaultKind.F1, UnaryOperator.identity()));
        }
    }

    @Test
    void the_time_of_a_transactions_beginning_runs_backwards() {
        try (Stage stage = stage()) {
            change(stage, "apply_command", "coalesce(p_now, clock_timestamp())", "coalesce(p_now, now())");
            change(stage, "append_event", "greatest(e.created_at, t.updated_at + c_tick)", "e.created_at");
            assertFound(Findings.Kind.OUT_OF_ORDER, play(stage, FaultKind.F3, UnaryOperator.identity()));
        }
    }

    @Test
    void a_command_that_does_not_know_its_id_again_is_doubled() {
        try (Stage stage = stage()) {
            change(stage, "apply_command", "x.id = p_event_id", "false");
            change(stage, "apply_command", "p_event_id, coalesce(", "gen_random_uuid(), coalesce(");
            assertFound(Findings.Kind.DOUBLED, play(stage, FaultKind.F2, UnaryOperator.identity()));
        }
    }

    @Test
    void a_commit_that_does_not_wait_for_the_disk_is_lost_with_the_server() {
        try (Stage stage = stage()) {
            change(
                    stage,
                    "apply_command",
                    "v_done := set_guard('command', '');",
                    "v_done := set_guard('command', '');"
                            + " v_done := set_config('synchronous_commit', 'off', true);");
            stage.execute("alter database " + stage.database() + " set synchronous_commit = off");
            stage.execute("alter system set wal_writer_delay = 10000");
            stage.execute("select pg_reload_conf()");
            assertFound(Findings.Kind.LOST, play(stage, FaultKind.F8, UnaryOperator.identity()));
            stage.execute("alter system reset wal_writer_delay");
        }
    }

    @Test
    void an_acknowledgement_without_a_commit_is_lost() {
        try (Stage stage = stage()) {
            assertFound(Findings.Kind.LOST, play(stage, FaultKind.F1, PlantedBugsTest::pretending));
        }
    }

    @Test
    void several_commands_of_which_some_are_forgotten_are_half_done() {
        try (Stage stage = stage()) {
            change(stage, "change_ticket_all", "order by x.n", "where x.n < 3 order by x.n");
            assertFound(Findings.Kind.HALF_DONE, play(stage, FaultKind.F5, UnaryOperator.identity()));
        }
    }

    private static Stage stage() {
        return new Stage(server, workplace.folder(), stages++, Chance.seed());
    }

    private static void assertFound(Findings.Kind kind, Findings findings) {
        assertThat(findings.count(kind)).as(findings.toString()).isPositive();
    }

    /** A crew works, on connections that are like the pool's or worse, while a few faults strike. */
    private static Findings play(Stage stage, FaultKind fault, UnaryOperator<ConnectionSource> connections) {
        int faults = fault == FaultKind.F8 ? MOST_FAULTS / 4 : MOST_FAULTS;
        try (HikariDataSource pool = Host.pool(stage.proxy().url())) {
            pool.setMaximumPoolSize(Cast.THREADS);
            ConnectionSource source = connections.apply(pooled(pool));
            try (ThrownFaults hooks = new ThrownFaults(stage);
                    Crew crew = new Crew(stage, TicketService.builder(source).build())) {
                for (FaultKind each : Collections.nCopies(faults, fault)) {
                    stage.requireSuccess();
                    crew.work(CALLS_BETWEEN);
                    each.strike(stage, hooks);
                }
            }
        }
        return stage.judge();
    }

    private static ConnectionSource pooled(HikariDataSource pool) {
        return new ConnectionSource() {
            @Override
            public Connection open() throws SQLException {
                return pool.getConnection();
            }

            @Override
            public void release(Connection connection) throws SQLException {
                connection.close();
            }
        };
    }

    /** Connections with autocommit off that say it is on: nobody commits. */
    private static ConnectionSource pretending(ConnectionSource source) {
        return new ConnectionSource() {
            @Override
            public Connection open() throws SQLException {
                Connection connection = source.open();
                connection.setAutoCommit(false);
                return (Connection) Proxy.newProxyInstance(
                        getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                            try {
                                return method.getName().equals("getAutoCommit")
                                        ? true
                                        : method.invoke(connection, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
            }

            @Override
            public void release(Connection connection) throws SQLException {
                source.release(connection);
            }
        };
    }

    private static void change(Stage stage, String function, String text, String replacement) {
        TestDatabase.changeFunction(stage.server().url(stage.database()), function, text, replacement);
    }
}
