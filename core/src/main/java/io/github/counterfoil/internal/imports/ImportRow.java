package io.github.counterfoil.internal.imports;

import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.internal.event.EventTypes;
import io.github.counterfoil.internal.event.Numbering;
import io.github.counterfoil.internal.event.TicketState;
import io.github.counterfoil.internal.json.JsonObject;
import io.github.counterfoil.internal.ticket.Beginning;
import io.github.counterfoil.json.JsonValue;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** One ticket as the function {@code import_tickets} takes it. */
final class ImportRow {

    private ImportRow() {}

    /** @param read the candidate's events, as they are read once they are stored */
    static String of(Candidate candidate, List<TicketEvent> read, TicketState state, EventTypes types) {
        ImportedTicket ticket = candidate.ticket();
        Beginning beginning = new Beginning(ticket.start(), ticket.customerId());
        Numbering all = new Numbering(ticket.createdAt());
        Numbering customers = new Numbering(ticket.createdAt());
        Iterator<JsonObject> bodies = candidate.bodies().get().iterator();
        List<JsonObject> events = new ArrayList<>();
        for (TicketEvent event : read) {
            boolean shown = types.shows(event);
            if (shown) {
                customers.count(event.createdAt());
            }
            JsonObject one =
                    event(event, all.count(event.createdAt()), bodies.next()).put("shown", JsonValue.of(shown));
            if (!candidate.unnamed().contains(event.id())) {
                one.put("created_by_first_name", event.author().firstName())
                        .put("created_by_last_name", event.author().lastName());
            }
            events.add(one);
        }
        JsonObject row = new JsonObject()
                .put("id", ticket.id().toString())
                .put("source_channel", ticket.start().channel())
                .put("created_at", time(ticket.createdAt()))
                .put("updated_at", time(all.lastAt()))
                .put("created_by", ticket.createdBy().toString())
                .put("last_seq", all.last())
                .put("last_public_seq", customers.last())
                .put("public_updated_at", time(customers.lastAt()))
                .put("opening", beginning.digest(ticket.createdBy()).toString())
                .put("beginning", beginning.changedIn(state))
                .putObjects("events", events);
        addState(ticket, state, row);
        return row.text();
    }

    private static JsonObject event(TicketEvent event, int seq, JsonObject body) {
        return new JsonObject()
                .put("seq", seq)
                .put("id", event.id().toString())
                .put("type", event.type())
                .put("created_at", time(event.createdAt()))
                .put("created_by", event.author().id().toString())
                .put("role", event.author().role().wireName())
                .put("visibility", event.visibility().wireName())
                .put("body", body);
    }

    private static void addState(ImportedTicket ticket, TicketState state, JsonObject row) {
        row.put("title", state.title())
                .put("description", state.description())
                .put("status", state.status().wireName())
                .put("priority", state.priority().wireName())
                .put("customer_id", state.customerId().toString())
                .putStrings("tags", state.tags())
                .put("custom_fields", JsonValue.ofObject(state.fields()));
        if (state.closedSeq() > 0) {
            row.put("closed_seq", state.closedSeq());
        }
        String id = ticket.id().toString();
        row.putObjects(
                        "assignments",
                        state.assignments().entrySet().stream()
                                .map(assignment -> new JsonObject()
                                        .put("ticket_id", id)
                                        .put("worker_id", assignment.getKey().toString())
                                        .put("assigned_at", time(assignment.getValue())))
                                .toList())
                .putObjects(
                        "resolutions",
                        state.resolutions().stream()
                                .map(resolution -> new JsonObject()
                                        .put("ticket_id", id)
                                        .put("closed_seq", resolution.closedSeq())
                                        .put("worker_id", resolution.workerId().toString())
                                        .put("title", resolution.title())
                                        .put("assigned_at", time(resolution.assignedAt()))
                                        .put("resolved_at", time(resolution.resolvedAt())))
                                .toList())
                .putObjects(
                        "feedback",
                        state.ratings().stream()
                                .map(rating -> new JsonObject()
                                        .put("ticket_id", id)
                                        .put("closed_seq", rating.closedSeq())
                                        .put("customer_id", rating.customerId().toString())
                                        .put("rating", rating.rating())
                                        .put("comment", rating.comment())
                                        .put("submitted_at", time(rating.submittedAt())))
                                .toList());
    }

    private static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS).toString();
    }
}
