package io.github.counterfoil.internal.imports;

import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.internal.event.EventTypes;
import io.github.counterfoil.internal.event.Numbering;
import io.github.counterfoil.internal.event.Seen;
import io.github.counterfoil.internal.event.TicketState;
import io.github.counterfoil.internal.json.JsonArray;
import io.github.counterfoil.internal.json.JsonObject;
import io.github.counterfoil.internal.reference.References;
import io.github.counterfoil.internal.ticket.Beginning;
import io.github.counterfoil.internal.ticket.Shown;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.ticket.Reference;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * One ticket as the function {@code import_tickets} takes it.
 *
 * @param read the candidate's events, as they are read once they are stored
 * @param state what the ticket is after them
 */
record ImportRow(Candidate candidate, List<TicketEvent> read, TicketState state, EventTypes types) {

    void put(JsonObject row) {
        ImportedTicket ticket = candidate.ticket();
        Beginning beginning = new Beginning(ticket.start(), ticket.customerId());
        Numbering all = new Numbering(ticket.createdAt());
        Numbering customers = new Numbering(ticket.createdAt());
        row.putArrays("events", read, (event, columns) -> addEvent(event, all, customers, columns))
                .putObjects("people", ImportedPeople.of(ticket, state, read), ImportedPeople::put)
                .put("id", ticket.id().toString())
                .put("source_channel", ticket.start().channel())
                .put("created_at", time(ticket.createdAt()))
                .put("updated_at", time(all.lastAt()))
                .put("created_by", ticket.createdBy().toString())
                .put("last_seq", all.last())
                .put("last_public_seq", customers.last())
                .put("public_updated_at", time(customers.lastAt()))
                .put("opening", beginning.digest(ticket.createdBy()).toString())
                .put("beginning", beginning.changedIn(state));
        ticket.number().ifPresent(number -> row.put("number", number));
        putState(row);
        putFacts(row);
        putParts(row);
        putReferences(row);
    }

    /** The columns in the order of the function {@code imported_events}. */
    private void addEvent(TicketEvent event, Numbering all, Numbering customers, JsonArray columns) {
        int place = all.last();
        all.count(event.createdAt());
        columns.add(event.id().toString())
                .add(event.type())
                .add(time(event.createdAt()))
                .add(event.author().id().toString())
                .add(event.author().role().wireName())
                .add(event.visibility().wireName())
                .add(body -> candidate.bodies().accept(body, place));
        if (types.shows(event)) {
            columns.add(customers.count(event.createdAt()));
        } else {
            columns.addNull();
        }
        if (!candidate.unnamed().contains(event.id())) {
            columns.add(event.author().firstName()).add(event.author().lastName());
        }
    }

    private void putState(JsonObject row) {
        Seen all = state.all();
        row.put("title", all.title())
                .put("description", all.description())
                .put("status", all.status().wireName())
                .put("priority", all.priority().wireName())
                .put("customer_id", state.customerId().toString())
                .putStrings("tags", state.tags())
                .put("custom_fields", JsonValue.ofObject(state.fields()));
        if (all.closedSeq() > 0) {
            row.put("closed_seq", all.closedSeq());
        }
        Shown.parts(state, candidate.ticket().createdAt()).ifPresent(parts -> row.put("shown", parts));
        Shown.assignees(state)
                .ifPresent(ids -> row.putStrings(
                        "shown_assigned_to", ids.stream().map(UUID::toString).toList()));
    }

    /** But for the first response: the function knows who is no system actor. */
    private void putFacts(JsonObject row) {
        row.put("status_since", time(state.all().statusSince(candidate.ticket().createdAt())))
                .put("assigned", JsonValue.of(!state.all().assigned().isEmpty()));
        if (state.snoozedUntil() != null) {
            row.put("snoozed_until", time(state.snoozedUntil()));
        }
        if (state.all().writtenSeq() > 0) {
            row.put("last_written_seq", state.all().writtenSeq());
        }
        if (state.shown().writtenSeq() > 0) {
            row.put("last_message_seq", state.shown().writtenSeq());
        }
    }

    private void putParts(JsonObject row) {
        String id = candidate.ticket().id().toString();
        row.putObjects(
                        "assignments",
                        state.all().assigned().entrySet(),
                        (assignment, one) -> one.put("ticket_id", id)
                                .put("worker_id", assignment.getKey().toString())
                                .put("assigned_at", time(assignment.getValue())))
                .putObjects(
                        "participants",
                        state.participants().entrySet(),
                        (participant, one) -> one.put("ticket_id", id)
                                .put("customer_id", participant.getKey().toString())
                                .put("kind", participant.getValue().wireName()))
                .putObjects(
                        "resolutions",
                        state.resolutions(),
                        (resolution, one) -> one.put("ticket_id", id)
                                .put("closed_seq", resolution.closedSeq())
                                .put("worker_id", resolution.workerId().toString())
                                .put("title", resolution.title())
                                .put("assigned_at", time(resolution.assignedAt()))
                                .put("resolved_at", time(resolution.resolvedAt())))
                .putObjects(
                        "turns",
                        state.turns(),
                        (turn, one) -> one.put("seq", turn.seq())
                                .put("at", time(turn.at()))
                                .put("kind", turn.closes() ? "closed" : "reopened"))
                .putObjects(
                        "feedback",
                        state.ratings(),
                        (rating, one) -> one.put("ticket_id", id)
                                .put("closed_seq", rating.closedSeq())
                                .put("customer_id", rating.customerId().toString())
                                .put("rating", rating.rating())
                                .put("comment", rating.comment())
                                .put("submitted_at", time(rating.submittedAt()))
                                .put("private", JsonValue.of(rating.hidden())));
    }

    private void putReferences(JsonObject row) {
        ImportedTicket ticket = candidate.ticket();
        List<Reference.Place> places = new ArrayList<>(ticket.references());
        if (ticket.start().reference() != null) {
            places.add(0, new Reference.Place(ticket.start().reference(), ticket.id(), Optional.empty()));
        }
        if (places.isEmpty()) {
            return;
        }
        Map<UUID, Integer> numbers = read.stream().collect(Collectors.toMap(TicketEvent::id, TicketEvent::seq));
        row.putObjects(
                "references",
                places,
                (place, one) -> one.put("key", References.key(place.reference()).toString())
                        .put("seq", place.eventId().map(numbers::get).orElse(0))
                        .put("source", place.reference().source())
                        .put("id", place.reference().id()));
    }

    private static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS).toString();
    }

    /** Tells nothing of what people typed. */
    @Override
    public String toString() {
        return "ImportRow[" + candidate.ticket().id() + "]";
    }
}
