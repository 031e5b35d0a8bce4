package io.github.counterfoil.internal.desk;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.counterfoil.ticket.TicketStatus;
import io.github.counterfoil.ticket.Workflow;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * What the workflow makes of a command: in which statuses it is refused, and which status follows from each.
 */
record Consequences(Set<TicketStatus> refusedIn, Map<TicketStatus, TicketStatus> moves) {
    static final Consequences NONE = new Consequences(Set.of(), Map.of());

    /** Reopening is for closed tickets; an open one is open already. */
    static final Consequences OF_REOPENING =
            new Consequences(EnumSet.of(TicketStatus.NEW, TicketStatus.PENDING), Map.of());

    /** A resolution can be rated once there is one. */
    static final Consequences OF_RATING =
            new Consequences(EnumSet.complementOf(EnumSet.of(TicketStatus.CLOSED)), Map.of());

    static Consequences ofAssignment(Workflow workflow) {
        return workflow.firstAssignmentOpens()
                ? new Consequences(Set.of(), Map.of(TicketStatus.NEW, TicketStatus.OPEN))
                : NONE;
    }

    static Consequences ofCustomerReply(Workflow workflow) {
        Map<TicketStatus, TicketStatus> moves = new EnumMap<>(TicketStatus.class);
        if (workflow.customerReplyOpensPending()) {
            moves.put(TicketStatus.PENDING, TicketStatus.OPEN);
        }
        if (workflow.replyToClosed() == Workflow.ReplyToClosed.REOPENS) {
            moves.put(TicketStatus.CLOSED, TicketStatus.OPEN);
        }
        return new Consequences(
                workflow.replyToClosed() == Workflow.ReplyToClosed.REFUSED ? Set.of(TicketStatus.CLOSED) : Set.of(),
                moves);
    }

    void addTo(ObjectNode args) {
        if (!refusedIn.isEmpty()) {
            ArrayNode statuses = args.putArray("refused_in");
            refusedIn.forEach(status -> statuses.add(status.wireName()));
        }
        if (!moves.isEmpty()) {
            ObjectNode object = args.putObject("moves");
            moves.forEach((from, to) -> object.put(from.wireName(), to.wireName()));
        }
    }
}
