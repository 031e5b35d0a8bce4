package io.github.counterfoil.internal.command;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.internal.json.JsonObject;

/**
 * When a ticket is full.
 *
 * @param bytes of its events' bodies, as PostgreSQL prints them
 * @param events how many
 */
public record TicketLimit(long bytes, int events) {
    public static final TicketLimit STANDARD = new TicketLimit(256L * 1024 * 1024, 100_000);

    public TicketLimit {
        if (bytes < 1) {
            throw new InvalidInput("ticket_limit.bytes", "out_of_range", 1L);
        }
        if (events < 1) {
            throw new InvalidInput("ticket_limit.events", "out_of_range", 1L);
        }
    }

    /** @param still how many bytes a change may have while the ticket is full */
    void writeRoom(long still, JsonObject room) {
        room.put("bytes", bytes).put("events", events).put("still", still);
    }
}
