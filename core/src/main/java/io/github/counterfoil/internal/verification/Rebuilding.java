package io.github.counterfoil.internal.verification;

import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.internal.event.EventReader;
import io.github.counterfoil.internal.jooq.tables.records.TicketRecord;
import io.github.counterfoil.internal.json.UnfitMember;
import io.github.counterfoil.internal.ticket.Beginning;
import java.util.List;

/**
 * A stored ticket, to be rebuilt from its events.
 *
 * @param beginning what the ticket started with
 * @param beginningFits whether the row tells its beginning; if not, it is taken to have been as it is now
 * @param events all, in order
 */
record Rebuilding(Beginning beginning, boolean beginningFits, List<TicketEvent> events) {

    static Rebuilding of(StoredTicket ticket, EventReader reader) {
        TicketRecord row = ticket.row();
        List<TicketEvent> events = ticket.events().stream()
                .map(event -> reader.forAgent(event.row()))
                .toList();
        try {
            return new Rebuilding(Beginning.of(row), true, events);
        } catch (UnfitMember e) {
            return new Rebuilding(Beginning.asNow(row), false, events);
        }
    }
}
