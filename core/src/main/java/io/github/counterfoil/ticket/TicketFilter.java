package io.github.counterfoil.ticket;

import io.github.counterfoil.internal.given.Given;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which tickets an agent wants listed; each condition narrows, none at all lists every ticket. */
public final class TicketFilter {
    private final Set<TicketStatus> statuses;
    private final Optional<UUID> assigneeId;
    private final Optional<UUID> customerId;
    private final Optional<UUID> followerId;

    private TicketFilter(
            Set<TicketStatus> statuses,
            Optional<UUID> assigneeId,
            Optional<UUID> customerId,
            Optional<UUID> followerId) {
        this.statuses = statuses;
        this.assigneeId = assigneeId;
        this.customerId = customerId;
        this.followerId = followerId;
    }

    /** Every ticket. */
    public static TicketFilter all() {
        return new TicketFilter(Set.of(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Of any of these statuses; none for any status. */
    public TicketFilter status(TicketStatus... statuses) {
        Set<TicketStatus> wanted = EnumSet.noneOf(TicketStatus.class);
        wanted.addAll(Given.list("status", Given.held("status", statuses)));
        return new TicketFilter(Collections.unmodifiableSet(wanted), assigneeId, customerId, followerId);
    }

    /** Assigned to this worker now. */
    public TicketFilter assignedTo(UUID workerId) {
        return new TicketFilter(statuses, Optional.of(Given.value("worker_id", workerId)), customerId, followerId);
    }

    /** Of this customer. */
    public TicketFilter ofCustomer(UUID customerId) {
        return new TicketFilter(statuses, assigneeId, Optional.of(Given.value("customer_id", customerId)), followerId);
    }

    /** Followed by this worker: {@code Command.follow()}. */
    public TicketFilter followedBy(UUID workerId) {
        return new TicketFilter(statuses, assigneeId, customerId, Optional.of(Given.value("worker_id", workerId)));
    }

    /** Any of these; empty for any status. */
    public Set<TicketStatus> statuses() {
        return statuses;
    }

    public Optional<UUID> assigneeId() {
        return assigneeId;
    }

    public Optional<UUID> customerId() {
        return customerId;
    }

    public Optional<UUID> followerId() {
        return followerId;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TicketFilter that && parts().equals(that.parts());
    }

    @Override
    public int hashCode() {
        return parts().hashCode();
    }

    private List<@Nullable Object> parts() {
        return Arrays.asList(statuses, assigneeId, customerId, followerId);
    }

    @Override
    public String toString() {
        return "TicketFilter" + parts();
    }
}
