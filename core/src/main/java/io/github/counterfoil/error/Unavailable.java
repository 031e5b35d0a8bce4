package io.github.counterfoil.error;

/**
 * The database did not take the call, and nothing of it was stored: {@code database.unreachable} (also if a pool had no
 * connection to give), {@code database.busy} (locks, deadlocks, serialization), {@code database.timeout},
 * {@code database.read_only} (also a connection that says it is), {@code database.exhausted} (connections, memory, disk) or
 * {@code database.refused}: PostgreSQL gave no connection, since the password is wrong, the database is not there or the
 * role may not connect. The last is a matter of configuration: the same call fails again.
 *
 * <p>On connections of its own Counterfoil has repeated what could be repeated before it throws this; inside a transaction
 * of the host's it repeats nothing.
 */
public final class Unavailable extends CounterfoilException {
    private static final long serialVersionUID = 1L;

    private final String sqlState;
    private final boolean transactionFailed;

    public Unavailable(String code, String sqlState) {
        this(code, sqlState, false);
    }

    public Unavailable(String code, String sqlState, boolean transactionFailed) {
        super(
                code,
                code + " (SQLSTATE " + sqlState + ")"
                        + (transactionFailed
                                ? ": roll the whole transaction back"
                                        + (passes(code) ? ", then all of it may be run again" : "")
                                : ""));
        this.sqlState = sqlState;
        this.transactionFailed = transactionFailed;
    }

    /** As PostgreSQL, the driver or the pool gave it; {@code 08000} if they gave none. */
    public String sqlState() {
        return sqlState;
    }

    /**
     * Whether the same call may succeed in a moment; if {@link #transactionFailed()}, only together with the rest of the
     * transaction.
     */
    public boolean retryable() {
        return passes(code());
    }

    /**
     * Whether it happened inside a transaction of the host's, which PostgreSQL has given up by that: roll it back. If
     * {@link #retryable()}, the whole transaction may be run again.
     */
    public boolean transactionFailed() {
        return transactionFailed;
    }

    private static boolean passes(String code) {
        return code.equals("database.busy") || code.equals("database.unreachable");
    }
}
