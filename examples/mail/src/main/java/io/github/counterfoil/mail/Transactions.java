package io.github.counterfoil.mail;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The host's own transactions. */
record Transactions(DataSource dataSource) {

    @FunctionalInterface
    interface Work<T> {
        T in(Connection transaction) throws SQLException;
    }

    /** Commits what the work did, or nothing of it. */
    <T> T run(Work<T> work) throws SQLException {
        try (Connection transaction = dataSource.getConnection()) {
            transaction.setAutoCommit(false);
            try {
                T done = work.in(transaction);
                transaction.commit();
                transaction.setAutoCommit(true);
                return done;
            } catch (SQLException | RuntimeException e) {
                rollBack(transaction, e);
                throw e;
            }
        }
    }

    private static void rollBack(Connection transaction, Exception reason) {
        try {
            transaction.rollback();
            transaction.setAutoCommit(true);
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }
}
