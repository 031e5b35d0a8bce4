package io.github.counterfoil.benchmark.store;

import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** Rows for PostgreSQL's COPY in its text format. Sample values hold nothing that has to be escaped there. */
public final class CopyRows {
    private final String target;
    private final StringBuilder rows = new StringBuilder();

    /** @param target a table, with its columns in brackets */
    public CopyRows(String target) {
        this.target = target;
    }

    public void add(@Nullable Object... values) {
        for (int i = 0; i < values.length; i++) {
            if (i > 0) {
                rows.append('\t');
            }
            Object value = values[i];
            rows.append(value == null ? "\\N" : value);
        }
        rows.append('\n');
    }

    public int length() {
        return rows.length();
    }

    /** Sends what was added since. */
    public void send(Connection connection) throws SQLException {
        send(connection, target, rows.toString());
        rows.setLength(0);
    }

    static void send(Connection connection, String target, String rows) throws SQLException {
        try {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy " + target + " from stdin", new StringReader(rows));
        } catch (IOException e) {
            throw new IllegalStateException("a string could not be read", e);
        }
    }
}
