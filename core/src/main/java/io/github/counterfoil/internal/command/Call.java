package io.github.counterfoil.internal.command;

import io.github.counterfoil.internal.given.Given;
import io.github.counterfoil.ticket.Reference;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a caller asked of a command beside its values.
 *
 * @param commandId the caller's own; null for one made for this call
 * @param expected the version that must hold; null for any
 * @param reference of what it stores in another system; null for none
 */
public record Call(
        @Nullable UUID commandId,
        @Nullable Integer expected,
        @Nullable Reference reference) {
    public static final Call PLAIN = new Call(null, null, null);

    public Call once(@Nullable UUID id) {
        return new Call(Given.value("command_id", id), expected, reference);
    }

    public Call expecting(int version) {
        return new Call(commandId, Given.version(version), reference);
    }

    public Call once(@Nullable Reference given) {
        return new Call(commandId, expected, Given.value("reference", given));
    }

    UUID id() {
        return commandId == null ? UUID.randomUUID() : commandId;
    }
}
