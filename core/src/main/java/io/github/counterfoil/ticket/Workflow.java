package io.github.counterfoil.ticket;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.internal.given.Given;
import io.github.counterfoil.internal.json.JsonFields;
import io.github.counterfoil.internal.json.JsonObject;
import io.github.counterfoil.json.AsJson;
import io.github.counterfoil.json.JsonValue;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which status follows by itself, and what customers may do: {@link #standard()} or {@link #manual()}, and each part
 * changed by the method of its name. Agents may always make every move but one back to {@link TicketStatus#NEW}.
 */
public final class Workflow implements AsJson {
    private final boolean firstAssignmentOpens;
    private final boolean customerReplyOpensPending;
    private final ReplyToClosed replyToClosed;
    private final boolean customerMayClose;
    private final boolean customerMayReopen;

    /** What a customer's reply to a closed ticket does. */
    public enum ReplyToClosed implements AsJson {
        /** The ticket opens again. */
        REOPENS,
        /** The reply is stored and the ticket stays closed. */
        STAYS_CLOSED,
        /** The reply is refused with {@code status.not_allowed}. */
        REFUSED
    }

    private Workflow(
            boolean firstAssignmentOpens,
            boolean customerReplyOpensPending,
            ReplyToClosed replyToClosed,
            boolean customerMayClose,
            boolean customerMayReopen) {
        this.firstAssignmentOpens = firstAssignmentOpens;
        this.customerReplyOpensPending = customerReplyOpensPending;
        this.replyToClosed = Given.value("reply_to_closed", replyToClosed);
        this.customerMayClose = customerMayClose;
        this.customerMayReopen = customerMayReopen;
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

    /** Whether assigning somebody to a new ticket opens it. */
    public Workflow firstAssignmentOpens(boolean opens) {
        return new Workflow(opens, customerReplyOpensPending, replyToClosed, customerMayClose, customerMayReopen);
    }

    /** Whether a customer's reply to a pending ticket opens it. */
    public Workflow customerReplyOpensPending(boolean opens) {
        return new Workflow(firstAssignmentOpens, opens, replyToClosed, customerMayClose, customerMayReopen);
    }

    /** What a customer's reply to a closed ticket does. */
    public Workflow replyToClosed(ReplyToClosed reply) {
        return new Workflow(
                firstAssignmentOpens, customerReplyOpensPending, reply, customerMayClose, customerMayReopen);
    }

    /** Whether customers may close their own tickets. */
    public Workflow customerMayClose(boolean may) {
        return new Workflow(firstAssignmentOpens, customerReplyOpensPending, replyToClosed, may, customerMayReopen);
    }

    /** Whether customers may reopen their own tickets. */
    public Workflow customerMayReopen(boolean may) {
        return new Workflow(firstAssignmentOpens, customerReplyOpensPending, replyToClosed, customerMayClose, may);
    }

    public boolean firstAssignmentOpens() {
        return firstAssignmentOpens;
    }

    public boolean customerReplyOpensPending() {
        return customerReplyOpensPending;
    }

    public ReplyToClosed replyToClosed() {
        return replyToClosed;
    }

    public boolean customerMayClose() {
        return customerMayClose;
    }

    public boolean customerMayReopen() {
        return customerMayReopen;
    }

    @Override
    public JsonValue json() {
        return JsonValue.parse(new JsonObject()
                .putAny("first_assignment_opens", firstAssignmentOpens)
                .putAny("customer_reply_opens_pending", customerReplyOpensPending)
                .putAny("reply_to_closed", replyToClosed)
                .putAny("customer_may_close", customerMayClose)
                .putAny("customer_may_reopen", customerMayReopen)
                .text());
    }

    /**
     * What {@link #json()} gave.
     *
     * @throws InvalidInput if it is anything else
     */
    public static Workflow fromJson(JsonValue json) {
        JsonFields fields = JsonFields.of(json);
        return fields.done(new Workflow(
                fields.bool("first_assignment_opens"),
                fields.bool("customer_reply_opens_pending"),
                fields.constant("reply_to_closed", ReplyToClosed.class),
                fields.bool("customer_may_close"),
                fields.bool("customer_may_reopen")));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Workflow that && parts().equals(that.parts());
    }

    @Override
    public int hashCode() {
        return parts().hashCode();
    }

    private List<@Nullable Object> parts() {
        return Arrays.asList(
                firstAssignmentOpens, customerReplyOpensPending, replyToClosed, customerMayClose, customerMayReopen);
    }

    @Override
    public String toString() {
        return "Workflow" + parts();
    }
}
