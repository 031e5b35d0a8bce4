package io.github.counterfoil.faults;

import io.github.counterfoil.testing.Waiting;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What happens to sessions on the server, or is done by other sessions. */
final class SessionFaults {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private SessionFaults() {}

    static boolean terminate(Stage stage) {
        boolean all = stage.random().nextInt(4) == 0;
        Waiting.require("a session", LIMIT, () -> {
            List<Long> backends = stage.backends(!all);
            (all ? backends : backends.stream().limit(1).toList())
                    .forEach(pid -> stage.execute("select pg_terminate_backend(" + pid + ")"));
            return !backends.isEmpty();
        });
        return true;
    }

    static boolean cancel(Stage stage) {
        Waiting.require("a statement", LIMIT, () -> {
            List<Long> backends = stage.backends(true);
            backends.stream().limit(1).forEach(pid -> stage.execute("select pg_cancel_backend(" + pid + ")"));
            return !backends.isEmpty();
        });
        return true;
    }

    /** The server then ends all sessions and recovers by itself; over when the stranger's session has ended too. */
    static boolean kill(Stage stage) {
        try (Connection stranger = stage.server().connect(stage.database())) {
            // One that was ending by itself takes nobody with it: then it is another's turn.
            Waiting.require("the end of all sessions", LIMIT, () -> {
                List<Long> backends = stage.backends(true);
                return !backends.isEmpty()
                        && Commands.signal("KILL", backends.get(0))
                        && Waiting.until(LIMIT.dividedBy(2), () -> hasEnded(stranger));
            });
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        Waiting.require(
                "the recovery of the server", LIMIT, () -> stage.server().answers());
        return true;
    }

    private static boolean hasEnded(Connection session) {
        try (Statement statement = session.createStatement()) {
            return !statement.execute("select 1");
        } catch (SQLException e) {
            return true;
        }
    }

    static boolean hold(Stage stage) {
        try (Connection stranger = stage.server().connect(stage.database());
                Statement statement = stranger.createStatement()) {
            stranger.setAutoCommit(false);
            statement.execute("select from counterfoil.ticket where id = '"
                    + Cast.ticket(stage.random().nextInt(Cast.HOT_TICKETS)) + "' for update");
            Waiting.pause(Duration.ofMillis(50 + stage.random().nextInt(400)));
            stranger.rollback();
            return true;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static boolean idle(Stage stage) {
        if (stage.random().nextBoolean()) {
            // Longer than a session of a host may idle in a transaction.
            stage.proxy().strike(Cut.delay(Duration.ofMillis(600)));
            return true;
        }
        try (Connection stranger = stage.server().connect(stage.database());
                Statement statement = stranger.createStatement()) {
            statement.execute("set idle_in_transaction_session_timeout = 300");
            stranger.setAutoCommit(false);
            statement.execute("select from counterfoil.ticket where id = '" + Cast.ticket(0) + "' for update");
            Waiting.pause(Duration.ofMillis(500));
            return !stranger.isValid(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static boolean exhaust(Stage stage) {
        if (stage.random().nextBoolean()) {
            stage.hosts().exhaust(1_200);
            Waiting.pause(Duration.ofMillis(1_200));
            return true;
        }
        List<Connection> strangers = new ArrayList<>();
        try (Connection first = stage.server().connect(stage.database());
                Statement statement = first.createStatement()) {
            statement.execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'host'");
            while (strangers.size() < OwnServer.MAX_CONNECTIONS) {
                strangers.add(stage.server().connect(stage.database()));
            }
        } catch (SQLException e) {
            // There is none left.
        }
        try {
            Waiting.pause(Duration.ofMillis(700));
            return !strangers.isEmpty();
        } finally {
            strangers.forEach(SessionFaults::close);
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
