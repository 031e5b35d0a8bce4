package io.github.counterfoil.internal.command;

import io.github.counterfoil.internal.given.Given;
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
        return new Call(Given.value("command_id", id), expected);
    }

    public Call expecting(int version) {
        return new Call(commandId, Given.version(version));
    }

    UUID id() {
        return commandId == null ? UUID.randomUUID() : commandId;
    }
}
