package io.github.counterfoil.error;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The connection was lost after something was sent that writes, and the database stayed away, or the deadline came: it was
 * stored, or it was not. The same call under its id finds out, and does it if it was not done. What has no id (imports,
 * adoption, the schema) finds its work done, or does it, when it is called again. A call of several transactions (erasing,
 * deactivating a worker, redacting all of a person's) also ends so where it broke off between two of them, and goes on when it is called again.
 */
public final class OutcomeUnknown extends CounterfoilException {
    private static final long serialVersionUID = 1L;

    private final @Nullable UUID commandId;

    /** @param commandId null for what has none */
    public OutcomeUnknown(@Nullable UUID commandId) {
        super(
                "outcome.unknown",
                "no answer to " + (commandId == null ? "a call that writes" : "command " + commandId)
                        + ": the connection was lost or the deadline passed");
        this.commandId = commandId;
    }

    /** The command's id, whoever made it; empty for a call that has none. */
    public Optional<UUID> commandId() {
        return Optional.ofNullable(commandId);
    }
}
