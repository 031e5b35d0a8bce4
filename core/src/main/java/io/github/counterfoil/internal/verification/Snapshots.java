package io.github.counterfoil.internal.verification;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.internal.access.Access;
import io.github.counterfoil.internal.database.Database;
import io.github.counterfoil.internal.event.EventReader;
import io.github.counterfoil.internal.event.EventRow;
import io.github.counterfoil.internal.event.TicketState;
import io.github.counterfoil.internal.validation.Faults;
import io.github.counterfoil.internal.validation.Problem;
import io.github.counterfoil.ticket.TicketSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** States of the past, rebuilt from events. */
public final class Snapshots {

    private Snapshots() {}

    public static TicketSnapshot at(
            Database database, Access access, EventReader reader, UUID ticketId, Instant moment) {
        StoredTicket ticket = database.read(dsl -> StoredTicket.visible(dsl, access, ticketId));
        if (moment.isBefore(ticket.row().getCreatedAt())) {
            throw new InvalidInput("moment", "before_creation", null);
        }
        return snapshot(database, ticket, reader, event -> !event.createdAt().isAfter(moment));
    }

    public static TicketSnapshot at(Database database, Access access, EventReader reader, UUID ticketId, int version) {
        StoredTicket ticket = database.read(dsl -> StoredTicket.visible(dsl, access, ticketId));
        int last = ticket.row().getLastSeq();
        Faults faults = new Faults();
        faults.add("version", Problem.range(version, 0, last));
        faults.throwIfAny();
        return snapshot(database, ticket, reader, event -> event.number() <= version);
    }

    private static TicketSnapshot snapshot(
            Database database, StoredTicket ticket, EventReader reader, Predicate<EventRow> happened) {
        TicketState state = Rebuilding.of(ticket.row()).beginning().state();
        AtomicReference<@Nullable EventRow> latest = new AtomicReference<>();
        ticket.forEachEvent(database, event -> {
            if (!happened.test(event.row())) {
                return false;
            }
            state.apply(reader.forAgent(event.row()), event.publicAt());
            latest.set(event.row());
            return true;
        });
        EventRow last = latest.get();
        return new TicketSnapshot(
                ticket.row().getId(),
                last == null ? 0 : last.number(),
                last == null ? ticket.row().getCreatedAt() : last.createdAt(),
                state.all().title(),
                state.all().description(),
                state.all().status(),
                state.all().priority(),
                state.customerId(),
                List.copyOf(state.tags()),
                state.fields(),
                Optional.ofNullable(state.snoozedUntil()),
                List.copyOf(state.all().assigned().keySet()));
    }
}
