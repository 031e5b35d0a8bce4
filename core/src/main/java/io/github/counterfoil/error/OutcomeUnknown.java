package io.github.counterfoil.error;

import java.util.UUID;

/**
 * The connection was lost after the command was sent and the database stayed away: it was stored, or it was not. The same
 * call with {@code once(commandId)} finds out, and does it if it was not done.
 */
public final class OutcomeUnknown extends CounterfoilException {
    private static final long serialVersionUID = 1L;

    private final UUID commandId;

    public OutcomeUnknown(UUID commandId) {
        super("outcome.unknown", "the connection was lost during command " + commandId);
        this.commandId = commandId;
    }

    public UUID commandId() {
        return commandId;
    }
}
