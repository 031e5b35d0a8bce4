package io.github.counterfoil.internal.database;

import org.jooq.TransactionContext;
import org.jooq.TransactionProvider;

/**
 * Refuses {@code dsl.transaction()}: jOOQ's own provider would commit a connection that belongs to the host, and its
 * {@code NoTransactionProvider} is silently replaced by that one.
 */
final class NoTransactions implements TransactionProvider {

    @Override
    public void begin(TransactionContext context) {
        throw refused();
    }

    @Override
    public void commit(TransactionContext context) {
        throw refused();
    }

    @Override
    public void rollback(TransactionContext context) {
        throw refused();
    }

    private static IllegalStateException refused() {
        return new IllegalStateException("Counterfoil neither begins nor ends transactions");
    }
}
