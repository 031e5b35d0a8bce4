package io.github.counterfoil.error;

/**
 * The schema is not the one that this release of the library works with. Apply the schema, or run the release that fits.
 */
public final class SchemaMismatch extends CounterfoilException {
    private static final long serialVersionUID = 1L;

    private final int found;
    private final int required;

    public SchemaMismatch(String schema, int found, int required) {
        super(
                "schema.mismatch",
                "schema " + schema + " has version " + found + ", this release needs " + required
                        + (found < required
                                ? ": call TicketService.schema().apply() or run the SQL files that it lists"
                                : ": it was made by a newer release"));
        this.found = found;
        this.required = required;
    }

    /** The version in the database, 0 if there is none. */
    public int found() {
        return found;
    }

    public int required() {
        return required;
    }
}
