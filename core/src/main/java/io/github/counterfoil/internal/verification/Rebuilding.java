package io.github.counterfoil.internal.verification;

import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.internal.command.OpenTicket;
import io.github.counterfoil.internal.event.EventReader;
import io.github.counterfoil.internal.jooq.tables.records.TicketRecord;
import io.github.counterfoil.internal.json.JsonText;
import io.github.counterfoil.internal.ticket.TicketState;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Priority;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A ticket rebuilt from its events. What it started with is found by walking back from what it is: an event that changed a
 * title says what it was before.
 */
final class Rebuilding {
    private final TicketRecord row;
    private final List<TicketEvent> events;
    private String title;
    private String description;
    private Priority priority;
    private UUID customerId;
    private final List<String> tags;
    private final Map<String, JsonValue> fields = new TreeMap<>();

    Rebuilding(StoredTicket ticket, EventReader reader) {
        this.row = ticket.row();
        this.events = ticket.events().stream()
                .map(event -> reader.forAgent(event.row()))
                .toList();
        this.title = row.getTitle();
        this.description = row.getDescription();
        this.priority = Priority.valueOf(row.getPriority().toUpperCase(Locale.ROOT));
        this.customerId = row.getCustomerId();
        this.tags = new ArrayList<>(List.of(row.getTags()));
        JsonText.members(row.getCustomFields().data())
                .forEach((name, value) -> fields.put(name, JsonValue.parse(value)));
        for (int i = events.size() - 1; i >= 0; i--) {
            undo(events.get(i));
        }
    }

    private void undo(TicketEvent event) {
        if (event instanceof TicketEvent.TitleUpdate e) {
            title = e.oldValue();
        } else if (event instanceof TicketEvent.DescriptionUpdate e) {
            description = e.oldValue();
        } else if (event instanceof TicketEvent.PriorityUpdate e) {
            priority = e.oldValue();
        } else if (event instanceof TicketEvent.CustomerUpdate e) {
            customerId = e.oldValue();
        } else if (event instanceof TicketEvent.TagAdded e) {
            tags.remove(e.tag());
        } else if (event instanceof TicketEvent.TagRemoved e && !tags.contains(e.tag())) {
            tags.add(e.tag());
        } else if (event instanceof TicketEvent.FieldAdded e) {
            fields.remove(e.fieldName());
        } else if (event instanceof TicketEvent.FieldRemoved e) {
            fields.put(e.fieldName(), e.oldValue());
        }
    }

    /** All events in order. */
    List<TicketEvent> events() {
        return events;
    }

    /** What the ticket started with. */
    OpenTicket opening() {
        return OpenTicket.of(customerId, beginning());
    }

    /** What the ticket was before its first event. */
    TicketState start() {
        return new TicketState(beginning(), customerId);
    }

    private NewTicket beginning() {
        return new NewTicket(title, description, priority, row.getSourceChannel(), tags, fields);
    }
}
