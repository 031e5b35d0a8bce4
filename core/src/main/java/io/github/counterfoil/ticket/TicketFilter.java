package io.github.counterfoil.ticket;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Which tickets an agent wants listed; each condition narrows, none at all lists every ticket.
 *
 * @param statuses any of these; empty for any status
 * @param assigneeId assigned to this worker now
 * @param customerId of this customer
 */
public record TicketFilter(Set<TicketStatus> statuses, Optional<UUID> assigneeId, Optional<UUID> customerId) {

    public TicketFilter {
        statuses = Set.copyOf(statuses);
    }

    /** Every ticket. */
    public static TicketFilter all() {
        return new TicketFilter(Set.of(), Optional.empty(), Optional.empty());
    }

    public TicketFilter status(TicketStatus... statuses) {
        return new TicketFilter(Set.of(statuses), assigneeId, customerId);
    }

    public TicketFilter assignedTo(UUID workerId) {
        return new TicketFilter(statuses, Optional.of(workerId), customerId);
    }

    public TicketFilter ofCustomer(UUID customerId) {
        return new TicketFilter(statuses, assigneeId, Optional.of(customerId));
    }
}
