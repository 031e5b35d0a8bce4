package io.github.counterfoil.internal.ticket;

import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Priority;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What a ticket started with, found by walking back from what it is: an event that changed a title says what it was before.
 *
 * @param customerId whose ticket it was
 */
public record Beginning(NewTicket start, UUID customerId) {

    /**
     * Walks back.
     *
     * @param now what the ticket is after all its events
     * @param customerNow whose it is now
     */
    public static Beginning before(List<TicketEvent> events, NewTicket now, UUID customerNow) {
        Walk walk = new Walk(now, customerNow);
        for (int i = events.size() - 1; i >= 0; i--) {
            walk.undo(events.get(i));
        }
        return new Beginning(
                NewTicket.of(walk.title, walk.description)
                        .priority(walk.priority)
                        .channel(now.channel())
                        .tags(walk.tags.toArray(String[]::new))
                        .customFields(walk.fields),
                walk.customerId);
    }

    private static final class Walk {
        private String title;
        private String description;
        private Priority priority;
        private UUID customerId;
        private final List<String> tags;
        private final Map<String, JsonValue> fields;

        Walk(NewTicket now, UUID customerNow) {
            title = now.title();
            description = now.description();
            priority = now.priority();
            customerId = customerNow;
            tags = new ArrayList<>(now.tags());
            fields = new TreeMap<>(now.customFields());
        }

        void undo(TicketEvent event) {
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
    }
}
