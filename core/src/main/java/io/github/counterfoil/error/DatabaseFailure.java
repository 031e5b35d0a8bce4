package io.github.counterfoil.error;

/**
 * PostgreSQL refused a statement in a way that no input should cause: missing privileges, a changed schema, or a fault of
 * Counterfoil. SQLSTATE {@code XX001} also stands for an answer that Counterfoil cannot read, as from a row that was changed
 * by hand.
 */
public final class DatabaseFailure extends CounterfoilException {
    private static final long serialVersionUID = 1L;

    private final String sqlState;

    public DatabaseFailure(String sqlState) {
        super("database.failure", "SQLSTATE " + sqlState);
        this.sqlState = sqlState;
    }

    public String sqlState() {
        return sqlState;
    }
}
