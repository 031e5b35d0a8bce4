package io.github.counterfoil.internal.document;

import io.github.counterfoil.event.Author;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.imports.Imports.Report.Fault;
import io.github.counterfoil.internal.digest.Digest;
import io.github.counterfoil.internal.event.EventReader;
import io.github.counterfoil.internal.event.EventRepository;
import io.github.counterfoil.internal.event.EventRow;
import io.github.counterfoil.internal.event.EventTypes;
import io.github.counterfoil.internal.imports.Candidate;
import io.github.counterfoil.internal.json.JsonMembers;
import io.github.counterfoil.internal.json.JsonObject;
import io.github.counterfoil.internal.json.StoredJson;
import io.github.counterfoil.internal.ticket.Beginning;
import io.github.counterfoil.internal.validation.Problem;
import io.github.counterfoil.internal.validation.TextRules;
import io.github.counterfoil.internal.validation.ValueRules;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.Reference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns the document of a ticket into a history that can be imported. */
final class TicketDocument {
    private final JsonMembers document;
    private final DocumentFields fields;
    private final EventReader reader;
    private final Registered people;

    /** What only the database knows. */
    interface Registered {
        /** The id of the customer with this e-mail; the nil UUID if there is none. */
        UUID customerByEmail(String email);

        boolean isCustomer(UUID personId);
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

    /** @param named whether the document tells the author's name */
    private record Entry(
            Instant at, UUID id, String type, Author author, boolean named, Visibility visibility, JsonObject body) {}

    private Candidate candidate() {
        UUID createdBy = fields.uuid(0, document, "created_by");
        UUID customerId = customer(createdBy);
        List<Entry> entries = entries();
        addNotes(entries);
        addFeedback(entries, customerId);

        List<TicketEvent> events = new ArrayList<>();
        entries.forEach(entry -> events.add(event(entry, events.size() + 1)));
        NewTicket now = now();
        Beginning beginning = DeducedBeginning.of(events, now, customerId);
        Instant createdAt = fields.instant(0, document, "created_at");
        PresentColumns present = new PresentColumns(document, fields, now, customerId);
        fields.remarkUnread(document, EventRepository.documented());
        ImportedTicket ticket = ImportedTicket.of(fields.id(), beginning.start(), beginning.customerId(), createdAt)
                .createdBy(createdBy)
                .events(events);
        ImportedTicket numbered = fields.largeNumber(document, EventRepository.NUMBER)
                .map(ticket::number)
                .orElse(ticket);
        return new Candidate(
                referred(numbered),
                (body, place) -> body.putAll(entries.get(place).body()),
                entries.stream().filter(entry -> !entry.named()).map(Entry::id).collect(Collectors.toSet()),
                state -> present.differences(state, events),
                fields::remarks);
    }

    private ImportedTicket referred(ImportedTicket ticket) {
        ImportedTicket referred = ticket;
        for (JsonMembers one : fields.objects(document, EventRepository.REFERENCES)) {
            Reference reference = new Reference(fields.text(0, one, "source"), fields.text(0, one, "id"));
            referred = one.hasValue("event_id")
                    ? referred.reference(reference, fields.uuid(0, one, "event_id"))
                    : referred.reference(reference);
        }
        return referred;
    }

    /** Whose ticket it is now. */
    private UUID customer(UUID createdBy) {
        if (!document.hasValue("customer_email") && people.isCustomer(createdBy)) {
            fields.remark(0, "customer_email", "required");
            return createdBy;
        }
        int before = fields.faults().size();
        String email = fields.text(0, document, "customer_email");
        UUID customerId = fields.faults().size() > before ? DocumentFields.NIL : people.customerByEmail(email);
        if (customerId.equals(DocumentFields.NIL) && fields.faults().size() == before) {
            fields.add(0, "customer_email", "unknown");
        }
        return customerId;
    }

    private NewTicket now() {
        List<String> tags = fields.texts(document, "tags");
        String[] distinct = tags.stream().distinct().toArray(String[]::new);
        if (distinct.length < tags.size()) {
            fields.remark(0, "tags", "duplicate");
        }
        Map<String, JsonValue> customFields = fields.object(document, "custom_fields")
                .map(JsonMembers::values)
                .orElse(Map.of());
        return NewTicket.of(fields.text(0, document, "title"), fields.text(0, document, "description"))
                .priority(fields.constant(0, document, "priority", Priority::ofWireName, Priority.LOW))
                .channel(fields.optionalText(0, document, "source_channel"))
                .tags(distinct)
                .customFields(customFields);
    }

    private List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        Optional<JsonMembers> read = fields.object(document, "ticket_history");
        if (read.filter(history -> history.has("truncated")).isPresent()) {
            fields.add(0, "ticket_history", "truncated");
        }
        read.map(history -> fields.objects(history, "events"))
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
        event.values().forEach((name, value) -> checkMember(seq, name, value));
        return new Entry(
                fields.instant(seq, event, "created_at"),
                fields.uuid(seq, event, "id"),
                fields.text(seq, event, "type"),
                author,
                true,
                fields.constant(seq, event, "visibility", Visibility::ofWireName, Visibility.PRIVATE),
                event.without(EventTypes.HEADER_MEMBERS));
    }

    /** Also what no type knows must be storable. A name that could be anything is not repeated. */
    private void checkMember(int seq, String name, JsonValue value) {
        fields.addProblem(seq, "body", TextRules.storable(name));
        if (!EventTypes.HEADER_MEMBERS.contains(name)) {
            String field = TextRules.fieldName(name) == null ? name : "body";
            fields.addProblem(seq, field, problem(name, value));
        }
    }

    /** As the desks measure: a text by itself, and not as JSON writes it, and of attachments each. */
    private static @Nullable Problem problem(String name, JsonValue value) {
        if (value.kind() == JsonValue.Kind.STRING) {
            return TextRules.storable(value.string());
        }
        if (value.kind() == JsonValue.Kind.ARRAY && name.equals("attachments")) {
            return value.elements().stream()
                    .map(attachment -> ValueRules.value(attachment, TextRules.MAX_CONTENT_BYTES))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        }
        return ValueRules.value(value, TextRules.MAX_CONTENT_BYTES);
    }

    /** A note of {@code internal_notes} that no event tells of gets its event, at its time. */
    private void addNotes(List<Entry> entries) {
        Set<UUID> known = new HashSet<>();
        entries.forEach(entry -> known.add(entry.id()));
        for (JsonMembers note : PresentColumns.notes(document, fields)) {
            UUID id = fields.uuid(0, note, "id");
            if (!known.contains(id)) {
                insert(
                        entries,
                        new Entry(
                                fields.instant(0, note, "created_at"),
                                id,
                                "note-added",
                                unnamed(fields.uuid(0, note, "created_by"), Role.AGENT),
                                false,
                                Visibility.PRIVATE,
                                new JsonObject().put("content", fields.text(0, note, "content"))));
            }
        }
    }

    private void addFeedback(List<Entry> entries, UUID customerId) {
        if (entries.stream().noneMatch(entry -> entry.type().equals("feedback-submitted"))) {
            fields.object(document, "feedback")
                    .filter(feedback -> !feedback.values().isEmpty())
                    .ifPresent(feedback -> insert(entries, feedbackSubmitted(feedback, customerId)));
        }
    }

    private Entry feedbackSubmitted(JsonMembers feedback, UUID customerId) {
        Instant at = fields.instant(0, feedback, "submitted_at");
        return new Entry(
                at,
                Digest.uuid("feedback", fields.id(), at),
                "feedback-submitted",
                unnamed(customerId, Role.CUSTOMER),
                false,
                Visibility.PUBLIC,
                new JsonObject()
                        .put("rating", fields.number(feedback, "rating"))
                        .put("comment", fields.optionalText(0, feedback, "comment")));
    }

    private static Author unnamed(UUID personId, Role role) {
        return new Author(personId, "", "", role);
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
                author.role(),
                entry.visibility(),
                StoredJson.of(entry.body().text()),
                null));
    }
}
