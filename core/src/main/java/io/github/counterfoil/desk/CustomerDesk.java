package io.github.counterfoil.desk;

import io.github.counterfoil.error.CommandIdReused;
import io.github.counterfoil.error.Conflict;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.NotAllowed;
import io.github.counterfoil.error.OutcomeUnknown;
import io.github.counterfoil.error.TicketNotFound;
import io.github.counterfoil.event.CustomerEvent;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.page.Page;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.ticket.CustomerTicket;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.TicketStatus;
import io.github.counterfoil.ticket.Workflow;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The customer's side of the counter: all that one customer can do, with their own tickets. What the staff keeps to
 * itself is not filtered from the answers here, it never gets into them.
 *
 * <p>Every method is one statement and one round trip, atomic by itself. Every method throws {@link InvalidInput} before
 * any SQL for values beyond the limits, {@link NotAllowed} ({@code actor.unknown}) if the customer is not registered, and
 * {@link TicketNotFound} where it takes a ticket: for one of another customer's just as for none at all. A command that
 * would change nothing stores nothing and answers {@code UNCHANGED}. If the connection is lost during a command outside a
 * transaction of the host's, the command is sent again under the same id, so that it is never stored twice; if that
 * fails too, {@link OutcomeUnknown} is thrown.
 *
 * <p>A desk is immutable, costs nothing to get and may be shared between threads.
 */
public interface CustomerDesk {

    /**
     * This desk for one command that is stored at most once, however often it is sent: the same command again gives the
     * first answer.
     *
     * @param commandId made by the caller once for the command, not once for each try; it counts for this customer and
     *     the one ticket
     * @return a desk whose commands throw {@link CommandIdReused} if the id was used with other values
     */
    CustomerDesk once(UUID commandId);

    /**
     * This desk for a command that holds only if nothing that the customer can see has happened since.
     *
     * @param version a {@link CustomerTicket#version()} or {@link CommandResult#version()} that the customer has seen
     * @return a desk whose commands on tickets throw {@link StaleTicket} if the ticket's version is another
     */
    CustomerDesk expecting(int version);

    /**
     * Opens a ticket, with status {@code new} and an empty history. The customer's channels gain the ticket's channel.
     *
     * @param ticket without tags and custom fields, which are the staff's
     */
    CustomerTicket open(NewTicket ticket);

    /**
     * Writes to the staff. By the standard workflow this opens a pending ticket and reopens a closed one.
     *
     * @param text not blank, at most 4 MiB in UTF-8; kept byte for byte
     * @throws NotAllowed {@code status.not_allowed} if the ticket is closed and the workflow refuses replies then
     */
    default CommandResult<CustomerEvent> reply(UUID ticketId, String text) {
        return reply(ticketId, text, List.of());
    }

    /**
     * Writes to the staff.
     *
     * @param text not blank, at most 4 MiB in UTF-8; kept byte for byte
     * @param attachments what the host needs to find each file: at most 20 objects of at most 16 KiB
     * @throws NotAllowed {@code status.not_allowed} if the ticket is closed and the workflow refuses replies then
     */
    CommandResult<CustomerEvent> reply(UUID ticketId, String text, List<JsonValue> attachments);

    /**
     * Closes the ticket.
     *
     * @throws NotAllowed {@code transition.not_allowed} unless {@link Workflow#customerMayClose()}
     */
    CommandResult<CustomerEvent> close(UUID ticketId);

    /**
     * Opens a closed ticket again.
     *
     * @throws NotAllowed {@code transition.not_allowed} unless {@link Workflow#customerMayReopen()},
     *     {@code status.not_allowed} if it is new or pending
     */
    CommandResult<CustomerEvent> reopen(UUID ticketId);

    /**
     * Rates how a closed ticket was resolved; once for each time it was closed.
     *
     * @param rating 1 to 5
     * @param comment at most 4 MiB in UTF-8; null for none
     * @throws NotAllowed {@code status.not_allowed} if the ticket is not closed
     * @throws Conflict {@code feedback.exists} if this resolution was rated already
     */
    CommandResult<CustomerEvent> rate(UUID ticketId, int rating, @Nullable String comment);

    /** The ticket as it is. */
    CustomerTicket ticket(UUID ticketId);

    /** As {@link #ticket}, but empty where that throws {@link TicketNotFound}. */
    Optional<CustomerTicket> findTicket(UUID ticketId);

    /** The public history in pages. An event that was changed by hand and cannot be read any more is left out. */
    Page<CustomerEvent> history(UUID ticketId, PageRequest page);

    /**
     * The customer's own tickets, in the order in which they were created.
     *
     * @param statuses any of these; empty for any status
     */
    Page<CustomerTicket> list(Set<TicketStatus> statuses, PageRequest page);
}
