package io.github.counterfoil.internal.command;

import io.github.counterfoil.internal.json.JsonObject;
import io.github.counterfoil.internal.validation.Faults;
import io.github.counterfoil.internal.validation.Problem;

/**
 * When a ticket is full.
 *
 * @param bytes of its events' bodies, as PostgreSQL prints them
 * @param events how many
 */
public record TicketLimit(long bytes, int events) {
    public static final TicketLimit STANDARD = new TicketLimit(256L * 1024 * 1024, 100_000);

    public TicketLimit {
        Faults faults = new Faults();
        faults.add("ticket_limit.bytes", Problem.range(bytes, 1, Long.MAX_VALUE));
        faults.add("ticket_limit.events", Problem.range(events, 1, Integer.MAX_VALUE));
        faults.throwIfAny();
    }

    /** @param still how many bytes a change may have while the ticket is full */
    void writeRoom(long still, JsonObject room) {
        room.put("bytes", bytes).put("events", events).put("still", still);
    }
}
