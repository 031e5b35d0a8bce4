package io.github.counterfoil.desk;

import io.github.counterfoil.internal.given.Given;
import io.github.counterfoil.json.AsJson;
import java.util.List;
import java.util.UUID;

/**
 * What a command did.
 *
 * @param ticketId the ticket; of what was stored before under a reference the one that it is on
 * @param version the ticket's version after the command, as the actor's side counts it: the one to give to
 *     {@code expecting} next
 * @param outcome whether anything was stored
 * @param events what was appended, in order; empty if {@link Outcome#UNCHANGED}
 * @param <E> the events of the actor's side
 */
public record CommandResult<E>(UUID ticketId, int version, Outcome outcome, List<E> events) implements AsJson {

    /** Whether a command stored anything. */
    public enum Outcome implements AsJson {
        /** Stored now. */
        APPLIED,
        /** Stored before under the same command id, or under the same reference; the first answer is given again. */
        REPLAYED,
        /** The ticket was so already; nothing was stored. */
        UNCHANGED
    }

    public CommandResult {
        events = Given.list("events", events);
    }
}
