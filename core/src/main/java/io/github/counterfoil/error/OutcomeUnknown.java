package io.github.counterfoil.error;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The connection was lost after something was sent that writes, and the database stayed away: it was stored, or it was not.
 * A ticket's command finds out if it is sent again with {@code once(commandId)}, and is done if it was not done. Whatever
 * has no command id (people, imports, administration, applying the schema) may be called again too: it answers that the
 * work is done, or does it.
 */
public final class OutcomeUnknown extends CounterfoilException {
    private static final long serialVersionUID = 1L;

    private final @Nullable UUID commandId;

    /** @param commandId null for what has none */
    public OutcomeUnknown(@Nullable UUID commandId) {
        super(
                "outcome.unknown",
                "the connection was lost during "
                        + (commandId == null ? "a call that writes" : "command " + commandId));
        this.commandId = commandId;
    }

    /** The command's id, whoever made it; empty for a call that has none. */
    public Optional<UUID> commandId() {
        return Optional.ofNullable(commandId);
    }
}
