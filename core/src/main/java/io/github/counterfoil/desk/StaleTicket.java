package io.github.counterfoil.desk;

import io.github.counterfoil.error.Refusal;
import java.util.List;
import java.util.UUID;

/** The ticket has moved on since the version that {@code expecting} named; nothing was stored. */
public final class StaleTicket extends Refusal {
    private static final long serialVersionUID = 1L;

    private final UUID ticketId;
    private final int expected;
    private final int actual;
    private final transient List<?> since;

    public StaleTicket(UUID ticketId, int expected, int actual, List<?> since) {
        super("ticket.stale", "ticket " + ticketId + " has version " + actual + ", expected was " + expected);
        this.ticketId = ticketId;
        this.expected = expected;
        this.actual = actual;
        this.since = List.copyOf(since);
    }

    public UUID ticketId() {
        return ticketId;
    }

    /** The version that the caller had seen. */
    public int expected() {
        return expected;
    }

    /** The version when the command was refused, as the actor's side counts it. */
    public int actual() {
        return actual;
    }

    /**
     * What happened since the expected version, oldest first, at most 200: {@code TicketEvent}s for an agent,
     * {@code CustomerEvent}s for a customer. Empty if the expected version lies in the future.
     */
    public List<?> since() {
        return since;
    }
}
