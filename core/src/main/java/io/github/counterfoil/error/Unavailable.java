package io.github.counterfoil.error;

/**
 * The database did not take the statement, and nothing was stored: {@code database.unreachable}, {@code database.busy}
 * (locks, deadlocks, serialization), {@code database.timeout}, {@code database.read_only} or {@code database.exhausted}
 * (connections, memory, disk).
 */
public final class Unavailable extends CounterfoilException {
    private static final long serialVersionUID = 1L;

    private final String sqlState;

    public Unavailable(String code, String sqlState) {
        super(code, code + " (SQLSTATE " + sqlState + ")");
        this.sqlState = sqlState;
    }

    public String sqlState() {
        return sqlState;
    }

    /** Whether the same call may succeed in a moment; inside your own transaction, roll that back first. */
    public boolean retryable() {
        return code().equals("database.busy") || code().equals("database.unreachable");
    }
}
