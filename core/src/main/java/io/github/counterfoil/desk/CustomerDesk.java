package io.github.counterfoil.desk;

import io.github.counterfoil.error.CommandIdReused;
import io.github.counterfoil.error.Conflict;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.NotAllowed;
import io.github.counterfoil.error.OutcomeUnknown;
import io.github.counterfoil.error.TicketNotFound;
import io.github.counterfoil.page.Page;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.ticket.CustomerTicket;
import io.github.counterfoil.ticket.CustomerTicketSummary;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Reference;
import io.github.counterfoil.ticket.TicketQuery;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The customer's side of the counter: all that one customer can do, with their own tickets. What the staff keeps to
 * itself is not filtered from the answers here, it never gets into them. What is done with one ticket begins with {@link #on}.
 *
 * <p>Every call is one statement and one round trip, atomic by itself; a stale command reads with a second one what was missed,
 * and a read that finds no ticket asks with a second one whether who asks may act at all.
 * Every call throws {@link InvalidInput} before any SQL for values beyond the limits, {@link NotAllowed} ({@code
 * actor.unknown}) if the customer is not registered, where it would store something also ({@code actor.blocked}) if they are
 * blocked, and {@link TicketNotFound} where it takes a ticket: for one of another
 * customer's just as for none at all. A command that would change nothing stores nothing and answers {@code UNCHANGED}. If
 * the connection is lost during a command outside a transaction of the host's, the command is sent again under the same id,
 * so that it is never stored twice; if that fails too, {@link OutcomeUnknown} is thrown.
 *
 * <p>A desk is immutable, costs nothing to get and may be shared between threads.
 */
public interface CustomerDesk {

    /**
     * Opens a ticket, with status {@code new} and an empty history. The customer's channels gain the ticket's channel.
     *
     * @param ticket without tags and custom fields, which are the staff's
     */
    CustomerTicket open(NewTicket ticket);

    /**
     * As {@link #open(NewTicket)}, but stored at most once, however often it is called with the command id: the same ticket
     * comes back, as it was opened.
     *
     * @param commandId made by the caller once for the opening, not once for each try; it counts for this customer
     * @throws CommandIdReused if this customer has opened another ticket with the id
     * @throws Conflict {@code ticket.purged} if the ticket that it opened was purged since
     */
    CustomerTicket open(NewTicket ticket, UUID commandId);

    /** A ticket to work with. It reads nothing, so that a ticket that is not there is found missing by what follows. */
    CustomerHandle on(UUID ticketId);

    /** The customer's own ticket of this number, which people say as #1042; empty if there is none, or if it is another customer's. */
    Optional<CustomerTicket> findByNumber(long number);

    /**
     * Where these references are, in the order in which they are asked for: on tickets and events that the customer sees, whoever gave them.
     * Others are not told from those that nobody gave. At most 1,000 are told. One round trip; where nothing
     * is found, another asks for who reads.
     *
     * @param references at most 200, such as those of a mail, its parent's first
     */
    List<Reference.Place> findReferences(Collection<Reference> references);

    /**
     * Those of the customer's own tickets, and of those in which the customer takes part, that fit, page by page, in the order that the
     * query asks for; of those that are alike in it, their ids decide. Whether they fit and where they stand follows from what the
     * customer sees of them. A page ends where its tickets come to 16 MiB, and {@code next} says whether there are more.
     *
     * <p>One round trip, to the read replica if there is one; where nothing is found, another asks for who reads. By the time of opening
     * a page reads what it shows; in other orders, and for other conditions, it looks at all tickets of this customer.
     *
     * @param query which tickets, and by what they are sorted; the page says in which direction
     * @throws InvalidInput {@code staff_only} for what is the staff's: assignees, customers, followers, tags and custom fields; for a
     *     condition of more than 20 values, a longer channel than commands take, a moment that no ticket can have, and a cursor of another
     *     query, reader or direction
     */
    Page<CustomerTicketSummary> find(TicketQuery query, PageRequest page);

    /**
     * How many tickets fit each of several queries, at most 50, under their names and in their order: exact up to 10,000, beyond
     * that only that there are more. How a query sorts makes no difference. One round trip, to the read replica if there is one, which
     * looks at this customer's tickets for each query.
     *
     * @throws InvalidInput as {@link #find}, where the field begins with the query's place, {@code queries[2].status}; for more than 50
     */
    Map<String, TicketQuery.Count> counts(Map<String, TicketQuery> queries);
}
