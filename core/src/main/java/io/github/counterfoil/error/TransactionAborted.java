package io.github.counterfoil.error;

/**
 * A statement of the transaction had failed: of the host's before this call, or of one of Counterfoil's own. PostgreSQL takes no further statement in it, and its
 * {@code COMMIT} would store nothing. Roll it back.
 */
public final class TransactionAborted extends CounterfoilException {
    private static final long serialVersionUID = 1L;

    public TransactionAborted() {
        super("transaction.aborted", "the transaction had failed before this call");
    }
}
