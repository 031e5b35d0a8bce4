package io.github.counterfoil.desk;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.TicketNotFound;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.page.Page;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.ticket.Participants;
import io.github.counterfoil.ticket.Ticket;
import io.github.counterfoil.ticket.TicketSnapshot;
import java.time.Instant;
import java.util.Optional;

/** One ticket at an {@link AgentDesk}: its commands, and what can be read of it. It costs nothing to get and to keep. */
public interface AgentHandle extends AgentCommands {

    /** The ticket as it is. */
    Ticket ticket();

    /** As {@link #ticket}, but empty where that throws {@link TicketNotFound}. */
    Optional<Ticket> findTicket();

    /**
     * The ticket as it was at a moment of the past, rebuilt from its events, which are read 16 MiB at a time.
     *
     * @throws InvalidInput {@code moment.before_creation}
     */
    TicketSnapshot at(Instant moment);

    /**
     * The ticket as it was at a version of the past, rebuilt from its events as for a moment.
     *
     * @param version 0, as it was opened, to the version that it has now
     */
    TicketSnapshot at(int version);

    /** Which customers take part in the ticket beside its own, and which agents follow it. One round trip. */
    Participants participants();

    /** The whole history in pages, private events included. */
    Page<TicketEvent> history(PageRequest page);

    /**
     * What there is of the ticket now has been seen: it is not unread in lists any more. Nobody else is shown it, and neither the
     * ticket nor its version changes. One round trip, which waits for nobody who writes in the ticket.
     */
    void markRead();

    /**
     * As {@link #markRead()}, up to an event. What was seen once stays seen.
     *
     * @param version the number of the last event seen; what is beyond the ticket's own is that
     */
    void markRead(int version);

    /** {@link #ticket} and the page of {@link #history} in one round trip, as both are at one moment. */
    TicketWithHistory<Ticket, TicketEvent> ticketWithHistory(PageRequest page);

    /** The files of the ticket: to be uploaded for a reply, and opened. */
    Attachments attachments();
}
