package io.github.counterfoil.internal.change;

import static io.github.counterfoil.internal.jooq.Tables.TICKET;

import io.github.counterfoil.change.Change;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.internal.access.Access;
import io.github.counterfoil.internal.command.ServiceContext;
import io.github.counterfoil.internal.database.Row;
import io.github.counterfoil.internal.event.ChangeRepository.TicketPart;
import io.github.counterfoil.internal.event.EventReader;
import io.github.counterfoil.internal.event.EventRow;
import io.github.counterfoil.internal.ticket.TicketColumns;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.impl.DSL;

/** All that happens. */
final class StaffSide implements Side<Change.About, Change> {
    private final Access access;
    private final EventReader reader;

    StaffSide(ServiceContext context) {
        this.access = context.access(Places.hosts(Role.AGENT));
        this.reader = context.events();
    }

    @Override
    public Access access() {
        return access;
    }

    @Override
    public TicketPart<Opening<Change.About>> part() {
        return new TicketPart<>(StaffSide::columns, StaffSide::opening);
    }

    private static List<Field<?>> columns() {
        return List.of(
                TICKET.ID,
                TICKET.NUMBER,
                TICKET.TITLE,
                TICKET.CUSTOMER_ID,
                TicketColumns.ASSIGNED_TO,
                TICKET.CREATED_AT,
                TICKET.CREATED_BY,
                DSL.field(TICKET.COMMAND.isNull()));
    }

    private static Opening<Change.About> opening(Row row) {
        return new Opening<>(
                new Change.About(row.id(), row.largeNumber(), row.text(), row.id(), TicketColumns.assignees(row)),
                row.time(),
                row.id(),
                row.flag());
    }

    @Override
    public Change purged(UUID ticketId, Instant at, UUID by, String position) {
        return new Change.Purged(ticketId, at, by, position);
    }

    @Override
    public Change opened(Opening<Change.About> ticket, String position) {
        return new Change.Opened(ticket.about(), ticket.at(), ticket.by(), ticket.imported(), position);
    }

    @Override
    public Optional<Change> happened(Change.About ticket, EventRow event, boolean imported, String position) {
        return Optional.of(new Change.Happened(ticket, reader.forAgent(event), imported, position));
    }
}
