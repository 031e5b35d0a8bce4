package io.github.counterfoil.desk;

import io.github.counterfoil.error.CommandIdReused;
import io.github.counterfoil.error.Conflict;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.NotAllowed;
import io.github.counterfoil.error.OutcomeUnknown;
import io.github.counterfoil.error.PersonNotFound;
import io.github.counterfoil.error.TicketNotFound;
import io.github.counterfoil.page.Page;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.people.Directory;
import io.github.counterfoil.people.Figures;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Ticket;
import io.github.counterfoil.ticket.TicketQuery;
import io.github.counterfoil.ticket.TicketSummary;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/**
 * The staff's side of the counter: all that one worker can do with tickets. Who acts is bound; each event names them as
 * they are called now. What is done with one ticket begins with {@link #on}.
 *
 * <p>Every call is one statement and one round trip, atomic by itself; a stale command reads with a second one what was missed,
 * and a read that finds no ticket asks with a second one whether who asks may act at all.
 * Every call throws {@link InvalidInput} before any SQL for values beyond the limits, {@link NotAllowed} ({@code
 * actor.unknown}) if the worker is not registered or not active, and {@link TicketNotFound} where it takes a ticket. A
 * command that would change nothing stores nothing and answers {@code UNCHANGED}. If the connection is lost during a command
 * outside a transaction of the host's, the command is sent again under the same id, so that it is never stored twice; if that
 * fails too, {@link OutcomeUnknown} is thrown.
 *
 * <p>A desk is immutable, costs nothing to get and may be shared between threads.
 */
public interface AgentDesk {

    /**
     * Opens a ticket for a customer, with status {@code new} and an empty history. The customer's channels gain the
     * ticket's channel.
     *
     * @throws PersonNotFound {@code customer.not_found}
     */
    Ticket open(UUID customerId, NewTicket ticket);

    /**
     * As {@link #open(UUID, NewTicket)}, but stored at most once, however often it is called with the command id: the same
     * ticket comes back, as it was opened.
     *
     * @param commandId made by the caller once for the opening, not once for each try; it counts for this worker
     * @throws CommandIdReused if this worker has opened another ticket with the id
     * @throws Conflict {@code ticket.purged} if the ticket that it opened was purged since
     */
    Ticket open(UUID customerId, NewTicket ticket, UUID commandId);

    /** A ticket to work with. It reads nothing, so that a ticket that is not there is found missing by what follows. */
    AgentHandle on(UUID ticketId);

    /**
     * Several tickets to do the same with.
     *
     * @param ticketIds at most 200; one that comes twice counts once
     */
    BulkCommands onEach(Collection<UUID> ticketIds);

    /**
     * As {@link #onEach(Collection)}, but a command on a ticket holds only if nothing has happened since.
     *
     * @param versions for each ticket a {@link Ticket#version()} that the worker has seen
     */
    BulkCommands onEach(Map<UUID, Integer> versions);

    /** Customers and workers, as this worker may find them: all of them. It asks for nothing by itself. */
    Directory directory();

    /** What the desk and its workers did, as this worker may read it: all of it. It asks for nothing by itself. */
    Figures figures();

    /**
     * The tickets that fit, page by page, in the order that the query asks for. What a page costs is said in docs/performance.md:
     * for the usual lists as many rows as it shows, on the first page as on the thousandth.
     *
     * @param query which tickets, and by what they are sorted; the page says in which direction
     * @throws InvalidInput for a cursor of another query, reader or direction
     */
    Page<TicketSummary> find(TicketQuery query, PageRequest page);

    /**
     * How many tickets fit each of several queries, at most 50, under their names and in their order: exact up to 10,000, beyond
     * that only that there are more. One statement; the order that a query asks for makes no difference.
     */
    Map<String, TicketQuery.Count> counts(Map<String, TicketQuery> queries);
}
