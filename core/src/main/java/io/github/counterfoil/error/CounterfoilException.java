package io.github.counterfoil.error;

/**
 * The base of all that Counterfoil throws on purpose.
 *
 * <p>Messages hold codes, ids, field names and limits: never a text that somebody typed, and never what PostgreSQL says of
 * a row. There is no cause either, for the same reason.
 */
public abstract class CounterfoilException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    protected CounterfoilException(String code, String message) {
        super(message);
        this.code = code;
    }

    /** What went wrong, stable across releases, for example {@code ticket.not_found}. */
    public String code() {
        return code;
    }
}
