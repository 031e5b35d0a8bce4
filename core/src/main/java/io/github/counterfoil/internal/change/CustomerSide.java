package io.github.counterfoil.internal.change;

import static io.github.counterfoil.internal.jooq.Tables.TICKET;

import io.github.counterfoil.change.CustomerChange;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.internal.access.Access;
import io.github.counterfoil.internal.command.ServiceContext;
import io.github.counterfoil.internal.database.Row;
import io.github.counterfoil.internal.event.ChangeRepository.TicketPart;
import io.github.counterfoil.internal.event.EventReader;
import io.github.counterfoil.internal.event.EventRow;
import io.github.counterfoil.internal.ticket.Shown;
import io.github.counterfoil.internal.ticket.TicketColumns;
import io.github.counterfoil.people.AgentDisplay;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.impl.DSL;

/** What customers see of what happens. */
final class CustomerSide implements Side<CustomerChange.About, CustomerChange> {
    private final Access access;
    private final EventReader reader;
    private final AgentDisplay display;

    CustomerSide(ServiceContext context) {
        this.access = context.access(Places.hosts(Role.CUSTOMER));
        this.reader = context.events();
        this.display = context.agentDisplay();
    }

    @Override
    public Access access() {
        return access;
    }

    @Override
    public TicketPart<Opening<CustomerChange.About>> part() {
        return new TicketPart<>(CustomerSide::columns, this::opening);
    }

    private static List<Field<?>> columns() {
        return List.of(
                TICKET.ID,
                TICKET.NUMBER,
                Shown.text(TICKET.TITLE),
                TICKET.CUSTOMER_ID,
                TicketColumns.SHOWN_ASSIGNED_TO,
                TICKET.CREATED_AT,
                TICKET.CREATED_BY,
                DSL.field(TICKET.COMMAND.isNull()));
    }

    private Opening<CustomerChange.About> opening(Row row) {
        return new Opening<>(
                new CustomerChange.About(
                        row.id(), row.largeNumber(), row.text(), row.id(), TicketColumns.assigneesShown(row, display)),
                row.time(),
                row.id(),
                row.flag());
    }

    @Override
    public CustomerChange purged(UUID ticketId, Instant at, UUID by, String position) {
        return new CustomerChange.Purged(ticketId, at, position);
    }

    @Override
    public CustomerChange opened(Opening<CustomerChange.About> ticket, String position) {
        return new CustomerChange.Opened(ticket.about(), ticket.at(), ticket.imported(), position);
    }

    @Override
    public Optional<CustomerChange> happened(
            CustomerChange.About ticket, EventRow event, boolean imported, String position) {
        Optional<UUID> customer = event.role() == Role.CUSTOMER ? Optional.of(event.createdBy()) : Optional.empty();
        return reader.forCustomer(event, display)
                .map(seen -> new CustomerChange.Happened(ticket, seen, customer, imported, position));
    }
}
