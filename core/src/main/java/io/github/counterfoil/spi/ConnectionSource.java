package io.github.counterfoil.spi;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Where Counterfoil gets a connection for each call and gives it back: a framework's glue, one class.
 *
 * <p>A connection with autocommit on makes each statement a transaction of its own. One with autocommit off belongs to
 * whom {@link #transactionOwner} names. Autocommit is changed only by what takes several statements in one transaction, as
 * applying the schema does, only if it is on, and it is on again before the connection is given back. A connection that is
 * read-only gets reads; what would write is refused before any SQL.
 *
 * <p>A {@link SQLException} that these methods throw, also inside a RuntimeException, reaches the caller as the exception of
 * Counterfoil's that its SQLSTATE stands for. Any other RuntimeException reaches the caller as it is, unless a try before it
 * may have stored something, which is {@code OutcomeUnknown}.
 */
public interface ConnectionSource {

    Connection open() throws SQLException;

    /**
     * Called once for each connection that {@link #open()} gave, also after an error. What it throws is logged and changes
     * no answer.
     */
    void release(Connection connection) throws SQLException;

    /**
     * Who ends the transaction that a connection's next statement belongs to; asked before the first statement, and only if
     * autocommit is off. It must send no SQL.
     *
     * @param connection as {@link #open()} gave it
     * @return empty to leave the answer to {@code TicketService.Builder.transactionOwner}; if that does not say either,
     *     the call is refused with {@code UnsuitableConnection}
     */
    default Optional<TransactionOwner> transactionOwner(Connection connection) throws SQLException {
        return Optional.empty();
    }

    /**
     * Who ends the transaction of a connection that has autocommit off. JDBC cannot tell: an idle connection of a pool with
     * autocommit off and the beginning of a host's transaction look the same.
     */
    enum TransactionOwner {
        /** The host. Counterfoil's statements are part of its transaction, and Counterfoil neither commits nor rolls back. */
        HOST,

        /**
         * Counterfoil: the connection is for this call alone. What the call did is committed, what failed is rolled back, and
         * autocommit stays off.
         */
        COUNTERFOIL
    }
}
