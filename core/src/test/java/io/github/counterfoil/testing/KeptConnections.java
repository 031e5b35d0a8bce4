package io.github.counterfoil.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What a test itself asks of a database, on sessions that are kept: a new one costs more than most of what is asked. What is set in
 * them is set for the transaction alone.
 */
final class KeptConnections implements AutoCloseable {
    private final Queue<Connection> idle = new ConcurrentLinkedQueue<>();
    private final String url;

    KeptConnections(String url) {
        this.url = url;
    }

    /** Runs statements in one transaction. */
    void execute(String sql) {
        run(statement -> statement.execute(sql));
    }

    /** The first column as text, one element a row. */
    List<String> query(String sql) {
        List<String> values = new ArrayList<>();
        run(statement -> {
            try (ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    values.add(rows.getString(1));
                }
            }
        });
        return values;
    }

    private void run(Work work) {
        try {
            Connection connection = take();
            try (Statement statement = connection.createStatement()) {
                work.with(statement);
            } finally {
                idle.add(connection);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    int idle() {
        return idle.size();
    }

    private Connection take() throws SQLException {
        for (Connection kept = idle.poll(); kept != null; kept = idle.poll()) {
            // Tests end sessions.
            if (kept.isValid(10)) {
                return kept;
            }
            kept.close();
        }
        return DriverManager.getConnection(url);
    }

    @Override
    public void close() {
        for (Connection kept = idle.poll(); kept != null; kept = idle.poll()) {
            try {
                kept.close();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private interface Work {
        void with(Statement statement) throws SQLException;
    }
}
