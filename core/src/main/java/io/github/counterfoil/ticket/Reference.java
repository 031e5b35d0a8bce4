package io.github.counterfoil.ticket;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.internal.json.JsonFields;
import io.github.counterfoil.json.AsJson;
import io.github.counterfoil.json.JsonValue;
import java.util.Optional;
import java.util.UUID;

/**
 * The id that something has in another system: a mail's Message-ID, an issue's key, the number that a ticket had where it was before.
 * It is given with the command that stores what it is the id of, and found again by it. What comes again under one that was given before
 * is not stored again.
 *
 * <p>All agents share their references: the same one is given by them once, on whatever ticket. Those that a customer's desk was given are
 * that customer's: whoever sends what has another's id, who may have chosen it, meets nothing and keeps nothing from being stored.
 *
 * @param source which system, as the host calls it: 1 to 64 code points on one line
 * @param id of any shape, not blank, at most 1,000 code points; it is compared as it is, with its case and its brackets
 */
public record Reference(String source, String id) implements AsJson {

    /**
     * What {@link #json()} gave.
     *
     * @throws InvalidInput if it is anything else
     */
    public static Reference fromJson(JsonValue json) {
        JsonFields fields = JsonFields.of(json);
        return fields.done(new Reference(fields.text("source"), fields.text("id")));
    }

    /** Tells nothing of what others chose. */
    @Override
    public String toString() {
        return "Reference";
    }

    /**
     * Where a reference is.
     *
     * @param eventId of the first event that its command stored, for customers of the first that they see; empty if it is on the ticket's
     *     opening
     */
    public record Place(Reference reference, UUID ticketId, Optional<UUID> eventId) implements AsJson {}
}
