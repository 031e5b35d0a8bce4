package io.github.counterfoil.webdesk.desk;

import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.TicketQuery;
import io.github.counterfoil.ticket.TicketStatus;
import io.github.counterfoil.ticket.TicketSummary;
import io.github.counterfoil.webdesk.shown.Moment;
import io.github.counterfoil.webdesk.shown.Names;
import io.github.counterfoil.webdesk.shown.Piece;
import java.util.List;
import java.util.UUID;

/** A ticket in the inbox. */
public record InboxLine(
        UUID id,
        long number,
        int version,
        List<Piece> title,
        List<Piece> found,
        TicketStatus status,
        Priority priority,
        List<String> tags,
        String customer,
        String assignees,
        String lastWritten,
        int unread,
        Moment updated) {

    static InboxLine of(TicketSummary ticket, TicketQuery query) {
        return new InboxLine(
                ticket.id(),
                ticket.number(),
                ticket.version(),
                Piece.of(ticket.title(), query.highlights(ticket.title())),
                ticket.fragment().map(Piece::of).orElse(List.of()),
                ticket.status(),
                ticket.priority(),
                ticket.tags(),
                Names.full(ticket.customer().firstName(), ticket.customer().lastName()),
                String.join(
                        ", ",
                        ticket.assignedTo().stream()
                                .map(worker -> worker.firstName())
                                .toList()),
                ticket.lastWritten()
                        .map(last -> (last.note() ? "note by " : "last from ") + last.firstName())
                        .orElse("not answered"),
                ticket.unread(),
                Moment.of(ticket.updatedAt()));
    }
}
