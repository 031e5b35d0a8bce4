package io.github.counterfoil.error;

import java.util.UUID;

/**
 * There is no such ticket for who asked: a ticket of another customer and no ticket at all are the same answer.
 */
public final class TicketNotFound extends Refusal {
    private static final long serialVersionUID = 1L;

    private final UUID ticketId;

    public TicketNotFound(UUID ticketId) {
        super("ticket.not_found", "no ticket " + ticketId);
        this.ticketId = ticketId;
    }

    public UUID ticketId() {
        return ticketId;
    }
}
