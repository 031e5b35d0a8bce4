package io.github.counterfoil.error;

/**
 * This release of the library cannot work with the schema:
 *
 * <ul>
 *   <li>{@code schema.missing}: it is not there
 *   <li>{@code schema.too_old}: it lacks what this release needs
 *   <li>{@code schema.too_new}: a newer release broke what this one works with
 *   <li>{@code schema.incomplete}: something of it was dropped
 *   <li>{@code schema.not_permitted}: the connection's role lacks a privilege, which the message names
 *   <li>{@code schema.users_unsuitable}: nothing can refer to the users table that the host named, as the message explains
 *   <li>{@code schema.other_users}: it refers to another users table than the host named
 *   <li>{@code schema.not_utf8}: the database's encoding cannot hold every text
 * </ul>
 */
public final class SchemaMismatch extends CounterfoilException {
    private static final long serialVersionUID = 1L;

    private final int found;
    private final int required;

    public SchemaMismatch(String code, String message, int found, int required) {
        super(code, message);
        this.found = found;
        this.required = required;
    }

    /** The version in the database, 0 if there is none or it cannot be seen. */
    public int found() {
        return found;
    }

    /** The version that this release needs at least. */
    public int required() {
        return required;
    }
}
