package io.github.counterfoil.internal.document;

import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.imports.Imports.Report.Fault;
import io.github.counterfoil.internal.event.TicketState;
import io.github.counterfoil.internal.json.JsonMembers;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.TicketStatus;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a ticket's document says of the present, held against what its events make of the ticket. */
final class PresentColumns {
    private final JsonMembers document;
    private final DocumentFields fields;
    private final NewTicket ticket;
    private final UUID customerId;
    private final TicketStatus status;
    private final Set<UUID> assigned = new HashSet<>();

    /**
     * Reads what is not read yet.
     *
     * @param ticket as the document says that it is now
     * @param customerId whose it is now
     */
    PresentColumns(JsonMembers document, DocumentFields fields, NewTicket ticket, UUID customerId) {
        this.document = document;
        this.fields = fields;
        this.ticket = ticket;
        this.customerId = customerId;
        this.status = fields.constant(0, document, "status", TicketStatus::ofWireName, TicketStatus.NEW);
        fields.objects(document, "assigned_to").forEach(worker -> assigned.add(fields.uuid(0, worker, "id")));
    }

    /**
     * The faults: who works on the ticket, and whether it is done, must be what the events say. Elsewhere people changed
     * columns in place, so that of all others a difference is remarked upon, and the events count.
     *
     * @param state after all events
     */
    List<Fault> differences(TicketState state, List<TicketEvent> events) {
        if (status != state.all().status()) {
            fields.add(0, "status", "differs");
        }
        if (!assigned.equals(state.all().assigned().keySet())) {
            fields.add(0, "assigned_to", "differs");
        }
        remark("title", ticket.title().equals(state.all().title()));
        remark("description", ticket.description().equals(state.all().description()));
        remark("priority", ticket.priority() == state.all().priority());
        remark("tags", Set.copyOf(ticket.tags()).equals(state.tags()));
        remark("custom_fields", ticket.customFields().equals(state.fields()));
        remark("customer_email", customerId.equals(state.customerId()));
        compareFeedback(state.lastRating());
        compareNotes(events);
        return fields.faults();
    }

    /** A member that is not there says nothing. */
    private void remark(String member, boolean same) {
        if (!same && document.hasValue(member)) {
            fields.remark(0, member, "differs");
        }
    }

    /** @param last of the last closing that was rated */
    private void compareFeedback(Optional<TicketState.Rating> last) {
        if (last.isPresent()) {
            String comment = last.get().comment();
            Map<String, JsonValue> feedback =
                    fields.object(document, "feedback").map(JsonMembers::values).orElse(Map.of());
            JsonValue rating = JsonValue.of(last.get().rating());
            JsonValue text = comment == null ? JsonValue.ofNull() : JsonValue.of(comment);
            remark(
                    "feedback",
                    feedback.getOrDefault("rating", rating).equals(rating)
                            && feedback.getOrDefault("comment", text).equals(text));
        }
    }

    private void compareNotes(List<TicketEvent> events) {
        List<JsonMembers> notes = notes(document, fields);
        if (notes.isEmpty()) {
            return;
        }
        Map<UUID, TicketEvent> byId = events.stream().collect(Collectors.toMap(TicketEvent::id, Function.identity()));
        for (JsonMembers note : notes) {
            TicketEvent event = byId.get(fields.uuid(0, note, "id"));
            boolean same = event instanceof TicketEvent.NoteAdded added
                    && (!note.hasValue("content")
                            || fields.text(added.seq(), note, "content").equals(added.content()));
            if (event != null && !same) {
                fields.remark(event.seq(), "internal_notes", "differs");
            }
        }
    }

    static List<JsonMembers> notes(JsonMembers document, DocumentFields fields) {
        return fields.object(document, "internal_notes")
                .map(all -> fields.objects(all, "notes"))
                .orElse(List.of());
    }
}
