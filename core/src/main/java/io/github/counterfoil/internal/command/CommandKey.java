package io.github.counterfoil.internal.command;

import io.github.counterfoil.internal.access.Actor;
import io.github.counterfoil.internal.digest.Digest;
import java.util.UUID;

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
}
