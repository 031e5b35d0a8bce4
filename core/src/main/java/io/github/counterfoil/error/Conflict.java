package io.github.counterfoil.error;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The call does not go with what is there: {@code email.taken}, {@code person.exists}, {@code person.erased} where somebody was
 * erased for good, {@code feedback.exists}, {@code worker.active} where a worker must be deactivated first, {@code admin.last}
 * where nobody would be an active administrator any more, {@code ticket.busy} for one ticket of several that somebody else holds,
 * {@code ticket.full}, {@code ticket.purged} where a ticket was taken out for good, or {@code command_id.redacted} where a command
 * comes again whose content was redacted: it was done once, and is not done again.
 */
public final class Conflict extends Refusal {
    private static final long serialVersionUID = 1L;

    private final UUID id;

    public Conflict(String code, UUID id) {
        this(code, id, null);
    }

    /** @param commandIndex of the command among several; null for the call as a whole */
    public Conflict(String code, UUID id, @Nullable Integer commandIndex) {
        super(code, code + " " + id, commandIndex);
        this.id = id;
    }

    /** The person, the ticket or the command that the call named. */
    public UUID id() {
        return id;
    }
}
