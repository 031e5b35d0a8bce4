package io.github.counterfoil.desk;

import io.github.counterfoil.error.Refusal;
import io.github.counterfoil.event.CustomerEvent;
import io.github.counterfoil.event.TicketEvent;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The ticket has moved on since the version that {@code expecting} named; nothing was stored. */
public abstract sealed class StaleTicket extends Refusal {
    private static final long serialVersionUID = 1L;

    private final UUID ticketId;
    private final int expected;
    private final int actual;

    private StaleTicket(UUID ticketId, int expected, int actual) {
        super("ticket.stale", "ticket " + ticketId + " has version " + actual + ", expected was " + expected);
        this.ticketId = ticketId;
        this.expected = expected;
        this.actual = actual;
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

    /** As an agent gets it. */
    public static final class ForAgent extends StaleTicket {
        private static final long serialVersionUID = 1L;

        private final transient @Nullable List<TicketEvent> since;

        public ForAgent(UUID ticketId, int expected, int actual, List<TicketEvent> since) {
            super(ticketId, expected, actual);
            this.since = List.copyOf(since);
        }

        /**
         * What was missed since the expected version, oldest first, at most 200 and 16 MiB. Empty if the expected version lies in the
         * future, for a ticket of {@link AgentDesk#onEach}, and after the exception was serialised.
         */
        public List<TicketEvent> since() {
            return since == null ? List.of() : since;
        }
    }

    /** As a customer gets it. */
    public static final class ForCustomer extends StaleTicket {
        private static final long serialVersionUID = 1L;

        private final transient @Nullable List<CustomerEvent> since;

        public ForCustomer(UUID ticketId, int expected, int actual, List<CustomerEvent> since) {
            super(ticketId, expected, actual);
            this.since = List.copyOf(since);
        }

        /**
         * What was missed, of what the customer sees, since the expected version, oldest first, at most 200 and 16 MiB. Empty if the
         * expected version lies in the future, and after the exception was serialised.
         */
        public List<CustomerEvent> since() {
            return since == null ? List.of() : since;
        }
    }
}
