package io.github.counterfoil.mail;

import io.github.counterfoil.desk.AgentDesk;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.page.Page;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.ticket.Reference;
import io.github.counterfoil.ticket.Ticket;
import java.util.Optional;
import java.util.UUID;

/**
 * What was stored under a Message-ID, when the recipe's own row is not there any more.
 *
 * @param author whose it is
 * @param text as it is now
 */
record StoredMail(UUID author, String text) {
    private static final int PAGE = 200;

    /** Empty if it is gone, or no text. */
    static Optional<StoredMail> at(Reference.Place place, AgentDesk desk) {
        if (place.eventId().isEmpty()) {
            Ticket ticket = desk.on(place.ticketId()).ticket();
            return Optional.of(new StoredMail(ticket.createdBy(), ticket.description()));
        }
        UUID id = place.eventId().get();
        Optional<PageRequest> next = Optional.of(PageRequest.newestFirst(PAGE));
        while (next.isPresent()) {
            PageRequest request = next.get();
            Page<TicketEvent> page = desk.on(place.ticketId()).history(request);
            for (TicketEvent event : page.items()) {
                if (event.header().id().equals(id)) {
                    return event instanceof TicketEvent.Message message
                            ? Optional.of(new StoredMail(event.header().author().id(), message.content()))
                            : Optional.empty();
                }
            }
            next = page.next().map(request::after);
        }
        return Optional.empty();
    }

    /** Whether it may be this text: what was redacted may be any. */
    boolean says(String other) {
        return text.equals(other) || text.equals(TicketEvent.REDACTED);
    }
}
