package io.github.counterfoil.event;

import io.github.counterfoil.internal.given.Given;
import io.github.counterfoil.json.AsJson;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.people.AgentDisplay;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.TicketStatus;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One event of a ticket's history, as its customer sees it. There is no note, no custom field, no tag and no other
 * customer among these types, and no id or e-mail of an agent in them: what a customer must not see cannot be put in.
 *
 * <p>Minor releases may add types: a {@code switch} over events needs a default branch.
 */
public sealed interface CustomerEvent extends AsJson {

    /** What every event has. */
    Header header();

    /** The documented {@code type}. */
    String type();

    /**
     * This as the customer's document has it, {@code type} and all. The ticket and the number, which a document tells by where the event
     * stands, are {@code counterfoil_ticket_id} and {@code counterfoil_number}.
     */
    @Override
    default JsonValue json() {
        return EventJson.of(this);
    }

    /**
     * What every event has.
     *
     * @param id unique within the ticket
     * @param ticketId the ticket
     * @param number the event's place among those that customers see: 1, 2, 3, … with gaps only where a type is
     *     no longer registered
     * @param createdAt when, to the microsecond
     * @param role in which role it was done
     * @param authorName who did it, named as they were then: customers by first and last name, agents as the service's
     *     {@link AgentDisplay} says
     * @param redacted names of the members that somebody took out of the event, with {@code attachments[n]} for an attachment
     *     by its place; {@link TicketEvent#REDACTED} stands in the place of a value, and an object without more in that of an
     *     attachment
     */
    record Header(
            UUID id, UUID ticketId, int number, Instant createdAt, Role role, String authorName, Set<String> redacted)
            implements AsJson {
        public Header {
            redacted = Given.set("redacted", redacted);
        }

        @Override
        public String toString() {
            return ticketId + " #" + number + " " + id;
        }
    }

    default UUID id() {
        return header().id();
    }

    default UUID ticketId() {
        return header().ticketId();
    }

    /** The event's place among those that customers see, from 1. */
    default int number() {
        return header().number();
    }

    default Instant createdAt() {
        return header().createdAt();
    }

    default Role role() {
        return header().role();
    }

    default String authorName() {
        return header().authorName();
    }

    /** Names of the members that somebody took out of the event; empty if it is whole. */
    default Set<String> redacted() {
        return header().redacted();
    }

    private static String describe(CustomerEvent event) {
        return event.type() + "[" + event.header() + "]";
    }

    /**
     * Somebody wrote to the other side.
     *
     * @param content as written: untrusted text, never escaped
     * @param attachments the host's own descriptions of files, without their private parts; may be empty
     */
    record Message(Header header, String content, List<JsonValue> attachments) implements CustomerEvent {
        public Message {
            attachments = Given.list("attachments", attachments);
        }

        @Override
        public String type() {
            return "message";
        }

        @Override
        public String toString() {
            return describe(this);
        }
    }

    /** The status changed. */
    record StatusUpdate(Header header, TicketStatus oldValue, TicketStatus newValue) implements CustomerEvent {
        @Override
        public String type() {
            return "status-update";
        }

        @Override
        public String toString() {
            return describe(this);
        }
    }

    /**
     * An agent takes care of the ticket now.
     *
     * @param agentName as the service's {@link AgentDisplay} says
     */
    record AssignmentAdded(Header header, String agentName) implements CustomerEvent {
        @Override
        public String type() {
            return "assignment-added";
        }

        @Override
        public String toString() {
            return describe(this);
        }
    }

    /**
     * An agent no longer takes care of the ticket.
     *
     * @param agentName as the service's {@link AgentDisplay} says
     */
    record AssignmentRemoved(Header header, String agentName) implements CustomerEvent {
        @Override
        public String type() {
            return "assignment-removed";
        }

        @Override
        public String toString() {
            return describe(this);
        }
    }

    /** The priority changed. */
    record PriorityUpdate(Header header, Priority oldValue, Priority newValue) implements CustomerEvent {
        @Override
        public String type() {
            return "priority-update";
        }

        @Override
        public String toString() {
            return describe(this);
        }
    }

    /** The title changed. */
    record TitleUpdate(Header header, String oldValue, String newValue) implements CustomerEvent {
        @Override
        public String type() {
            return "title-update";
        }

        @Override
        public String toString() {
            return describe(this);
        }
    }

    /** The description changed. */
    record DescriptionUpdate(Header header, String oldValue, String newValue) implements CustomerEvent {
        @Override
        public String type() {
            return "description-update";
        }

        @Override
        public String toString() {
            return describe(this);
        }
    }

    /**
     * The customer rated a resolution.
     *
     * @param rating 1 to 5
     * @param comment null if there is none
     */
    record FeedbackSubmitted(
            Header header, int rating, @Nullable String comment) implements CustomerEvent {
        @Override
        public String type() {
            return "feedback-submitted";
        }

        @Override
        public String toString() {
            return describe(this);
        }
    }

    /**
     * Something was taken out of another event, or out of what the ticket started with.
     *
     * @param eventId of the event; null for what the ticket started with
     * @param members what was taken out: names of the event's members, {@code attachments[n]} for an attachment by its place, and
     *     of a ticket's beginning {@code title} and {@code description}
     */
    record EventRedacted(Header header, @Nullable UUID eventId, List<String> members) implements CustomerEvent {
        public EventRedacted {
            members = Given.list("members", members);
        }

        @Override
        public String type() {
            return "event-redacted";
        }

        @Override
        public String toString() {
            return describe(this);
        }
    }

    /**
     * An event of a type that the host registered as public.
     *
     * @param type the registered name
     * @param body the members that the type was registered to show; an object
     */
    record CustomEvent(Header header, String type, JsonValue body) implements CustomerEvent {
        @Override
        public String toString() {
            return describe(this);
        }
    }
}
