package io.github.counterfoil.imports;

import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.ticket.NewTicket;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A ticket from elsewhere: what it started with, and all that happened to it since. How it is now follows from these.
 *
 * @param id chosen by the importer so that importing again finds the same ticket
 * @param start title, description, priority, channel and tags at creation; any text that PostgreSQL can store will do,
 *     also one that the desks would refuse as blank, too long or not printable
 * @param createdBy who opened it: a registered customer or worker
 * @param createdAt cut to microseconds
 * @param events in order: {@code seq} 1, 2, 3, …, times that never run backwards, and each old value the value that was
 *     there. May be empty
 */
public record ImportedTicket(
        UUID id, NewTicket start, UUID customerId, UUID createdBy, Instant createdAt, List<TicketEvent> events) {

    public ImportedTicket {
        events = List.copyOf(events);
    }

    @Override
    public String toString() {
        return "ImportedTicket[" + id + ", " + events.size() + " events]";
    }
}
