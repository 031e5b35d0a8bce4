package io.github.counterfoil.internal.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import io.github.counterfoil.internal.json.text.JsonText;
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
import java.util.TreeMap;
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

    private final JsonNode document;
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

    private TicketDocument(long item, JsonNode document, EventReader reader, Registered people) {
        this.document = document;
        this.fields = new DocumentFields(item, document);
        this.reader = reader;
        this.people = people;
    }

    static Outcome read(long item, JsonNode document, EventReader reader, Registered people) {
        TicketDocument reading = new TicketDocument(item, document, reader, people);
        Candidate candidate = reading.candidate();
        return new Outcome(reading.fields.faults(), reading.fields.faults().isEmpty() ? List.of(candidate) : List.of());
    }

    private record Entry(Instant at, UUID id, String type, Author author, Visibility visibility, ObjectNode body) {

        JsonObject stored() {
            return JsonMembers.read(JsonText.text(body)).without(Set.of());
        }
    }

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
        return new Candidate(ticket, () -> entries.stream().map(Entry::stored).toList(), this::differences);
    }

    private NewTicket now() {
        Map<String, JsonValue> customFields = new TreeMap<>();
        JsonNode object = document.path("custom_fields");
        if (object.isObject()) {
            object.properties()
                    .forEach(field ->
                            customFields.put(field.getKey(), JsonValue.parse(JsonText.text(field.getValue()))));
        } else if (!object.isMissingNode() && !object.isNull()) {
            fields.add(0, "custom_fields", "not_an_object");
        }
        return NewTicket.of(fields.text(0, document, "title"), fields.text(0, document, "description"))
                .priority(fields.constant(0, document, "priority", Priority::ofWireName, Priority.LOW))
                .channel(fields.optionalText(0, document, "source_channel"))
                .tags(fields.texts(document, "tags").toArray(String[]::new))
                .customFields(customFields);
    }

    private List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        for (JsonNode event : fields.elements(document.path("ticket_history"), "events", event -> event)) {
            int seq = entries.size() + 1;
            if (event instanceof ObjectNode object) {
                entries.add(entry(object, seq));
            } else {
                fields.add(seq, "events", "not_an_object");
            }
        }
        return entries;
    }

    private Entry entry(ObjectNode event, int seq) {
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
                event.deepCopy().without(HEADER));
    }

    /** A note of {@code internal_notes} that no event tells of gets its event, at its time. */
    private void addNotes(List<Entry> entries) {
        Set<UUID> known = new HashSet<>();
        entries.forEach(entry -> known.add(entry.id()));
        for (JsonNode note : fields.elements(document.path("internal_notes"), "notes", note -> note)) {
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
                                JsonText.newObject().put("content", fields.text(0, note, "content"))));
            }
        }
    }

    private void addFeedback(List<Entry> entries, UUID customerId) {
        JsonNode feedback = document.path("feedback");
        boolean told = entries.stream().anyMatch(entry -> entry.type().equals("feedback-submitted"));
        if (!feedback.isObject() || told) {
            return;
        }
        if (!feedback.path("rating").isInt()) {
            fields.add(0, "rating", "not_a_number");
        }
        Instant at = fields.instant(0, feedback, "submitted_at");
        insert(
                entries,
                new Entry(
                        at,
                        Digest.uuid("feedback", fields.id(), at),
                        "feedback-submitted",
                        people.author(customerId, Role.CUSTOMER),
                        Visibility.PUBLIC,
                        JsonText.newObject()
                                .put("rating", feedback.path("rating").asInt())
                                .put("comment", fields.optionalText(0, feedback, "comment"))));
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
                JsonText.text(entry.body()),
                null));
    }

    /** What the document says of the present, and its events do not. */
    private List<Fault> differences(TicketState state) {
        int before = fields.faults().size();
        if (fields.constant(0, document, "status", TicketStatus::ofWireName, TicketStatus.NEW) != state.status()) {
            fields.add(0, "status", "differs");
        }
        Set<UUID> assigned =
                new HashSet<>(fields.elements(document, "assigned_to", worker -> fields.uuid(0, worker, "id")));
        if (!assigned.equals(state.assignments().keySet())) {
            fields.add(0, "assigned_to", "differs");
        }
        return fields.faults().subList(before, fields.faults().size());
    }
}
