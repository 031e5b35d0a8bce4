package io.github.counterfoil.internal.event;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.event.Author;
import io.github.counterfoil.event.CustomerEvent;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.internal.access.AgentName;
import io.github.counterfoil.internal.json.UnfitMember;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.people.AgentDisplay;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns rows of {@code ticket_event} into events, for either side of the counter. */
public final class EventReader {
    private static final Logger LOG = LoggerFactory.getLogger(EventReader.class);

    private final EventTypes types;

    public EventReader(EventTypes types) {
        this.types = types;
    }

    public TicketEvent forAgent(EventRow row) {
        TicketEvent.Header header = header(row, Redacted.in(row.body()));
        try {
            return types.named(row.type()).read(header, row.type(), row.body());
        } catch (UnfitMember | InvalidInput e) {
            return new TicketEvent.UnknownEvent(header, row.type(), readable(row, header));
        }
    }

    /** Empty for what only SQL from elsewhere stores: deeper, or with larger numbers, than anything reads. */
    private static JsonValue readable(EventRow row, TicketEvent.Header header) {
        try {
            return Redacted.without(row.body().value(), header);
        } catch (InvalidInput e) {
            LOG.warn("event {} holds what cannot be read and is shown without it", row.id());
            return JsonValue.ofObject(Map.of());
        }
    }

    private static TicketEvent.Header header(EventRow row, Set<String> redacted) {
        return new TicketEvent.Header(
                row.id(),
                row.ticketId(),
                row.number(),
                row.createdAt(),
                new Author(row.createdBy(), row.firstName(), row.lastName(), row.role()),
                row.visibility(),
                redacted);
    }

    /**
     * The row must be one that the customer may see. Empty for one that lacks what its type requires, as only a row that was
     * changed by hand does: what nobody can read nobody is shown.
     */
    public Optional<CustomerEvent> forCustomer(EventRow row, AgentDisplay display) {
        String agent = row.agent() == null ? "" : row.agent().shown(display);
        EventType<?> type = types.named(row.type());
        Set<String> redacted = types.seen(row.type(), Redacted.in(row.body()));
        try {
            TicketEvent event = type.read(header(row, redacted), row.type(), row.body());
            return type.display(customerHeader(row, display, redacted), event, agent)
                    .map(types::shown);
        } catch (UnfitMember | InvalidInput e) {
            LOG.warn("event {} lacks what its type requires and is hidden from its customer", row.id());
            return Optional.empty();
        }
    }

    private static CustomerEvent.Header customerHeader(EventRow row, AgentDisplay display, Set<String> redacted) {
        Role role = row.role();
        AgentName author = new AgentName(row.firstName(), row.lastName());
        return new CustomerEvent.Header(
                row.id(),
                row.ticketId(),
                row.number(),
                row.createdAt(),
                role,
                author.shown(role == Role.AGENT ? display : AgentDisplay.fullNames()),
                redacted);
    }
}
