package io.github.counterfoil.error;

/**
 * The host's transaction had failed before this call: PostgreSQL takes no further statement in it, and its
 * {@code COMMIT} would store nothing. Roll it back.
 */
public final class TransactionAborted extends CounterfoilException {
    private static final long serialVersionUID = 1L;

    public TransactionAborted() {
        super("transaction.aborted", "the transaction had failed before this call");
    }
}
