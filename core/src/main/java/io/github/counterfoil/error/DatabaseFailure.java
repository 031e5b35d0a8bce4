package io.github.counterfoil.error;

/**
 * PostgreSQL refused a statement in a way that no input should cause: missing privileges, a changed schema, or a fault of
 * Counterfoil.
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
