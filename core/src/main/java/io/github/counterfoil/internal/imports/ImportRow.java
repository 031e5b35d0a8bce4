package io.github.counterfoil.internal.imports;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.internal.command.OpenTicket;
import io.github.counterfoil.internal.json.text.JsonText;
import io.github.counterfoil.internal.ticket.Opening;
import io.github.counterfoil.internal.ticket.TicketState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.Set;

/** One ticket as the function {@code import_tickets} takes it. */
final class ImportRow {

    private ImportRow() {}

    static String of(Candidate candidate, TicketState state, Set<String> customerVisibleTypes) {
        ImportedTicket ticket = candidate.ticket();
        Iterator<ObjectNode> bodies = candidate.bodies().iterator();
        ObjectNode row = JsonText.newObject();
        Instant updatedAt = ticket.createdAt();
        Instant publicUpdatedAt = ticket.createdAt();
        int publicSeq = 0;
        ArrayNode events = row.putArray("events");
        for (TicketEvent event : ticket.events()) {
            ObjectNode one = event(event, bodies.next());
            updatedAt = event.createdAt();
            if (visibleToCustomer(event, customerVisibleTypes)) {
                one.put("public_seq", ++publicSeq).put("public_at", time(event.createdAt()));
                publicUpdatedAt = event.createdAt();
            }
            events.add(one);
        }
        row.put("id", ticket.id().toString())
                .put("title", state.title())
                .put("description", state.description())
                .put("status", state.status().wireName())
                .put("priority", state.priority().wireName())
                .put("source_channel", ticket.start().channel())
                .put("created_at", time(ticket.createdAt()))
                .put("updated_at", time(updatedAt))
                .put("created_by", ticket.createdBy().toString())
                .put("customer_id", state.customerId().toString())
                .put("last_seq", ticket.events().size())
                .put("last_public_seq", publicSeq)
                .put("public_updated_at", time(publicUpdatedAt))
                .put(
                        "opening",
                        Opening.digest(OpenTicket.of(ticket.customerId(), ticket.start()), ticket.createdBy())
                                .toString());
        if (state.closedSeq() > 0) {
            row.put("closed_seq", state.closedSeq());
        }
        addState(ticket, state, row);
        return row.toString();
    }

    private static boolean visibleToCustomer(TicketEvent event, Set<String> customerVisibleTypes) {
        return event.visibility() == Visibility.PUBLIC
                && !(event instanceof TicketEvent.UnknownEvent)
                && customerVisibleTypes.contains(event.type());
    }

    private static ObjectNode event(TicketEvent event, ObjectNode body) {
        ObjectNode row = JsonText.newObject()
                .put("ticket_id", event.ticketId().toString())
                .put("seq", event.seq())
                .put("id", event.id().toString())
                .put("type", event.type())
                .put("created_at", time(event.createdAt()))
                .put("created_by", event.author().id().toString())
                .put("created_by_first_name", event.author().firstName())
                .put("created_by_last_name", event.author().lastName())
                .put("role", event.author().role().wireName())
                .put("visibility", event.visibility().wireName());
        row.set("body", body);
        return row;
    }

    private static void addState(ImportedTicket ticket, TicketState state, ObjectNode row) {
        ArrayNode tags = row.putArray("tags");
        state.tags().forEach(tags::add);
        ObjectNode fields = row.putObject("custom_fields");
        state.fields().forEach((name, value) -> fields.putRawValue(name, new RawValue(value.text())));
        ArrayNode assignments = row.putArray("assignments");
        state.assignments()
                .forEach((workerId, since) -> assignments
                        .addObject()
                        .put("ticket_id", ticket.id().toString())
                        .put("worker_id", workerId.toString())
                        .put("assigned_at", time(since)));
        ArrayNode resolutions = row.putArray("resolutions");
        state.resolutions()
                .forEach(resolution -> resolutions
                        .addObject()
                        .put("ticket_id", ticket.id().toString())
                        .put("closed_seq", resolution.closedSeq())
                        .put("worker_id", resolution.workerId().toString())
                        .put("title", resolution.title())
                        .put("assigned_at", time(resolution.assignedAt()))
                        .put("resolved_at", time(resolution.resolvedAt())));
        ArrayNode feedback = row.putArray("feedback");
        state.ratings()
                .forEach(rating -> feedback.addObject()
                        .put("ticket_id", ticket.id().toString())
                        .put("closed_seq", rating.closedSeq())
                        .put("customer_id", rating.customerId().toString())
                        .put("rating", rating.rating())
                        .put("comment", rating.comment())
                        .put("submitted_at", time(rating.submittedAt())));
    }

    private static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS).toString();
    }
}
