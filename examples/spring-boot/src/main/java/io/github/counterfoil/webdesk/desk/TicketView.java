package io.github.counterfoil.webdesk.desk;

import io.github.counterfoil.people.Customer;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.Ticket;
import io.github.counterfoil.ticket.TicketStatus;
import io.github.counterfoil.webdesk.shown.Moment;
import io.github.counterfoil.webdesk.shown.Names;
import io.github.counterfoil.webdesk.shown.Rating;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A ticket as its agents look at it. */
public record TicketView(
        UUID id,
        long number,
        int version,
        String title,
        String description,
        TicketStatus status,
        Priority priority,
        List<String> tags,
        Map<String, String> fields,
        List<Ticket.Assignee> assignedTo,
        String customer,
        String customerEmail,
        @Nullable String channel,
        Moment opened,
        @Nullable Rating rating) {

    static TicketView of(Ticket ticket, Optional<Customer> customer) {
        Map<String, String> fields = new TreeMap<>();
        ticket.customFields().forEach((name, value) -> fields.put(name, value.text()));
        return new TicketView(
                ticket.id(),
                ticket.number(),
                ticket.version(),
                ticket.title(),
                ticket.description(),
                ticket.status(),
                ticket.priority(),
                ticket.tags(),
                fields,
                ticket.assignedTo(),
                customer.map(known -> Names.full(known.firstName(), known.lastName()))
                        .orElse(ticket.customerEmail()),
                ticket.customerEmail(),
                ticket.sourceChannel().orElse(null),
                Moment.of(ticket.createdAt()),
                ticket.feedback().map(Rating::of).orElse(null));
    }
}
