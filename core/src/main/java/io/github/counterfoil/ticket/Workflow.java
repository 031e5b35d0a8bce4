package io.github.counterfoil.ticket;

/**
 * Which status follows by itself, and what customers may do. Agents may always make every move but one back to
 * {@link TicketStatus#NEW}.
 *
 * @param firstAssignmentOpens whether assigning somebody to a new ticket opens it
 * @param customerReplyOpensPending whether a customer's reply to a pending ticket opens it
 * @param replyToClosed what a customer's reply to a closed ticket does
 * @param customerMayClose whether customers may close their own tickets
 * @param customerMayReopen whether customers may reopen their own tickets
 */
public record Workflow(
        boolean firstAssignmentOpens,
        boolean customerReplyOpensPending,
        ReplyToClosed replyToClosed,
        boolean customerMayClose,
        boolean customerMayReopen) {

    /** What a customer's reply to a closed ticket does. */
    public enum ReplyToClosed {
        /** The ticket opens again. */
        REOPENS,
        /** The reply is stored and the ticket stays closed. */
        STAYS_CLOSED,
        /** The reply is refused with {@code status.not_allowed}. */
        REFUSED
    }

    /**
     * What most help desks do: the first assignment opens a new ticket, a customer's reply opens a pending and reopens a
     * closed one, customers may close and reopen their own.
     */
    public static Workflow standard() {
        return new Workflow(true, true, ReplyToClosed.REOPENS, true, true);
    }

    /** No status follows by itself, and customers may neither close nor reopen. */
    public static Workflow manual() {
        return new Workflow(false, false, ReplyToClosed.STAYS_CLOSED, false, false);
    }
}
