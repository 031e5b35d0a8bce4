package io.github.counterfoil.webdesk.portal;

import io.github.counterfoil.ticket.CustomerTicketSummary;
import io.github.counterfoil.ticket.TicketQuery;
import io.github.counterfoil.ticket.TicketStatus;
import io.github.counterfoil.webdesk.shown.Moment;
import io.github.counterfoil.webdesk.shown.Piece;
import java.util.List;
import java.util.UUID;

/** A ticket in a customer's list. */
public record PortalLine(
        UUID id,
        long number,
        List<Piece> title,
        List<Piece> found,
        TicketStatus status,
        String assignees,
        int unread,
        Moment updated) {

    static PortalLine of(CustomerTicketSummary ticket, TicketQuery query) {
        return new PortalLine(
                ticket.id(),
                ticket.number(),
                Piece.of(ticket.title(), query.highlights(ticket.title())),
                ticket.fragment().map(Piece::of).orElse(List.of()),
                ticket.status(),
                String.join(", ", ticket.assignedTo()),
                ticket.unread(),
                Moment.of(ticket.updatedAt()));
    }
}
