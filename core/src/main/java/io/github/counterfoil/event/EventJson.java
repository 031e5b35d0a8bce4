package io.github.counterfoil.event;

import static java.util.Map.entry;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.internal.given.Given;
import io.github.counterfoil.internal.json.JsonFields;
import io.github.counterfoil.internal.json.JsonObject;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.ticket.Participants;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.TicketStatus;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Events as JSON: what their documents have, and where they stand. */
final class EventJson {
    // What documents tell by where the event stands in them. A host's own type may have members of any other name.
    private static final String TICKET_ID = "counterfoil_ticket_id";
    private static final String SEQ = "counterfoil_seq";
    private static final String NUMBER = "counterfoil_number";

    private static final String REDACTED = "redacted";

    private static final Set<String> RESERVED = Set.of(TICKET_ID, SEQ, NUMBER, REDACTED);

    private static final Set<String> BESIDE_THE_BODY = Set.of("header", "type");

    private static final Map<String, BiFunction<TicketEvent.Header, JsonFields, TicketEvent>> READERS = Map.ofEntries(
            entry("message", (h, f) -> new TicketEvent.Message(h, f.text("content"), f.values("attachments"))),
            entry(
                    "status-update",
                    (h, f) -> new TicketEvent.StatusUpdate(
                            h,
                            f.constant("old_value", TicketStatus.class),
                            f.constant("new_value", TicketStatus.class))),
            entry("field-added", (h, f) -> new TicketEvent.FieldAdded(h, f.text("field_name"), f.value("new_value"))),
            entry(
                    "field-removed",
                    (h, f) -> new TicketEvent.FieldRemoved(h, f.text("field_name"), f.value("old_value"))),
            entry("assignment-added", (h, f) -> new TicketEvent.AssignmentAdded(h, f.id("agent_id"))),
            entry("assignment-removed", (h, f) -> new TicketEvent.AssignmentRemoved(h, f.id("agent_id"))),
            entry("note-added", (h, f) -> new TicketEvent.NoteAdded(h, f.text("content"))),
            entry(
                    "delivery-failed",
                    (h, f) -> new TicketEvent.DeliveryFailed(h, f.id("event_id"), f.text("channel"), f.text("reason"))),
            entry("snooze-update", (h, f) -> new TicketEvent.SnoozeUpdate(h, f.optionalMoment("until"))),
            entry(
                    "priority-update",
                    (h, f) -> new TicketEvent.PriorityUpdate(
                            h, f.constant("old_value", Priority.class), f.constant("new_value", Priority.class))),
            entry("title-update", (h, f) -> new TicketEvent.TitleUpdate(h, f.text("old_value"), f.text("new_value"))),
            entry(
                    "description-update",
                    (h, f) -> new TicketEvent.DescriptionUpdate(h, f.text("old_value"), f.text("new_value"))),
            entry("tag-added", (h, f) -> new TicketEvent.TagAdded(h, f.text("tag"))),
            entry("tag-removed", (h, f) -> new TicketEvent.TagRemoved(h, f.text("tag"))),
            entry("customer-update", (h, f) -> new TicketEvent.CustomerUpdate(h, f.id("old_value"), f.id("new_value"))),
            entry(
                    "participant-added",
                    (h, f) -> new TicketEvent.ParticipantAdded(
                            h, f.id("customer_id"), f.constant("kind", Participants.Kind.class))),
            entry(
                    "participant-removed",
                    (h, f) -> new TicketEvent.ParticipantRemoved(
                            h, f.id("customer_id"), f.constant("kind", Participants.Kind.class))),
            entry(
                    "feedback-submitted",
                    (h, f) -> new TicketEvent.FeedbackSubmitted(h, f.number("rating"), f.optionalText("comment"))),
            entry(
                    "event-redacted",
                    (h, f) -> new TicketEvent.EventRedacted(
                            h, f.optionalId("event_id"), f.texts("members"), f.optionalText("reason"))));

    private EventJson() {}

    static JsonValue of(TicketEvent event) {
        TicketEvent.Header header = Given.value("header", event.header());
        Author author = Given.value("author", header.author());
        JsonObject json = new JsonObject()
                .putAny("id", header.id())
                .putAny("type", event.type())
                .putAny("created_at", header.createdAt())
                .putAny("created_by_uuid", author.id())
                .putAny("created_by_first_name", author.firstName())
                .putAny("created_by_last_name", author.lastName())
                .putAny("role", author.role())
                .putAny("visibility", header.visibility())
                .putAny(TICKET_ID, header.ticketId())
                .putAny(SEQ, header.seq());
        return whole(json, header.redacted(), event, bodyOf(event));
    }

    /** As a customer's document has it. */
    static JsonValue of(CustomerEvent event) {
        CustomerEvent.Header header = Given.value("header", event.header());
        JsonObject json = new JsonObject()
                .putAny("id", header.id())
                .putAny("type", event.type())
                .putAny("created_at", header.createdAt())
                .putAny("created_by_name", header.authorName())
                .putAny("role", header.role())
                .putAny("visibility", Visibility.PUBLIC)
                .putAny(TICKET_ID, header.ticketId())
                .putAny(NUMBER, header.number());
        return whole(
                json,
                header.redacted(),
                event,
                event instanceof CustomerEvent.CustomEvent custom ? custom.body() : null);
    }

    private static @Nullable JsonValue bodyOf(TicketEvent event) {
        if (event instanceof TicketEvent.CustomEvent custom) {
            return custom.body();
        }
        return event instanceof TicketEvent.UnknownEvent unknown ? unknown.body() : null;
    }

    private static JsonValue whole(JsonObject json, Set<String> redacted, Object event, @Nullable JsonValue body) {
        if (!redacted.isEmpty()) {
            json.putStrings(REDACTED, redacted);
        }
        JsonValue header = JsonValue.parse(json.text());
        if (body == null) {
            return JsonValue.parse(json.putComponents(event, BESIDE_THE_BODY).text());
        }
        if (body.kind() != JsonValue.Kind.OBJECT) {
            throw new InvalidInput("body", "not_an_object", null);
        }
        Map<String, JsonValue> members = new TreeMap<>(body.members());
        // What only SQL from elsewhere stores may have members of the header's names: an event tells of what is its
        // own.
        members.keySet().removeAll(RESERVED);
        members.putAll(header.members());
        return JsonValue.ofObject(members);
    }

    static TicketEvent read(JsonValue json) {
        JsonFields fields = JsonFields.of(json);
        Author author = new Author(
                fields.id("created_by_uuid"),
                fields.text("created_by_first_name"),
                fields.text("created_by_last_name"),
                fields.constant("role", Role.class));
        TicketEvent.Header header = new TicketEvent.Header(
                fields.id("id"),
                fields.id(TICKET_ID),
                fields.number(SEQ),
                fields.moment("created_at"),
                author,
                fields.constant("visibility", Visibility.class),
                new LinkedHashSet<>(fields.texts(REDACTED)));
        String type = fields.text("type");
        fields.require();
        BiFunction<TicketEvent.Header, JsonFields, TicketEvent> reader = READERS.get(type);
        return fields.done(
                reader == null
                        ? new TicketEvent.CustomEvent(header, type, JsonValue.ofObject(fields.rest()))
                        : reader.apply(header, fields));
    }
}
