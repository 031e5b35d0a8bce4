package io.github.counterfoil.desk;

import io.github.counterfoil.error.TicketNotFound;
import io.github.counterfoil.event.CustomerEvent;
import io.github.counterfoil.page.Page;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.ticket.CustomerTicket;
import java.util.Optional;

/** One ticket at a {@link CustomerDesk}: its commands, and what can be read of it. It costs nothing to get and to keep. */
public interface CustomerHandle extends CustomerCommands {

    /** The ticket as it is. */
    CustomerTicket ticket();

    /** As {@link #ticket}, but empty where that throws {@link TicketNotFound}. */
    Optional<CustomerTicket> findTicket();

    /** The public history in pages. An event that cannot be read, whatever it holds, is left out. */
    Page<CustomerEvent> history(PageRequest page);

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
    TicketWithHistory<CustomerTicket, CustomerEvent> ticketWithHistory(PageRequest page);

    /** The files of the ticket: to be uploaded for a reply, and opened. */
    Attachments attachments();
}
