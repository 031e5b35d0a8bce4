package io.github.counterfoil.internal.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.Function;
import org.jooq.exception.DataAccessException;

/** A connection for statements that change nothing, and whose texts are known. */
public final class Reads {
    private final Connection connection;

    Reads(Connection connection) {
        this.connection = connection;
    }

    /** @param values by the names of the parameters */
    public <T> T read(SqlText sql, Map<String, ?> values, Function<Rows, T> reader) {
        try (PreparedStatement statement = connection.prepareStatement(sql.text())) {
            sql.bind(statement, values);
            try (ResultSet rows = statement.executeQuery()) {
                return reader.apply(new Rows(rows));
            }
        } catch (SQLException e) {
            throw new DataAccessException("a statement failed", e);
        }
    }
}
