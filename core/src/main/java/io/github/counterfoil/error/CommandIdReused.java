package io.github.counterfoil.error;

import java.util.UUID;

/** The same actor has used this command id for another content; nothing was stored. */
public final class CommandIdReused extends Refusal {
    private static final long serialVersionUID = 1L;

    private final UUID commandId;

    public CommandIdReused(UUID commandId) {
        super("command_id.reused", "command id " + commandId + " was used for something else");
        this.commandId = commandId;
    }

    public UUID commandId() {
        return commandId;
    }
}
