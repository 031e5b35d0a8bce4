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

    /** {@link #ticket} and the page of {@link #history} in one round trip, as both are at one moment. */
    TicketWithHistory<CustomerTicket, CustomerEvent> ticketWithHistory(PageRequest page);
}
