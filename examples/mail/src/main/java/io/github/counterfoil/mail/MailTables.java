package io.github.counterfoil.mail;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import javax.sql.DataSource;

/** The recipe's own tables, beside the tickets in the same database. */
public final class MailTables {
    private MailTables() {}

    /** Makes what is missing. A host with a migration tool runs {@code mail.sql} with that. */
    public static void create(DataSource dataSource) throws SQLException {
        new Transactions(dataSource).run(transaction -> {
            try (Statement statement = transaction.createStatement()) {
                statement.execute("select pg_advisory_xact_lock(hashtextextended('mail tables', 0))");
                statement.execute(sql());
            }
            return true;
        });
    }

    private static String sql() {
        try (InputStream file = Objects.requireNonNull(MailTables.class.getResourceAsStream("mail.sql"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One at a time, on all nodes, until the transaction ends. */
    static void lock(Connection transaction, String what) throws SQLException {
        try (var statement =
                transaction.prepareStatement("select pg_advisory_xact_lock(hashtextextended('mail ' || ?, 0))")) {
            statement.setString(1, what);
            statement.execute();
        }
    }
}
