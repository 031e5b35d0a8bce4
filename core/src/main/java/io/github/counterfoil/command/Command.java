package io.github.counterfoil.command;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.event.CustomEventType;
import io.github.counterfoil.internal.given.Given;
import io.github.counterfoil.internal.shown.PublicPart;
import io.github.counterfoil.json.AsJson;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.ticket.Participants;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.TicketStatus;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an agent can do with a ticket. A command is an immutable value that names no ticket and nobody who acts: the same one
 * can be applied to many tickets, kept as a macro, or wait in a queue of the host's. Values are checked when it is applied,
 * those of all commands of a call together and before any SQL.
 *
 * <p>Minor releases may add commands: a {@code switch} over them needs a default branch. {@code toString} tells which command
 * it is, never what people typed.
 */
public sealed interface Command extends AsJson {

    /** This, {@code command} saying which it is: {@code {"command": "change-status", "status": "pending"}}. */
    @Override
    default JsonValue json() {
        return CommandJson.of(this);
    }

    /**
     * What {@link #json()} gave.
     *
     * @throws InvalidInput if it is anything else
     */
    static Command fromJson(JsonValue json) {
        return CommandJson.read(json, Command.class);
    }

    /** A reply without attachments. */
    static Reply reply(String text) {
        return new Reply(text, List.of());
    }

    /**
     * Writes to the other side. From a customer, by the standard workflow, it opens a pending ticket and reopens a closed one;
     * it is refused with {@code status.not_allowed} if the ticket is closed and the workflow refuses replies then.
     *
     * @param text at most 4 MiB in UTF-8, and not blank unless there are attachments; kept byte for byte
     * @param attachments what the host needs to find each file: at most 20 objects of at most 16 KiB; the customer sees
     *     them whole but for a member {@code private}, see {@link #attachment}
     */
    static Reply reply(String text, List<JsonValue> attachments) {
        return new Reply(text, attachments);
    }

    /**
     * An attachment of a reply of which customers see one part: {@code {"name": "invoice.pdf", "private": {"key": "7f3a"}}}.
     * It is stored as this one object among the documented {@code attachments}, and counts as one of at most 16 KiB.
     *
     * @param shown what both sides see, an object without a member {@code private}
     * @param hidden what only the staff sees, such as where the file is; an object
     * @throws InvalidInput for anything else
     */
    static JsonValue attachment(JsonValue shown, JsonValue hidden) {
        return PublicPart.attachment(shown, hidden);
    }

    /**
     * Writes a note that no customer will ever see.
     *
     * @param text not blank, at most 4 MiB in UTF-8; kept byte for byte
     */
    static Note note(String text) {
        return new Note(text);
    }

    /**
     * Assigns a worker; at most 100 may be assigned to one ticket. By the standard workflow, the first assignment opens a new
     * ticket. It is refused with {@code worker.not_found} if the worker is not registered or not active.
     */
    static Assign assign(UUID workerId) {
        return new Assign(workerId);
    }

    /** Takes a worker off the ticket. */
    static Unassign unassign(UUID workerId) {
        return new Unassign(workerId);
    }

    /**
     * Moves the ticket to a status. Closing records a resolution for every worker assigned: it stays on record when the ticket
     * is opened again. Opening it again, in whatever way, takes those off who are not active any more, each with an
     * {@code assignment-removed} after the {@code status-update}.
     *
     * @param status any but {@code NEW}, to which nothing returns
     */
    static ChangeStatus changeStatus(TicketStatus status) {
        return new ChangeStatus(status);
    }

    /** As {@link #changeStatus} to {@code CLOSED}. A customer needs the workflow's leave: {@code transition.not_allowed}. */
    static Close close() {
        return new Close();
    }

    /**
     * Opens a closed ticket again, as {@link #changeStatus} to {@code OPEN}; refused with {@code status.not_allowed} if it is new
     * or pending. A customer needs the workflow's leave: {@code transition.not_allowed}.
     */
    static Reopen reopen() {
        return new Reopen();
    }

    /** Sets a custom field to a string. */
    static SetField setField(String name, String value) {
        return new SetField(name, JsonValue.of(Given.value("value", value, "name", name)));
    }

    /**
     * Sets a custom field: {@code field-removed} with the old value, if there is one, then {@code field-added}.
     *
     * @param name 1 to 64 ASCII letters, digits, {@code _} and {@code -}, not beginning with {@code __}
     * @param value at most 16 KiB of JSON and 16 deep; all fields of a ticket together at most 256 KiB, as PostgreSQL writes
     *     them
     */
    static SetField setField(String name, JsonValue value) {
        return new SetField(name, value);
    }

    /** Removes a custom field; the event keeps the old value. */
    static RemoveField removeField(String name) {
        return new RemoveField(name);
    }

    static ChangePriority changePriority(Priority priority) {
        return new ChangePriority(priority);
    }

    /** @param title 1 to 500 code points on one line */
    static ChangeTitle changeTitle(String title) {
        return new ChangeTitle(title);
    }

    /** @param description not blank, at most 4 MiB in UTF-8 */
    static ChangeDescription changeDescription(String description) {
        return new ChangeDescription(description);
    }

    /**
     * Adds tags, one event for each that the ticket did not have.
     *
     * @param tags at least one, of 1 to 64 code points; a ticket holds at most 50
     */
    static Tag tag(String... tags) {
        return new Tag(Given.held("tags", tags));
    }

    /** Removes tags, one event for each that the ticket had. */
    static Untag untag(String... tags) {
        return new Untag(Given.held("tags", tags));
    }

    /**
     * Gives the ticket to another customer, who then sees its whole public history, with the names of who wrote it; the
     * customer before sees it no more. Who takes part goes on doing so. It is refused with {@code customer.not_found}.
     */
    static MoveToCustomer moveToCustomer(UUID customerId) {
        return new MoveToCustomer(customerId);
    }

    /**
     * Lets a customer take part in a ticket that is another's. They see its whole public history, with the names of who wrote
     * it and nobody's address, and find it in their list; neither they nor the ticket's customer are told. Who takes part
     * otherwise does so as {@code kind} says from then on; whose ticket it is does already, and nothing changes. At most 100
     * take part in one ticket: {@code participants.too_many}. It is refused with {@code customer.not_found} if the customer is
     * not registered, or was erased.
     */
    static AddParticipant addParticipant(UUID customerId, Participants.Kind kind) {
        return new AddParticipant(customerId, kind);
    }

    /** Takes a customer out who takes part: they see nothing of the ticket any more, also not what they wrote. */
    static RemoveParticipant removeParticipant(UUID customerId) {
        return new RemoveParticipant(customerId);
    }

    /**
     * Who applies it follows the ticket: it is on their list of what they follow. That is no event and no new version, and the
     * answer is {@code UNCHANGED}; applied again it changes nothing. At most 100 active agents follow one ticket:
     * {@code followers.too_many}. System actors follow nothing: {@code worker.not_found}.
     */
    static Follow follow() {
        return new Follow(null);
    }

    /** As {@link #follow()}, for another agent; refused with {@code worker.not_found} if they are not registered or not active. */
    static Follow follow(UUID workerId) {
        return new Follow(Given.value("worker_id", workerId));
    }

    /** Who applies it follows the ticket no more. As {@link #follow()}, it leaves no event. */
    static Unfollow unfollow() {
        return new Unfollow(null);
    }

    /** As {@link #unfollow()}, for another agent. */
    static Unfollow unfollow(UUID workerId) {
        return new Unfollow(Given.value("worker_id", workerId));
    }

    /**
     * Puts the ticket off: by queries it is not awake until the moment has come, and then is again by itself, without an event. A customer's
     * message brings it back at once, as does closing it; an agent's does not. Customers see nothing of it. It is refused with
     * {@code status.not_allowed} if the ticket is closed. Put off until another moment, only that counts.
     *
     * @param until after the time of the command, and at most ten years ahead: else {@code until.out_of_range} with the end that was
     *     passed, in seconds of the epoch. What is finer than a microsecond is rounded up
     */
    static Snooze snooze(Instant until) {
        return new Snooze(until);
    }

    /** Brings a ticket back that was put off; one that has come back by itself is on no list of these any more. */
    static Unsnooze unsnooze() {
        return new Unsnooze();
    }

    /**
     * Records that something written to the customer did not reach them, so that the staff sees it in the history.
     *
     * @param eventId of the event that was to be delivered
     * @param channel by which it was tried, 1 to 64 code points
     * @param reason as the carrier told it: not blank, at most 4 MiB in UTF-8
     */
    static DeliveryFailed deliveryFailed(UUID eventId, String channel, String reason) {
        return new DeliveryFailed(eventId, channel, reason);
    }

    /**
     * Records an event of a type that the host registered.
     *
     * @param type as registered with {@code TicketService.Builder.eventType}
     * @param body an object of at most 256 KiB, 16 deep, without {@code version} and the members that every event has in its
     *     document ({@code id}, {@code type}, {@code created_at}, {@code created_by_uuid}, …): {@code body.id.reserved}
     */
    static RecordEvent record(CustomEventType type, JsonValue body) {
        return new RecordEvent(type, body);
    }

    /** See {@link Command#reply(String, List)}. */
    record Reply(String text, List<JsonValue> attachments, List<UUID> uploads) implements Command, CustomerCommand {
        public Reply {
            if (attachments == null || uploads == null) {
                Given.all("text", text, "attachments", attachments, "uploads", uploads);
            }
            attachments = Given.held("attachments", attachments);
            uploads = Given.held("uploads", uploads);
        }

        /** A reply that names no uploads. */
        public Reply(String text, List<JsonValue> attachments) {
            this(text, attachments, List.of());
        }

        /**
         * This reply with files that who replies uploaded for this ticket, each once, see {@link io.github.counterfoil.desk.Attachments}:
         * at most 20 with the host's own attachments, after which they stand among the documented {@code attachments}. What is not there,
         * was named before, or is somebody else's is {@code uploads.unknown}.
         *
         * @param uploads their ids
         */
        public Reply with(Collection<UUID> uploads) {
            return new Reply(text, attachments, Given.held("uploads", uploads));
        }

        @Override
        public JsonValue json() {
            return CommandJson.of(this);
        }

        @Override
        public String toString() {
            return "Reply";
        }
    }

    /** See {@link Command#note}. */
    record Note(String text) implements Command {
        @Override
        public String toString() {
            return "Note";
        }
    }

    /** See {@link Command#assign}. */
    record Assign(UUID workerId) implements Command {}

    /** See {@link Command#unassign}. */
    record Unassign(UUID workerId) implements Command {}

    /** See {@link Command#changeStatus}. */
    record ChangeStatus(TicketStatus status) implements Command {}

    /** See {@link Command#close}. */
    record Close() implements Command, CustomerCommand {
        @Override
        public JsonValue json() {
            return CommandJson.of(this);
        }
    }

    /** See {@link Command#reopen}. */
    record Reopen() implements Command, CustomerCommand {
        @Override
        public JsonValue json() {
            return CommandJson.of(this);
        }
    }

    /** See {@link Command#setField(String, JsonValue)}. */
    record SetField(String name, JsonValue value) implements Command {
        @Override
        public String toString() {
            return "SetField";
        }
    }

    /** See {@link Command#removeField}. */
    record RemoveField(String name) implements Command {
        @Override
        public String toString() {
            return "RemoveField";
        }
    }

    /** See {@link Command#changePriority}. */
    record ChangePriority(Priority priority) implements Command {}

    /** See {@link Command#changeTitle}. */
    record ChangeTitle(String title) implements Command {
        @Override
        public String toString() {
            return "ChangeTitle";
        }
    }

    /** See {@link Command#changeDescription}. */
    record ChangeDescription(String description) implements Command {
        @Override
        public String toString() {
            return "ChangeDescription";
        }
    }

    /** See {@link Command#tag}. */
    record Tag(List<String> tags) implements Command {
        public Tag {
            tags = Given.held("tags", tags);
        }

        @Override
        public String toString() {
            return "Tag";
        }
    }

    /** See {@link Command#untag}. */
    record Untag(List<String> tags) implements Command {
        public Untag {
            tags = Given.held("tags", tags);
        }

        @Override
        public String toString() {
            return "Untag";
        }
    }

    /** See {@link Command#moveToCustomer}. */
    record MoveToCustomer(UUID customerId) implements Command {}

    /** See {@link Command#addParticipant}. */
    record AddParticipant(UUID customerId, Participants.Kind kind) implements Command {}

    /** See {@link Command#removeParticipant}. */
    record RemoveParticipant(UUID customerId) implements Command {}

    /**
     * See {@link Command#follow()}.
     *
     * @param workerId null for who applies it
     */
    record Follow(@Nullable UUID workerId) implements Command {}

    /**
     * See {@link Command#unfollow()}.
     *
     * @param workerId null for who applies it
     */
    record Unfollow(@Nullable UUID workerId) implements Command {}

    /** See {@link Command#snooze}. */
    record Snooze(Instant until) implements Command {}

    /** See {@link Command#unsnooze}. */
    record Unsnooze() implements Command {}

    /** See {@link Command#deliveryFailed}. */
    record DeliveryFailed(UUID eventId, String channel, String reason) implements Command {
        @Override
        public String toString() {
            return "DeliveryFailed";
        }
    }

    /** See {@link Command#record}. */
    record RecordEvent(CustomEventType type, JsonValue body) implements Command {
        @Override
        public String toString() {
            return "RecordEvent";
        }
    }
}
