package io.github.counterfoil.webdesk.portal;

import io.github.counterfoil.ticket.CustomerTicket;
import io.github.counterfoil.ticket.TicketStatus;
import io.github.counterfoil.webdesk.shown.Moment;
import io.github.counterfoil.webdesk.shown.Rating;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A ticket as its customer looks at it.
 *
 * @param rateable whether its last closing was not rated yet
 */
public record PortalTicket(
        UUID id,
        long number,
        String title,
        String description,
        TicketStatus status,
        String assignees,
        Moment opened,
        @Nullable Rating rating,
        boolean rateable) {

    static PortalTicket of(CustomerTicket ticket) {
        Instant closed = ticket.closedAt().orElse(Instant.MAX);
        boolean rated = ticket.feedback()
                .filter(feedback -> !feedback.submittedAt().isBefore(closed))
                .isPresent();
        return new PortalTicket(
                ticket.id(),
                ticket.number(),
                ticket.title(),
                ticket.description(),
                ticket.status(),
                String.join(", ", ticket.assignedTo()),
                Moment.of(ticket.createdAt()),
                ticket.feedback().map(Rating::of).orElse(null),
                ticket.status() == TicketStatus.CLOSED && !rated);
    }
}
