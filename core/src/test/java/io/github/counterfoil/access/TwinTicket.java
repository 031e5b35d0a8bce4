package io.github.counterfoil.access;

import io.github.counterfoil.access.TwinWorlds.World;
import io.github.counterfoil.event.Author;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.internal.event.EventTypes;
import io.github.counterfoil.internal.event.Seen;
import io.github.counterfoil.internal.event.TicketState;
import io.github.counterfoil.internal.json.JsonObject;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.TicketStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/** A ticket from elsewhere of which one world knows the public events, and the other the private ones between them too. */
final class TwinTicket {
    private static final NewTicket START = NewTicket.of("Title", "Text").channel("phone");

    private final Random random;
    private final UUID id;
    private final UUID customer;
    private final Instant openedAt;
    private final TicketState state;
    private final List<TicketEvent> events = new ArrayList<>();

    private TwinTicket(Random random, UUID id, UUID customer, Instant openedAt) {
        this.random = random;
        this.id = id;
        this.customer = customer;
        this.openedAt = openedAt;
        this.state = new TicketState(START, customer);
    }

    /** @param openedAt a time that has passed for longer than the history lasts */
    static TwinTicket random(Random random, UUID id, UUID customer, Instant openedAt) {
        TwinTicket ticket = new TwinTicket(random, id, customer, openedAt);
        Instant at = openedAt;
        for (int seen = 3 + random.nextInt(5); seen > 0; seen--) {
            at = at.plusMillis(random.nextInt(3));
            for (int hidden = random.nextInt(3); hidden > 0; hidden--) {
                ticket.add(at, random.nextInt(4) == 0 ? ticket.unknown(at) : ticket.any(at, Visibility.PRIVATE));
            }
            ticket.add(at, ticket.any(at, Visibility.PUBLIC));
        }
        return ticket;
    }

    private void add(Instant at, TicketEvent event) {
        String misfit = state.apply(event, shows(event) ? at : null);
        if (misfit != null) {
            throw new IllegalStateException("a history that does not fit: " + event);
        }
        events.add(event);
    }

    private static boolean shows(TicketEvent event) {
        return event.visibility() == Visibility.PUBLIC && !(event instanceof TicketEvent.UnknownEvent);
    }

    private TicketEvent unknown(Instant at) {
        return new TicketEvent.UnknownEvent(
                header(at, Visibility.PUBLIC, agent()), "unknown", TwinWorlds.body("private"));
    }

    /** From what those were who see it. */
    private TicketEvent any(Instant at, Visibility visibility) {
        Seen before = visibility == Visibility.PUBLIC ? state.shown() : state.all();
        TicketEvent.Header header = header(at, visibility, agent());
        String text = (visibility == Visibility.PUBLIC ? "Public " : "private ") + random.nextInt(100);
        switch (random.nextInt(7)) {
            case 0:
                if (!before.title().equals(text)) {
                    return new TicketEvent.TitleUpdate(header, before.title(), text);
                }
                break;
            case 1:
                if (!before.description().equals(text)) {
                    return new TicketEvent.DescriptionUpdate(header, before.description(), text);
                }
                break;
            case 2:
                Priority priority = Priority.values()[random.nextInt(3)];
                if (priority != before.priority()) {
                    return new TicketEvent.PriorityUpdate(header, before.priority(), priority);
                }
                break;
            case 3, 4:
                TicketStatus status =
                        random.nextBoolean() ? TicketStatus.CLOSED : TicketStatus.values()[1 + random.nextInt(2)];
                if (status != before.status()) {
                    return new TicketEvent.StatusUpdate(header, before.status(), status);
                }
                break;
            case 5:
                UUID worker = World.AGENTS.get(random.nextInt(2));
                return before.assigned().containsKey(worker)
                        ? new TicketEvent.AssignmentRemoved(header, worker)
                        : new TicketEvent.AssignmentAdded(header, worker);
            default:
                if (mayRate(before, visibility)) {
                    Author author = new Author(customer, "Customer", "C", Role.CUSTOMER);
                    return new TicketEvent.FeedbackSubmitted(
                            header(at, visibility, author), 1 + random.nextInt(5), text);
                }
        }
        return new TicketEvent.Message(header, text, List.of());
    }

    private boolean mayRate(Seen before, Visibility visibility) {
        return before.closedSeq() > 0
                && state.ratings().stream()
                        .noneMatch(rating -> rating.closedSeq() == before.closedSeq()
                                && !(visibility == Visibility.PUBLIC && rating.hidden()));
    }

    private static Author agent() {
        return new Author(World.AGENTS.get(0), "Agent", "A", Role.AGENT);
    }

    private TicketEvent.Header header(Instant at, Visibility visibility, Author author) {
        UUID eventId = new UUID(random.nextLong(), random.nextLong());
        return new TicketEvent.Header(eventId, id, events.size() + 1, at, author, visibility);
    }

    /** As a world knows it. */
    ImportedTicket in(boolean withPrivate) {
        return ImportedTicket.of(id, START, customer, openedAt).events(known(withPrivate));
    }

    /** Up to the first so many events that customers see. */
    ImportedTicket beginningIn(boolean withPrivate, int seen) {
        List<TicketEvent> beginning = new ArrayList<>();
        int shown = 0;
        for (TicketEvent event : known(withPrivate)) {
            shown += shows(event) ? 1 : 0;
            if (shown > seen) {
                break;
            }
            beginning.add(event);
        }
        return ImportedTicket.of(id, START, customer, openedAt).events(beginning);
    }

    private List<TicketEvent> known(boolean withPrivate) {
        List<TicketEvent> known = new ArrayList<>();
        for (TicketEvent event : events) {
            if (withPrivate || shows(event)) {
                known.add(at(event, known.size() + 1));
            }
        }
        return known;
    }

    /** The same in another place. */
    private static TicketEvent at(TicketEvent event, int seq) {
        TicketEvent.Header h = event.header();
        TicketEvent.Header header =
                new TicketEvent.Header(h.id(), h.ticketId(), seq, h.createdAt(), h.author(), h.visibility());
        if (event instanceof TicketEvent.TitleUpdate e) {
            return new TicketEvent.TitleUpdate(header, e.oldValue(), e.newValue());
        } else if (event instanceof TicketEvent.DescriptionUpdate e) {
            return new TicketEvent.DescriptionUpdate(header, e.oldValue(), e.newValue());
        } else if (event instanceof TicketEvent.PriorityUpdate e) {
            return new TicketEvent.PriorityUpdate(header, e.oldValue(), e.newValue());
        } else if (event instanceof TicketEvent.StatusUpdate e) {
            return new TicketEvent.StatusUpdate(header, e.oldValue(), e.newValue());
        } else if (event instanceof TicketEvent.AssignmentAdded e) {
            return new TicketEvent.AssignmentAdded(header, e.agentId());
        } else if (event instanceof TicketEvent.AssignmentRemoved e) {
            return new TicketEvent.AssignmentRemoved(header, e.agentId());
        } else if (event instanceof TicketEvent.FeedbackSubmitted e) {
            return new TicketEvent.FeedbackSubmitted(header, e.rating(), e.comment());
        } else if (event instanceof TicketEvent.Message e) {
            return new TicketEvent.Message(header, e.content(), e.attachments());
        }
        return new TicketEvent.UnknownEvent(header, event.type(), ((TicketEvent.UnknownEvent) event).body());
    }

    /** The same as a document, as the documented table has it. */
    JsonValue documentIn(boolean withPrivate) {
        TicketState now = new TicketState(START, customer);
        known(withPrivate).forEach(event -> now.apply(event, shows(event) ? event.createdAt() : null));
        Seen all = now.all();
        JsonObject document = new JsonObject()
                .put("id", id.toString())
                .put("title", all.title())
                .put("description", all.description())
                .put("status", all.status().wireName())
                .put("priority", all.priority().wireName())
                .putStrings("tags", Set.of())
                .put("custom_fields", JsonValue.ofObject(Map.of()))
                .put("ticket_history", history -> history.putObjects("events", known(withPrivate), TwinTicket::put))
                .put("source_channel", START.channel())
                .put("created_at", openedAt.toString())
                .put("updated_at", openedAt.toString())
                .put("created_by", customer.toString())
                .putObjects("assigned_to", all.assignees(), (worker, one) -> one.put("id", worker.toString()));
        return JsonValue.parse(document.text());
    }

    private static void put(TicketEvent event, JsonObject json) {
        json.put("id", event.id().toString())
                .put("type", event.type())
                .put("created_at", event.createdAt().toString())
                .put("created_by_uuid", event.author().id().toString())
                .put("created_by_first_name", event.author().firstName())
                .put("created_by_last_name", event.author().lastName())
                .put("role", event.author().role().wireName())
                .put("visibility", event.visibility().wireName());
        EventTypes.writeBody(event, json);
    }
}
