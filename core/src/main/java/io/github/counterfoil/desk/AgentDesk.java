package io.github.counterfoil.desk;

import io.github.counterfoil.error.CommandIdReused;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.NotAllowed;
import io.github.counterfoil.error.OutcomeUnknown;
import io.github.counterfoil.error.PersonNotFound;
import io.github.counterfoil.error.TicketNotFound;
import io.github.counterfoil.event.CustomEventType;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.page.Page;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.Ticket;
import io.github.counterfoil.ticket.TicketFilter;
import io.github.counterfoil.ticket.TicketSnapshot;
import io.github.counterfoil.ticket.TicketStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The staff's side of the counter: all that one worker can do with tickets. Who acts is bound; each event names them as
 * they are called now.
 *
 * <p>Every method is one statement and one round trip, atomic by itself. Every method throws {@link InvalidInput} before
 * any SQL for values beyond the limits, {@link NotAllowed} ({@code actor.unknown}) if the worker is not registered or not
 * active, and {@link TicketNotFound} where it takes a ticket. A command that would change nothing stores nothing and
 * answers {@code UNCHANGED}. If the connection is lost during a command outside a transaction of the host's, the command
 * is sent again under the same id, so that it is never stored twice; if that fails too, {@link OutcomeUnknown} is
 * thrown.
 *
 * <p>A desk is immutable, costs nothing to get and may be shared between threads.
 */
public interface AgentDesk {

    /**
     * This desk for one command that is stored at most once, however often it is sent: the same command again gives the
     * first answer.
     *
     * @param commandId made by the caller once for the command, not once for each try; it counts for this worker and the
     *     one ticket
     * @return a desk whose commands throw {@link CommandIdReused} if the id was used with other values
     */
    AgentDesk once(UUID commandId);

    /**
     * This desk for a command that holds only if nothing has happened since.
     *
     * @param version a {@link Ticket#version()} or {@link CommandResult#version()} that the worker has seen
     * @return a desk whose commands on tickets throw {@link StaleTicket} if the ticket's version is another
     */
    AgentDesk expecting(int version);

    /**
     * Opens a ticket for a customer, with status {@code new} and an empty history. The customer's channels gain the
     * ticket's channel.
     *
     * @throws PersonNotFound {@code customer.not_found}
     */
    Ticket open(UUID customerId, NewTicket ticket);

    /**
     * Writes to the customer.
     *
     * @param text not blank, at most 4 MiB in UTF-8; kept byte for byte
     */
    default CommandResult<TicketEvent> reply(UUID ticketId, String text) {
        return reply(ticketId, text, List.of());
    }

    /**
     * Writes to the customer.
     *
     * @param text not blank, at most 4 MiB in UTF-8; kept byte for byte
     * @param attachments what the host needs to find each file: at most 20 objects of at most 16 KiB; the customer sees
     *     them whole
     */
    CommandResult<TicketEvent> reply(UUID ticketId, String text, List<JsonValue> attachments);

    /**
     * Writes a note that no customer will ever see.
     *
     * @param text not blank, at most 4 MiB in UTF-8; kept byte for byte
     */
    CommandResult<TicketEvent> note(UUID ticketId, String text);

    /**
     * Assigns a worker; at most 100 may be assigned to one ticket. By the standard workflow, the first assignment opens a
     * new ticket.
     *
     * @throws PersonNotFound {@code worker.not_found} if the worker is not registered or not active
     */
    CommandResult<TicketEvent> assign(UUID ticketId, UUID workerId);

    /** Takes a worker off the ticket. */
    CommandResult<TicketEvent> unassign(UUID ticketId, UUID workerId);

    /**
     * Moves the ticket to a status. Closing records a resolution for every worker assigned: it stays on record when the
     * ticket is opened again.
     *
     * @param status any but {@code NEW}, to which nothing returns
     */
    CommandResult<TicketEvent> changeStatus(UUID ticketId, TicketStatus status);

    /** As {@link #changeStatus} to {@code CLOSED}. */
    default CommandResult<TicketEvent> close(UUID ticketId) {
        return changeStatus(ticketId, TicketStatus.CLOSED);
    }

    /**
     * Opens a closed ticket again.
     *
     * @throws NotAllowed {@code status.not_allowed} if it is new or pending
     */
    CommandResult<TicketEvent> reopen(UUID ticketId);

    /**
     * Sets a custom field to a string.
     *
     * @see #setField(UUID, String, JsonValue)
     */
    default CommandResult<TicketEvent> setField(UUID ticketId, String name, String value) {
        return setField(ticketId, name, JsonValue.of(value));
    }

    /**
     * Sets a custom field: {@code field-removed} with the old value, if there is one, then {@code field-added}.
     *
     * @param name 1 to 64 ASCII letters, digits, {@code _} and {@code -}, not beginning with {@code __}
     * @param value at most 16 KiB of JSON and 16 deep; all fields of a ticket together at most 256 KiB
     */
    CommandResult<TicketEvent> setField(UUID ticketId, String name, JsonValue value);

    /** Removes a custom field; the event keeps the old value. */
    CommandResult<TicketEvent> removeField(UUID ticketId, String name);

    CommandResult<TicketEvent> setPriority(UUID ticketId, Priority priority);

    /** @param title 1 to 500 code points on one line */
    CommandResult<TicketEvent> retitle(UUID ticketId, String title);

    /** @param description not blank, at most 4 MiB in UTF-8 */
    CommandResult<TicketEvent> describe(UUID ticketId, String description);

    /**
     * Adds tags, one event for each that the ticket did not have.
     *
     * @param tags at least one, of 1 to 64 code points; a ticket holds at most 50
     */
    CommandResult<TicketEvent> tag(UUID ticketId, String... tags);

    /** Removes tags, one event for each that the ticket had. */
    CommandResult<TicketEvent> untag(UUID ticketId, String... tags);

    /**
     * Gives the ticket to another customer, who then sees its whole public history, with the names of who
     * wrote it; the customer before sees it no more.
     *
     * @throws PersonNotFound {@code customer.not_found}
     */
    CommandResult<TicketEvent> moveToCustomer(UUID ticketId, UUID customerId);

    /**
     * Records an event of a type that the host registered.
     *
     * @param type as registered with {@code TicketService.Builder.eventType}
     * @param body an object of at most 256 KiB, 16 deep, without the members that every event has
     */
    CommandResult<TicketEvent> record(UUID ticketId, CustomEventType type, JsonValue body);

    /** The ticket as it is. */
    Ticket ticket(UUID ticketId);

    /** As {@link #ticket}, but empty where that throws {@link TicketNotFound}. */
    Optional<Ticket> findTicket(UUID ticketId);

    /**
     * The ticket as it was at a moment of the past, rebuilt from its events; all of them are read.
     *
     * @throws InvalidInput {@code moment.before_creation}
     */
    TicketSnapshot ticketAt(UUID ticketId, Instant moment);

    /**
     * The ticket as it was at a version of the past, rebuilt from its events; all of them are read.
     *
     * @param version 0, as it was opened, to the version that it has now
     */
    TicketSnapshot ticketAt(UUID ticketId, int version);

    /** The whole history in pages, private events included. */
    Page<TicketEvent> history(UUID ticketId, PageRequest page);

    /** The tickets that fit, in the order in which they were created. */
    Page<Ticket> list(TicketFilter filter, PageRequest page);
}
