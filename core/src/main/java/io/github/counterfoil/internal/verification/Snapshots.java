package io.github.counterfoil.internal.verification;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.internal.access.Access;
import io.github.counterfoil.internal.event.EventReader;
import io.github.counterfoil.internal.event.TicketState;
import io.github.counterfoil.ticket.TicketSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.jooq.DSLContext;

/** States of the past, rebuilt from events. */
public final class Snapshots {

    private Snapshots() {}

    public static TicketSnapshot at(DSLContext dsl, Access access, EventReader reader, UUID ticketId, Instant moment) {
        StoredTicket ticket = StoredTicket.visible(dsl, access, ticketId);
        if (moment.isBefore(ticket.row().getCreatedAt())) {
            throw new InvalidInput("moment", "before_creation", null);
        }
        return snapshot(ticket, reader, event -> !event.createdAt().isAfter(moment));
    }

    public static TicketSnapshot at(DSLContext dsl, Access access, EventReader reader, UUID ticketId, int version) {
        StoredTicket ticket = StoredTicket.visible(dsl, access, ticketId);
        int last = ticket.row().getLastSeq();
        if (version < 0 || version > last) {
            throw new InvalidInput("version", "out_of_range", (long) last);
        }
        return snapshot(ticket, reader, event -> event.seq() <= version);
    }

    private static TicketSnapshot snapshot(StoredTicket ticket, EventReader reader, Predicate<TicketEvent> happened) {
        Rebuilding rebuilding = Rebuilding.of(ticket, reader);
        TicketState state = rebuilding.beginning().state();
        List<TicketEvent> past =
                rebuilding.events().stream().takeWhile(happened).toList();
        past.forEach(state::apply);
        TicketEvent last = past.isEmpty() ? null : past.get(past.size() - 1);
        return new TicketSnapshot(
                ticket.row().getId(),
                last == null ? 0 : last.seq(),
                last == null ? ticket.row().getCreatedAt() : last.createdAt(),
                state.title(),
                state.description(),
                state.status(),
                state.priority(),
                state.customerId(),
                List.copyOf(state.tags()),
                state.fields(),
                List.copyOf(state.assignments().keySet()));
    }
}
