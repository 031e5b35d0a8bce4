package io.github.counterfoil.imports;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.JANE;

import io.github.counterfoil.event.Author;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.ticket.NewTicket;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Tickets of Ada's, and what Jane did with them elsewhere. */
final class Elsewhere {
    static final Instant START = Instant.parse("2016-02-29T01:16:00Z");
    static final NewTicket BEGINNING = NewTicket.of("Title", "Text").channel("phone");
    static final Author AUTHOR = new Author(JANE, "Jane", "Smith", Role.AGENT);

    private Elsewhere() {}

    @SafeVarargs
    static ImportedTicket ticket(UUID id, Function<TicketEvent.Header, TicketEvent>... events) {
        return ImportedTicket.of(id, BEGINNING, ADA, START).events(history(id, List.of(events)));
    }

    /** As many messages as said. */
    static ImportedTicket talk(UUID id, int messages) {
        return ImportedTicket.of(id, BEGINNING, ADA, START)
                .events(IntStream.rangeClosed(1, messages)
                        .mapToObj(seq -> new TicketEvent.Message(header(id, seq), "Message " + seq, List.of()))
                        .toList());
    }

    private static List<TicketEvent> history(UUID id, List<Function<TicketEvent.Header, TicketEvent>> events) {
        return IntStream.range(0, events.size())
                .mapToObj(i -> events.get(i).apply(header(id, i + 1)))
                .toList();
    }

    static TicketEvent.Header header(UUID id, int seq) {
        UUID eventId = new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits() + seq);
        return new TicketEvent.Header(eventId, id, seq, START.plusSeconds(seq), AUTHOR, Visibility.PUBLIC);
    }

    static TicketEvent.Header secret(TicketEvent.Header h) {
        return new TicketEvent.Header(h.id(), h.ticketId(), h.seq(), h.createdAt(), h.author(), Visibility.PRIVATE);
    }

    static TicketEvent.Header by(TicketEvent.Header h, Author author) {
        return new TicketEvent.Header(h.id(), h.ticketId(), h.seq(), h.createdAt(), author, h.visibility());
    }

    static TicketEvent.Header at(TicketEvent.Header h, Instant at) {
        return new TicketEvent.Header(h.id(), h.ticketId(), h.seq(), at, h.author(), h.visibility());
    }
}
