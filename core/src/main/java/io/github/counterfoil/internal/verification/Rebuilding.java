package io.github.counterfoil.internal.verification;

import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.internal.command.OpenTicket;
import io.github.counterfoil.internal.event.EventReader;
import io.github.counterfoil.internal.jooq.tables.records.TicketRecord;
import io.github.counterfoil.internal.ticket.Beginning;
import io.github.counterfoil.internal.ticket.TicketState;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Priority;
import java.util.List;

/** A stored ticket rebuilt from its events. */
final class Rebuilding {
    private final List<TicketEvent> events;
    private final Beginning beginning;

    Rebuilding(StoredTicket ticket, EventReader reader) {
        TicketRecord row = ticket.row();
        NewTicket now = NewTicket.of(row.getTitle(), row.getDescription())
                .priority(Priority.ofWireName(row.getPriority()).orElseThrow())
                .channel(row.getSourceChannel())
                .tags(row.getTags())
                .customFields(JsonValue.parse(row.getCustomFields().data()).members());
        events = ticket.events().stream()
                .map(event -> reader.forAgent(event.row()))
                .toList();
        beginning = Beginning.before(events, now, row.getCustomerId());
    }

    /** All events in order. */
    List<TicketEvent> events() {
        return events;
    }

    /** What the ticket started with. */
    OpenTicket opening() {
        return OpenTicket.of(beginning.customerId(), beginning.start());
    }

    /** What the ticket was before its first event. */
    TicketState start() {
        return new TicketState(beginning.start(), beginning.customerId());
    }
}
