package io.github.counterfoil.internal.command;

import io.github.counterfoil.internal.access.Actor;
import io.github.counterfoil.internal.digest.Digest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a command is recognised when it comes again.
 *
 * @param firstId the id of the first row it stores: made from who acts, on what and under which command id, so that no
 *     two actors ever meet
 * @param digest of who acts, the command id and the content: differs if the id comes again with another content
 */
public record CommandKey(UUID firstId, UUID digest) {

    public static CommandKey of(Actor actor, Object subject, UUID commandId, String content) {
        return new CommandKey(
                Digest.uuid(actor.role().wireName(), actor.id(), subject, commandId),
                Digest.uuid(actor.role().wireName(), actor.id(), commandId, content));
    }

    /** Of a call about a person, which leaves a receipt. */
    public static CommandKey ofPerson(
            @Nullable UUID adminId, String change, UUID personId, UUID commandId, String args) {
        String actor = adminId == null ? "host" : adminId.toString();
        return new CommandKey(
                Digest.uuid("receipt", actor, change, personId, commandId),
                Digest.uuid(actor, commandId, change, args));
    }
}
