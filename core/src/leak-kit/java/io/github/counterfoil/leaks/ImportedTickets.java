package io.github.counterfoil.leaks;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.event.Author;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.ticket.NewTicket;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** Tickets that come from elsewhere, with what only comes from there. */
final class ImportedTickets {
    /** So many that the staff's version is a number of four digits, and no year of our days. */
    private static final int FEWEST_NOTES = 1_000;

    private static final int MORE_NOTES = 300;

    private final TicketService tickets;
    private final Random random;
    private final Canaries canaries;
    private final Cast cast;

    ImportedTickets(TicketService tickets, Random random, Canaries canaries, Cast cast) {
        this.tickets = tickets;
        this.random = random;
        this.canaries = canaries;
        this.cast = cast;
    }

    /** One with events that say they are public, of types that are not. */
    void withPrivateTypes(UUID id, UUID customerId) {
        Events events = new Events(id, new Author(cast.agent(), cast.firstName(), cast.lastName(), Role.AGENT));
        String unknown = canaries.secret("an event of unknown type");
        run(
                id,
                customerId,
                events.at,
                List.of(
                        publicMessage(events, id),
                        new TicketEvent.UnknownEvent(
                                events.header(Visibility.PUBLIC),
                                "never-registered",
                                JsonValue.ofObject(Map.of("text", JsonValue.of(Canaries.text(unknown))))),
                        new TicketEvent.TagAdded(events.header(Visibility.PUBLIC), canaries.secret("a tag")),
                        new TicketEvent.Message(
                                events.header(Visibility.PRIVATE),
                                Canaries.text(canaries.secret("a private message")),
                                List.of(JsonValue.ofObject(Map.of(
                                        "name",
                                        JsonValue.of(canaries.secret("an attachment of a private message"))))))));
    }

    /** One whose version on the staff's side is a number that is met nowhere else. */
    void withManyNotes(UUID id, UUID customerId) {
        Events events = new Events(id, new Author(cast.agent(), cast.firstName(), cast.lastName(), Role.AGENT));
        String text = Canaries.text(canaries.secret("a note"));
        int notes = FEWEST_NOTES + random.nextInt(MORE_NOTES);
        List<TicketEvent> all = new ArrayList<>(notes + 1);
        all.add(publicMessage(events, id));
        for (int i = 0; i < notes; i++) {
            all.add(new TicketEvent.NoteAdded(events.header(Visibility.PRIVATE), text));
        }
        run(id, customerId, events.at, all);
    }

    /** What its customer sees of the ticket, and no other. */
    private TicketEvent publicMessage(Events events, UUID id) {
        return new TicketEvent.Message(
                events.header(Visibility.PUBLIC), Canaries.text(cast.ofTicket("a message", () -> id)), List.of());
    }

    private final class Events {
        private final UUID ticketId;
        private final Author author;
        private final Instant at = Instant.now().truncatedTo(ChronoUnit.MICROS);
        private int seq;

        Events(UUID ticketId, Author author) {
            this.ticketId = ticketId;
            this.author = author;
        }

        TicketEvent.Header header(Visibility visibility) {
            UUID id = SupportLife.uuid(random);
            if (visibility == Visibility.PRIVATE) {
                canaries.plant(id, "the id of a private event", reader -> false);
            }
            return new TicketEvent.Header(id, ticketId, ++seq, at, author, visibility);
        }
    }

    private void run(UUID id, UUID customerId, Instant at, List<TicketEvent> events) {
        cast.own(id, customerId);
        tickets.imports()
                .run(List.of(ImportedTicket.of(
                                        id,
                                        NewTicket.of(
                                                Canaries.text(cast.ofTicket("a title", () -> id)),
                                                Canaries.text(cast.ofTicket("a description", () -> id))),
                                        customerId,
                                        at)
                                .events(events))
                        .iterator());
    }
}
