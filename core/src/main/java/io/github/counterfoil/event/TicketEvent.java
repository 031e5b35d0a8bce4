package io.github.counterfoil.event;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.internal.given.Given;
import io.github.counterfoil.json.AsJson;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.ticket.Participants;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.TicketStatus;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One event of a ticket's history, as the staff sees it. The type names, members and roles are those of the schema
 * document.
 *
 * <p>Minor releases may add types: a {@code switch} over events needs a default branch. {@code toString} of every event
 * tells its type and ids, never its content.
 */
public sealed interface TicketEvent extends AsJson {
    /** What stands in the place of a value that was redacted. */
    String REDACTED = "[redacted]";

    /** What every event has. */
    Header header();

    /** The documented {@code type}. */
    String type();

    /**
     * This as the ticket's document has it, {@code type} and all. The ticket and the {@code seq}, which a document tells by where the event
     * stands, are {@code counterfoil_ticket_id} and {@code counterfoil_seq}.
     */
    @Override
    default JsonValue json() {
        return EventJson.of(this);
    }

    /**
     * What {@link #json()} gave. A type that is not Counterfoil's own is a {@link CustomEvent}: whether a host registered it only its service
     * knows, and an import finds out.
     *
     * @throws InvalidInput if it is anything else
     */
    static TicketEvent fromJson(JsonValue json) {
        return EventJson.read(json);
    }

    /**
     * What every event has.
     *
     * @param id unique within the ticket
     * @param ticketId the ticket
     * @param seq the event's place in the ticket's history: 1, 2, 3, … without gaps
     * @param createdAt when, to the microsecond; never before the event of the preceding {@code seq}
     * @param author who
     * @param visibility {@code visibility} as stored. It does not decide alone who sees the event: what nobody registered
     *     stays with the staff whatever it says
     * @param redacted names of the members that somebody took out of the event, with {@code attachments[n]} for an attachment
     *     by its place; {@link #REDACTED} stands in the place of a value, and an object without more in that of an attachment
     */
    record Header(
            UUID id,
            UUID ticketId,
            int seq,
            Instant createdAt,
            Author author,
            Visibility visibility,
            Set<String> redacted)
            implements AsJson {
        public Header {
            redacted = Given.set("redacted", redacted);
        }

        /** Of an event that is whole. */
        public Header(UUID id, UUID ticketId, int seq, Instant createdAt, Author author, Visibility visibility) {
            this(id, ticketId, seq, createdAt, author, visibility, Set.of());
        }

        @Override
        public String toString() {
            return ticketId + " #" + seq + " " + id;
        }
    }

    default UUID id() {
        return header().id();
    }

    default UUID ticketId() {
        return header().ticketId();
    }

    /** The event's place in the ticket's history, from 1. */
    default int seq() {
        return header().seq();
    }

    default Instant createdAt() {
        return header().createdAt();
    }

    default Author author() {
        return header().author();
    }

    default Visibility visibility() {
        return header().visibility();
    }

    /** Names of the members that somebody took out of the event; empty if it is whole. */
    default Set<String> redacted() {
        return header().redacted();
    }

    private static String describe(TicketEvent event) {
        return event.type() + "[" + event.header() + "]";
    }

    /**
     * Somebody wrote to the other side.
     *
     * @param content as written: untrusted text, never escaped
     * @param attachments the host's own descriptions of files, with their private parts; may be empty
     */
    record Message(Header header, String content, List<JsonValue> attachments) implements TicketEvent {
        public Message {
            attachments = Given.held("attachments", attachments);
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
    record StatusUpdate(Header header, TicketStatus oldValue, TicketStatus newValue) implements TicketEvent {
        @Override
        public String type() {
            return "status-update";
        }

        @Override
        public String toString() {
            return describe(this);
        }
    }

    /** A custom field got a value; a changed value is a {@link FieldRemoved} and then this. */
    record FieldAdded(Header header, String fieldName, JsonValue newValue) implements TicketEvent {
        @Override
        public String type() {
            return "field-added";
        }

        @Override
        public String toString() {
            return describe(this);
        }
    }

    /** A custom field lost its value. */
    record FieldRemoved(Header header, String fieldName, JsonValue oldValue) implements TicketEvent {
        @Override
        public String type() {
            return "field-removed";
        }

        @Override
        public String toString() {
            return describe(this);
        }
    }

    /** A worker was assigned. */
    record AssignmentAdded(Header header, UUID agentId) implements TicketEvent {
        @Override
        public String type() {
            return "assignment-added";
        }

        @Override
        public String toString() {
            return describe(this);
        }
    }

    /** A worker is no longer assigned. */
    record AssignmentRemoved(Header header, UUID agentId) implements TicketEvent {
        @Override
        public String type() {
            return "assignment-removed";
        }

        @Override
        public String toString() {
            return describe(this);
        }
    }

    /**
     * A note among the staff; always private.
     *
     * @param content as written: untrusted text, never escaped
     */
    record NoteAdded(Header header, String content) implements TicketEvent {
        @Override
        public String type() {
            return "note-added";
        }

        @Override
        public String toString() {
            return describe(this);
        }
    }

    /**
     * Something that was written to the customer did not reach them. Counterfoil's own type, private.
     *
     * @param eventId of the event that was to be delivered
     * @param channel by which it was tried
     * @param reason as the carrier told it: untrusted text, never escaped
     */
    record DeliveryFailed(Header header, UUID eventId, String channel, String reason) implements TicketEvent {
        @Override
        public String type() {
            return "delivery-failed";
        }

        @Override
        public String toString() {
            return describe(this);
        }
    }

    /**
     * The ticket was put off, or is so no more. Counterfoil's own type, private. None tells that it came back by itself, or that a customer's
     * message or its closing brought it back.
     *
     * @param until when it comes back by itself, to the microsecond; null where somebody brought it back
     */
    record SnoozeUpdate(Header header, @Nullable Instant until) implements TicketEvent {
        @Override
        public String type() {
            return "snooze-update";
        }

        @Override
        public String toString() {
            return describe(this);
        }
    }

    /** The priority changed. Counterfoil's own type, public. */
    record PriorityUpdate(Header header, Priority oldValue, Priority newValue) implements TicketEvent {
        @Override
        public String type() {
            return "priority-update";
        }

        @Override
        public String toString() {
            return describe(this);
        }
    }

    /** The title changed. Counterfoil's own type, public. */
    record TitleUpdate(Header header, String oldValue, String newValue) implements TicketEvent {
        @Override
        public String type() {
            return "title-update";
        }

        @Override
        public String toString() {
            return describe(this);
        }
    }

    /** The description changed. Counterfoil's own type, public. */
    record DescriptionUpdate(Header header, String oldValue, String newValue) implements TicketEvent {
        @Override
        public String type() {
            return "description-update";
        }

        @Override
        public String toString() {
            return describe(this);
        }
    }

    /** A tag was added. Counterfoil's own type, private. */
    record TagAdded(Header header, String tag) implements TicketEvent {
        @Override
        public String type() {
            return "tag-added";
        }

        @Override
        public String toString() {
            return describe(this);
        }
    }

    /** A tag was removed. Counterfoil's own type, private. */
    record TagRemoved(Header header, String tag) implements TicketEvent {
        @Override
        public String type() {
            return "tag-removed";
        }

        @Override
        public String toString() {
            return describe(this);
        }
    }

    /**
     * The ticket moved to another customer. Counterfoil's own type, private.
     *
     * @param oldValue the customer's id before
     * @param newValue the customer's id since
     */
    record CustomerUpdate(Header header, UUID oldValue, UUID newValue) implements TicketEvent {
        @Override
        public String type() {
            return "customer-update";
        }

        @Override
        public String toString() {
            return describe(this);
        }
    }

    /**
     * A customer takes part in the ticket of another. Counterfoil's own type, private. Of who takes part otherwise than before, a
     * {@link ParticipantRemoved} comes first.
     */
    record ParticipantAdded(Header header, UUID customerId, Participants.Kind kind) implements TicketEvent {
        @Override
        public String type() {
            return "participant-added";
        }

        @Override
        public String toString() {
            return describe(this);
        }
    }

    /**
     * A customer takes part no more. Counterfoil's own type, private.
     *
     * @param kind how they took part
     */
    record ParticipantRemoved(Header header, UUID customerId, Participants.Kind kind) implements TicketEvent {
        @Override
        public String type() {
            return "participant-removed";
        }

        @Override
        public String toString() {
            return describe(this);
        }
    }

    /**
     * A customer rated a resolution. Counterfoil's own type, public.
     *
     * @param rating 1 to 5
     * @param comment null if there is none
     */
    record FeedbackSubmitted(
            Header header, int rating, @Nullable String comment) implements TicketEvent {
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
     * An administrator took something out of another event, or out of what the ticket started with. Counterfoil's own type,
     * public where customers had seen what is gone.
     *
     * @param eventId of the event; null for what the ticket started with
     * @param members what was taken out: names of the event's members, {@code attachments[n]} for an attachment by its place, and
     *     of a ticket's beginning {@code title}, {@code description} and {@code custom_fields.name}
     * @param reason why, for the staff alone: untrusted text, never escaped; null if none was given
     */
    record EventRedacted(
            Header header,
            @Nullable UUID eventId,
            List<String> members,
            @Nullable String reason) implements TicketEvent {
        public EventRedacted {
            members = Given.held("members", members);
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
     * An event of a type that the host registered.
     *
     * @param type the registered name
     * @param body all members that are not in the header; an object
     */
    record CustomEvent(Header header, String type, JsonValue body) implements TicketEvent {
        @Override
        public String toString() {
            return describe(this);
        }
    }

    /**
     * An event that this host cannot read further: its type is not registered, or it lacks a member that its type
     * requires. It is kept as it is, and no customer sees it.
     *
     * @param type as stored
     * @param body all members that are not in the header; an object
     */
    record UnknownEvent(Header header, String type, JsonValue body) implements TicketEvent {
        @Override
        public String toString() {
            return describe(this);
        }
    }
}
