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
import io.github.counterfoil.ticket.Reference;
import io.github.counterfoil.ticket.Ticket;
import io.github.counterfoil.ticket.TicketQuery;
import io.github.counterfoil.ticket.TicketSummary;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** The ticket of this number, which people say as #1042; empty if there is none. */
    Optional<Ticket> findByNumber(long number);

    /**
     * Where these references are, in the order in which they are asked for: of all tickets and events. One that customers gave too may be in
     * several places, those of older tickets first; at most 1,000 are told. One round trip; where nothing
     * is found, another asks for who reads.
     *
     * @param references at most 200, such as those of a mail, its parent's first
     */
    List<Reference.Place> findReferences(Collection<Reference> references);

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
     * The tickets that fit, page by page, in the order that the query asks for; of those that are alike in it, their ids decide. A
     * page ends where its tickets come to 16 MiB, and {@code next} says whether there are more. Tickets that come between two pages
     * neither repeat nor hide another; one that changes may go to where the reader has been, or come again, in a list that is sorted by
     * what changed.
     *
     * <p>One round trip, to the read replica if there is one; where nothing is found, another asks for who reads. For the usual lists a
     * page reads what it shows, on the first page as on the thousandth, however many tickets there are; conditions that no index tells
     * are asked of each ticket on the way. docs/reading.md says which, and docs/performance.md what was measured.
     *
     * @param query which tickets, and by what they are sorted; the page says in which direction
     * @throws InvalidInput for a condition of more than 20 values, a longer tag or channel than commands take, a moment that no ticket
     *     can have, and a cursor of another query, reader or direction
     */
    Page<TicketSummary> find(TicketQuery query, PageRequest page);

    /**
     * How many tickets fit each of several queries, at most 50, under their names and in their order: exact up to 10,000, beyond
     * that only that there are more. How a query sorts makes no difference. One round trip, to the read replica if there is one, which
     * reads up to 10,001 entries of indexes for each query, and of as many tickets where no index tells whether they fit.
     *
     * @throws InvalidInput as {@link #find}, where the field begins with the query's place, {@code queries[2].status}; for more than 50
     */
    Map<String, TicketQuery.Count> counts(Map<String, TicketQuery> queries);
}
