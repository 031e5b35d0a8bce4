package io.github.counterfoil.internal.document;

import io.github.counterfoil.event.Author;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.imports.Imports.Report.Fault;
import io.github.counterfoil.internal.digest.Digest;
import io.github.counterfoil.internal.event.EventReader;
import io.github.counterfoil.internal.event.EventRow;
import io.github.counterfoil.internal.event.TicketState;
import io.github.counterfoil.internal.imports.Candidate;
import io.github.counterfoil.internal.json.JsonMembers;
import io.github.counterfoil.internal.json.JsonObject;
import io.github.counterfoil.internal.ticket.Beginning;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.TicketStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Turns the document of a ticket into a history that can be imported. */
final class TicketDocument {
    private static final Set<String> HEADER = Set.of(
            "id",
            "type",
            "created_at",
            "created_by_uuid",
            "created_by_first_name",
            "created_by_last_name",
            "role",
            "visibility");

    private final JsonMembers document;
    private final DocumentFields fields;
    private final EventReader reader;
    private final Registered people;

    /** What only the database knows. */
    interface Registered {
        /** The id of the customer with this e-mail; the nil UUID if there is none. */
        UUID customerByEmail(String email);

        /** A worker or customer as an author; with empty names if they are not registered. */
        Author author(UUID personId, Role role);
    }

    /** Either something to import, or what is wrong with the document. */
    record Outcome(List<Fault> faults, List<Candidate> candidate) {}

    private TicketDocument(long item, JsonMembers document, EventReader reader, Registered people) {
        this.document = document;
        this.fields = new DocumentFields(item, document);
        this.reader = reader;
        this.people = people;
    }

    static Outcome read(long item, JsonMembers document, EventReader reader, Registered people) {
        TicketDocument reading = new TicketDocument(item, document, reader, people);
        Candidate candidate = reading.candidate();
        return new Outcome(reading.fields.faults(), reading.fields.faults().isEmpty() ? List.of(candidate) : List.of());
    }

    private record Entry(Instant at, UUID id, String type, Author author, Visibility visibility, JsonObject body) {}

    private Candidate candidate() {
        String email = fields.text(0, document, "customer_email");
        UUID customerId = people.customerByEmail(email);
        if (customerId.equals(DocumentFields.NIL) && !email.isEmpty()) {
            fields.add(0, "customer_email", "unknown");
        }
        List<Entry> entries = entries();
        addNotes(entries);
        addFeedback(entries, customerId);

        List<TicketEvent> events = new ArrayList<>();
        entries.forEach(entry -> events.add(event(entry, events.size() + 1)));
        Beginning beginning = DeducedBeginning.of(events, now(), customerId);
        ImportedTicket ticket = ImportedTicket.of(
                        fields.id(),
                        beginning.start(),
                        beginning.customerId(),
                        fields.instant(0, document, "created_at"))
                .createdBy(fields.uuid(0, document, "created_by"))
                .events(events);
        return new Candidate(ticket, () -> entries.stream().map(Entry::body).toList(), this::differences);
    }

    private NewTicket now() {
        Map<String, JsonValue> customFields = fields.object(document, "custom_fields")
                .map(JsonMembers::values)
                .orElse(Map.of());
        return NewTicket.of(fields.text(0, document, "title"), fields.text(0, document, "description"))
                .priority(fields.constant(0, document, "priority", Priority::ofWireName, Priority.LOW))
                .channel(fields.optionalText(0, document, "source_channel"))
                .tags(fields.texts(document, "tags").toArray(String[]::new))
                .customFields(customFields);
    }

    private List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        fields.object(document, "ticket_history")
                .filter(history -> history.has("truncated"))
                .ifPresent(history -> fields.add(0, "ticket_history", "truncated"));
        fields.object(document, "ticket_history")
                .map(history -> fields.objects(history, "events"))
                .orElse(List.of())
                .forEach(event -> entries.add(entry(event, entries.size() + 1)));
        return entries;
    }

    private Entry entry(JsonMembers event, int seq) {
        Author author = new Author(
                fields.uuid(seq, event, "created_by_uuid"),
                fields.text(seq, event, "created_by_first_name"),
                fields.text(seq, event, "created_by_last_name"),
                fields.constant(seq, event, "role", Role::ofWireName, Role.AGENT));
        return new Entry(
                fields.instant(seq, event, "created_at"),
                fields.uuid(seq, event, "id"),
                fields.text(seq, event, "type"),
                author,
                fields.constant(seq, event, "visibility", Visibility::ofWireName, Visibility.PRIVATE),
                event.without(HEADER));
    }

    /** A note of {@code internal_notes} that no event tells of gets its event, at its time. */
    private void addNotes(List<Entry> entries) {
        Set<UUID> known = new HashSet<>();
        entries.forEach(entry -> known.add(entry.id()));
        List<JsonMembers> notes = fields.object(document, "internal_notes")
                .map(all -> fields.objects(all, "notes"))
                .orElse(List.of());
        for (JsonMembers note : notes) {
            UUID id = fields.uuid(0, note, "id");
            if (!known.contains(id)) {
                insert(
                        entries,
                        new Entry(
                                fields.instant(0, note, "created_at"),
                                id,
                                "note-added",
                                people.author(fields.uuid(0, note, "created_by"), Role.AGENT),
                                Visibility.PRIVATE,
                                new JsonObject().put("content", fields.text(0, note, "content"))));
            }
        }
    }

    private void addFeedback(List<Entry> entries, UUID customerId) {
        if (entries.stream().noneMatch(entry -> entry.type().equals("feedback-submitted"))) {
            fields.object(document, "feedback")
                    .ifPresent(feedback -> insert(entries, feedbackSubmitted(feedback, customerId)));
        }
    }

    private Entry feedbackSubmitted(JsonMembers feedback, UUID customerId) {
        Instant at = fields.instant(0, feedback, "submitted_at");
        return new Entry(
                at,
                Digest.uuid("feedback", fields.id(), at),
                "feedback-submitted",
                people.author(customerId, Role.CUSTOMER),
                Visibility.PUBLIC,
                new JsonObject()
                        .put("rating", fields.number(feedback, "rating"))
                        .put("comment", fields.optionalText(0, feedback, "comment")));
    }

    private static void insert(List<Entry> entries, Entry entry) {
        int place = entries.size();
        while (place > 0 && entries.get(place - 1).at().isAfter(entry.at())) {
            place--;
        }
        entries.add(place, entry);
    }

    private TicketEvent event(Entry entry, int seq) {
        Author author = entry.author();
        return reader.forAgent(new EventRow(
                fields.id(),
                seq,
                entry.id(),
                entry.type(),
                entry.at(),
                author.id(),
                author.firstName(),
                author.lastName(),
                author.role().wireName(),
                entry.visibility().wireName(),
                entry.body().text(),
                null));
    }

    /** What the document says of the present, and its events do not. */
    private List<Fault> differences(TicketState state) {
        int before = fields.faults().size();
        if (fields.constant(0, document, "status", TicketStatus::ofWireName, TicketStatus.NEW) != state.status()) {
            fields.add(0, "status", "differs");
        }
        Set<UUID> assigned = new HashSet<>();
        fields.objects(document, "assigned_to").forEach(worker -> assigned.add(fields.uuid(0, worker, "id")));
        if (!assigned.equals(state.assignments().keySet())) {
            fields.add(0, "assigned_to", "differs");
        }
        return fields.faults().subList(before, fields.faults().size());
    }
}
