package io.github.counterfoil.desk;

import io.github.counterfoil.error.Refusal;
import io.github.counterfoil.event.CustomerEvent;
import io.github.counterfoil.event.TicketEvent;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The ticket has moved on since the version that {@code expecting} named; nothing was stored. */
public final class StaleTicket extends Refusal {
    private static final long serialVersionUID = 1L;

    private final UUID ticketId;
    private final int expected;
    private final int actual;
    private final transient @Nullable List<TicketEvent> since;
    private final transient @Nullable List<CustomerEvent> publicSince;

    private StaleTicket(
            UUID ticketId, int expected, int actual, List<TicketEvent> since, List<CustomerEvent> publicSince) {
        super("ticket.stale", "ticket " + ticketId + " has version " + actual + ", expected was " + expected);
        this.ticketId = ticketId;
        this.expected = expected;
        this.actual = actual;
        this.since = List.copyOf(since);
        this.publicSince = List.copyOf(publicSince);
    }

    /** As an agent gets it. */
    public static StaleTicket forAgent(UUID ticketId, int expected, int actual, List<TicketEvent> since) {
        return new StaleTicket(ticketId, expected, actual, since, List.of());
    }

    /** As a customer gets it. */
    public static StaleTicket forCustomer(UUID ticketId, int expected, int actual, List<CustomerEvent> since) {
        return new StaleTicket(ticketId, expected, actual, List.of(), since);
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
     * What an agent missed since the expected version, oldest first, at most 200 and 16 MiB. Empty at a customer's desk, if the expected
     * version lies in the future, for a ticket of {@link AgentDesk#onEach}, and after the exception was serialised.
     */
    public List<TicketEvent> since() {
        return since == null ? List.of() : since;
    }

    /** As {@link #since()}, at a customer's desk: what they missed of what they see. Empty at an agent's. */
    public List<CustomerEvent> publicSince() {
        return publicSince == null ? List.of() : publicSince;
    }
}
