package io.github.counterfoil.desk;

import io.github.counterfoil.command.Command;
import io.github.counterfoil.error.CommandIdReused;
import io.github.counterfoil.error.NotAllowed;
import io.github.counterfoil.error.PersonNotFound;
import io.github.counterfoil.event.CustomEventType;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.internal.given.Given;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.ticket.Participants;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.Reference;
import io.github.counterfoil.ticket.Ticket;
import io.github.counterfoil.ticket.TicketStatus;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The commands of one worker on one ticket. Each method is one line over {@link #apply}, and {@link Command} says what each
 * does and takes. Every call is one statement and one round trip; one that finds the ticket stale sends another for what
 * happened since.
 */
public interface AgentCommands {

    /**
     * These commands, each stored at most once, however often it is sent: the same command again gives the first answer.
     *
     * @param commandId made by the caller once for the command, not once for each try; it counts for this worker and the
     *     one ticket
     * @return commands that throw {@link CommandIdReused} if the id was used with other values
     */
    AgentCommands once(UUID commandId);

    /**
     * These commands, stored at most once under a reference: what comes again under it gives the first answer, of whichever ticket that was,
     * whatever is in it now and whichever agent sends it; see {@link Reference}. It is on the events that the commands store, and on
     * nothing if they store none.
     */
    AgentCommands once(Reference reference);

    /**
     * These commands, if nothing has happened since.
     *
     * @param version a {@link Ticket#version()} or {@link CommandResult#version()} that the worker has seen
     * @return commands that throw {@link StaleTicket.ForAgent} if the ticket's version is another
     */
    AgentCommands expecting(int version);

    /**
     * Several commands as one: all of them are stored, with their events in the order of the commands, or none. One statement,
     * one check of the version, one command id. A later command sees what an earlier one did.
     *
     * @param commands 1 to 50; as JSON together at most 64 Mi characters
     */
    CommandResult<TicketEvent> apply(List<? extends Command> commands);

    /** As {@link #apply(List)}. */
    default CommandResult<TicketEvent> apply(Command... commands) {
        return apply(Given.held("commands", commands));
    }

    /** @see Command#reply(String) */
    default CommandResult<TicketEvent> reply(String text) {
        return apply(Command.reply(text));
    }

    /** @see Command#reply(String, List) */
    default CommandResult<TicketEvent> reply(String text, List<JsonValue> attachments) {
        return apply(Command.reply(text, attachments));
    }

    /** @see Command#note */
    default CommandResult<TicketEvent> note(String text) {
        return apply(Command.note(text));
    }

    /**
     * @throws PersonNotFound {@code worker.not_found} if the worker is not registered or not active
     * @see Command#assign
     */
    default CommandResult<TicketEvent> assign(UUID workerId) {
        return apply(Command.assign(workerId));
    }

    /** @see Command#unassign */
    default CommandResult<TicketEvent> unassign(UUID workerId) {
        return apply(Command.unassign(workerId));
    }

    /** @see Command#changeStatus */
    default CommandResult<TicketEvent> changeStatus(TicketStatus status) {
        return apply(Command.changeStatus(status));
    }

    /** @see Command#close */
    default CommandResult<TicketEvent> close() {
        return apply(Command.close());
    }

    /**
     * @throws NotAllowed {@code status.not_allowed} if it is new or pending
     * @see Command#reopen
     */
    default CommandResult<TicketEvent> reopen() {
        return apply(Command.reopen());
    }

    /** @see Command#setField(String, String) */
    default CommandResult<TicketEvent> setField(String name, String value) {
        return apply(Command.setField(name, value));
    }

    /** @see Command#setField(String, JsonValue) */
    default CommandResult<TicketEvent> setField(String name, JsonValue value) {
        return apply(Command.setField(name, value));
    }

    /** @see Command#removeField */
    default CommandResult<TicketEvent> removeField(String name) {
        return apply(Command.removeField(name));
    }

    /** @see Command#changePriority */
    default CommandResult<TicketEvent> changePriority(Priority priority) {
        return apply(Command.changePriority(priority));
    }

    /** @see Command#changeTitle */
    default CommandResult<TicketEvent> changeTitle(String title) {
        return apply(Command.changeTitle(title));
    }

    /** @see Command#changeDescription */
    default CommandResult<TicketEvent> changeDescription(String description) {
        return apply(Command.changeDescription(description));
    }

    /** @see Command#tag */
    default CommandResult<TicketEvent> tag(String... tags) {
        return apply(Command.tag(tags));
    }

    /** @see Command#untag */
    default CommandResult<TicketEvent> untag(String... tags) {
        return apply(Command.untag(tags));
    }

    /**
     * @throws PersonNotFound {@code customer.not_found}
     * @see Command#moveToCustomer
     */
    default CommandResult<TicketEvent> moveToCustomer(UUID customerId) {
        return apply(Command.moveToCustomer(customerId));
    }

    /**
     * @throws PersonNotFound {@code customer.not_found}
     * @see Command#addParticipant
     */
    default CommandResult<TicketEvent> addParticipant(UUID customerId, Participants.Kind kind) {
        return apply(Command.addParticipant(customerId, kind));
    }

    /** @see Command#removeParticipant */
    default CommandResult<TicketEvent> removeParticipant(UUID customerId) {
        return apply(Command.removeParticipant(customerId));
    }

    /**
     * For another agent, apply {@link Command#follow(UUID)}.
     *
     * @see Command#follow()
     */
    default CommandResult<TicketEvent> follow() {
        return apply(Command.follow());
    }

    /** @see Command#unfollow() */
    default CommandResult<TicketEvent> unfollow() {
        return apply(Command.unfollow());
    }

    /** @see Command#snooze */
    default CommandResult<TicketEvent> snooze(Instant until) {
        return apply(Command.snooze(until));
    }

    /** @see Command#unsnooze() */
    default CommandResult<TicketEvent> unsnooze() {
        return apply(Command.unsnooze());
    }

    /** @see Command#deliveryFailed */
    default CommandResult<TicketEvent> deliveryFailed(UUID eventId, String channel, String reason) {
        return apply(Command.deliveryFailed(eventId, channel, reason));
    }

    /** @see Command#record */
    default CommandResult<TicketEvent> record(CustomEventType type, JsonValue body) {
        return apply(Command.record(type, body));
    }
}
