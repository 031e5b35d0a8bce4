package io.github.counterfoil.verification;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.BOB;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static io.github.counterfoil.testing.SupportTeam.TOM;

import io.github.counterfoil.event.Author;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.internal.event.Seen;
import io.github.counterfoil.internal.event.TicketState;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Participants;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.TicketStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** Any history from elsewhere that is consistent: each event fits what those before it made of the ticket. */
final class AnyImport {
    private static final int MAX_EVENTS = 7;
    private static final JsonValue BODY = JsonValue.ofObject(Map.of("level", JsonValue.of(2)));

    private final Random random;
    private final UUID id;
    private final TicketState state;
    private final List<TicketEvent> events = new ArrayList<>();

    private AnyImport(Random random, UUID id, NewTicket start, UUID customerId) {
        this.random = random;
        this.id = id;
        this.state = new TicketState(start, customerId);
    }

    static ImportedTicket of(NewTicket start, UUID customerId, Instant createdAt, Random random) {
        UUID id = new UUID(random.nextLong(), random.nextLong());
        AnyImport history = new AnyImport(random, id, start, customerId);
        Instant at = createdAt;
        for (int count = random.nextInt(MAX_EVENTS + 1); count > 0; count--) {
            at = at.plusMillis(1 + random.nextInt(1_000));
            history.add(at);
        }
        return ImportedTicket.of(id, start, customerId, createdAt).events(history.events);
    }

    private void add(Instant at) {
        TicketEvent event = random.nextBoolean() ? ofStaff(at) : ofEither(at);
        if (state.apply(event, HistoriesWorld.shows(event) ? at : null) != null) {
            throw new IllegalStateException("a history that does not fit: " + event);
        }
        events.add(event);
    }

    /** From what the staff sees, or what the customer sees of a public one. */
    private TicketEvent ofEither(Instant at) {
        TicketEvent.Header shown = header(at, random.nextInt(3) == 0 ? Visibility.PRIVATE : Visibility.PUBLIC);
        Seen before = shown.visibility() == Visibility.PUBLIC && random.nextBoolean() ? state.shown() : state.all();
        int n = random.nextInt(3);
        UUID worker = List.of(JANE, TOM, HistoriesWorld.FORMER).get(random.nextInt(3));
        switch (random.nextInt(7)) {
            case 0:
                TicketStatus status = TicketStatus.values()[1 + n];
                return status == before.status()
                        ? new TicketEvent.Message(shown, "Still " + n, List.of(BODY))
                        : new TicketEvent.StatusUpdate(shown, before.status(), status);
            case 1:
                return before.assigned().containsKey(worker)
                        ? new TicketEvent.AssignmentRemoved(shown, worker)
                        : new TicketEvent.AssignmentAdded(shown, worker);
            case 2:
                Priority priority = Priority.values()[n];
                return priority == before.priority()
                        ? new TicketEvent.Message(shown, "As before", List.of())
                        : new TicketEvent.PriorityUpdate(shown, before.priority(), priority);
            case 3:
                return new TicketEvent.TitleUpdate(shown, before.title(), "Title from elsewhere " + shown.seq());
            case 4:
                return new TicketEvent.DescriptionUpdate(shown, before.description(), "Elsewhere " + shown.seq());
            case 5:
                return mayBeRated(shown.visibility())
                        ? new TicketEvent.FeedbackSubmitted(byCustomer(shown), 1 + n, n == 0 ? null : "Comment")
                        : new TicketEvent.Message(byCustomer(shown), "Message", List.of());
            default:
                return new TicketEvent.CustomEvent(shown, AnyCommand.ESCALATED.name(), BODY);
        }
    }

    /** Whatever their visibility says, customers see none of these but public messages. */
    private TicketEvent ofStaff(Instant at) {
        TicketEvent.Header header = header(at, random.nextInt(3) == 0 ? Visibility.PUBLIC : Visibility.PRIVATE);
        int n = random.nextInt(3);
        switch (random.nextInt(9)) {
            case 0:
                return new TicketEvent.Message(header, "Message " + n, List.of());
            case 1:
                return new TicketEvent.NoteAdded(header(at, Visibility.PRIVATE), "Note " + n);
            case 2:
                JsonValue value = state.fields().get("f" + n);
                return value == null
                        ? new TicketEvent.FieldAdded(header, "f" + n, JsonValue.of(n))
                        : new TicketEvent.FieldRemoved(header, "f" + n, value);
            case 3:
                String tag = n == 0 ? "a" : "t" + n;
                return state.tags().contains(tag)
                        ? new TicketEvent.TagRemoved(header, tag)
                        : new TicketEvent.TagAdded(header, tag);
            case 4:
                UUID other = state.customerId().equals(ADA) ? BOB : ADA;
                return new TicketEvent.CustomerUpdate(header, state.customerId(), other);
            case 6:
                UUID another = state.customerId().equals(ADA) ? BOB : ADA;
                Participants.Kind kind = state.participants().get(another);
                return kind == null
                        ? new TicketEvent.ParticipantAdded(header, another, Participants.Kind.values()[n % 2])
                        : new TicketEvent.ParticipantRemoved(header, another, kind);
            case 7:
                // One that has come back by now, or one that has not.
                Instant until = state.snoozedUntil() == null ? at.plusSeconds(n * 300_000_000L + 60) : null;
                return state.all().status() == TicketStatus.CLOSED
                        ? new TicketEvent.UnknownEvent(header, "Put off", BODY)
                        : new TicketEvent.SnoozeUpdate(header, until);
            case 5:
                return new TicketEvent.CustomEvent(header, AnyCommand.FRAUD_CHECK.name(), BODY);
            default:
                return new TicketEvent.UnknownEvent(header, "SLA breach", BODY);
        }
    }

    private boolean mayBeRated(Visibility visibility) {
        boolean shown = visibility == Visibility.PUBLIC;
        int closing = (shown ? state.shown() : state.all()).closedSeq();
        return closing > 0
                && state.ratings().stream()
                        .noneMatch(rating -> rating.closedSeq() == closing && !(shown && rating.hidden()));
    }

    private TicketEvent.Header header(Instant at, Visibility visibility) {
        Author jane = new Author(JANE, "Jane", "Smith", Role.AGENT);
        UUID eventId = new UUID(random.nextLong(), random.nextLong());
        return new TicketEvent.Header(eventId, id, events.size() + 1, at, jane, visibility);
    }

    private static TicketEvent.Header byCustomer(TicketEvent.Header header) {
        Author ada = new Author(ADA, "Ada", "Lovelace", Role.CUSTOMER);
        return new TicketEvent.Header(
                header.id(), header.ticketId(), header.seq(), header.createdAt(), ada, header.visibility());
    }
}
