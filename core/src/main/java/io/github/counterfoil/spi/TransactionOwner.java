package io.github.counterfoil.spi;

/**
 * Who ends the transaction of a connection that has autocommit off. JDBC cannot tell: an idle connection of a pool with
 * autocommit off and the beginning of a host's transaction look the same.
 */
public enum TransactionOwner {
    /** The host. Counterfoil's statements are part of its transaction, and Counterfoil neither commits nor rolls back. */
    HOST,

    /**
     * Counterfoil: the connection is for this call alone. What the call did is committed, what failed is rolled back, and
     * autocommit stays off.
     */
    COUNTERFOIL
}
