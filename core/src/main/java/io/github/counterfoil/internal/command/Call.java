package io.github.counterfoil.internal.command;

import io.github.counterfoil.error.InvalidInput;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a caller asked of a command beside its values.
 *
 * @param commandId the caller's own; null for one made for this call
 * @param expected the version that must hold; null for any
 */
public record Call(@Nullable UUID commandId, @Nullable Integer expected) {
    public static final Call PLAIN = new Call(null, null);

    public Call once(@Nullable UUID id) {
        if (id == null) {
            throw new InvalidInput("command_id", "required", null);
        }
        return new Call(id, expected);
    }

    public Call expecting(int version) {
        if (version < 0) {
            throw new InvalidInput("version", "out_of_range", 0L);
        }
        return new Call(commandId, version);
    }

    UUID id() {
        return commandId == null ? UUID.randomUUID() : commandId;
    }
}
