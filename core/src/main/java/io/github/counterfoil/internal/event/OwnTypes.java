package io.github.counterfoil.internal.event;

import static io.github.counterfoil.internal.validation.TextRules.optionalContent;
import static io.github.counterfoil.internal.validation.TextRules.storable;

import io.github.counterfoil.event.CustomerEvent;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.internal.json.JsonMembers;
import io.github.counterfoil.internal.json.JsonObject;
import io.github.counterfoil.internal.json.UnfitMember;
import io.github.counterfoil.internal.shown.PublicPart;
import io.github.counterfoil.internal.validation.MomentRules;
import io.github.counterfoil.internal.validation.Problem;
import io.github.counterfoil.internal.validation.TextRules;
import io.github.counterfoil.internal.validation.ValueRules;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.ticket.Participants;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.TicketStatus;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The table of the types: Counterfoil's own, and what stands for all others. */
final class OwnTypes {
    private static final Set<String> VALUES = Set.of("old_value", "new_value");

    private static final List<EventType<?>> OWN = List.of(
            EventType.ofName(
                            "message",
                            TicketEvent.Message.class,
                            (header, body) ->
                                    new TicketEvent.Message(header, body.text("content"), body.values("attachments")),
                            (event, body) ->
                                    body.put("content", event.content()).putValues("attachments", event.attachments()))
                    .showing(
                            CustomerEvent.Message.class,
                            (header, event, agent) -> new CustomerEvent.Message(
                                    header, event.content(), PublicPart.ofAttachments(event.attachments())),
                            (event, body) ->
                                    body.put("content", event.content()).putValues("attachments", event.attachments()))
                    .seeing(Set.of("content", "attachments")::contains)
                    .checked((event, faults) -> {
                        faults.add("content", storable(event.content()));
                        event.attachments()
                                .forEach(attachment -> faults.add(
                                        "attachments", ValueRules.object(attachment, ValueRules.MAX_VALUE_BYTES)));
                    }),
            EventType.ofName(
                            "status-update",
                            TicketEvent.StatusUpdate.class,
                            (header, body) -> new TicketEvent.StatusUpdate(
                                    header,
                                    body.constant("old_value", TicketStatus::ofWireName),
                                    body.constant("new_value", TicketStatus::ofWireName)),
                            (event, body) -> change(
                                    body,
                                    event.oldValue().wireName(),
                                    event.newValue().wireName()))
                    .changing((ticket, event, shownAt) ->
                            ticket.changeStatus(event.oldValue(), event.newValue(), event.seq(), event.createdAt()))
                    .checked((event, faults) -> {
                        faults.add("old_value", given(event.oldValue()));
                        faults.add("new_value", given(event.newValue()));
                    })
                    .showing(
                            CustomerEvent.StatusUpdate.class,
                            (header, event, agent) ->
                                    new CustomerEvent.StatusUpdate(header, event.oldValue(), event.newValue()),
                            (event, body) -> change(
                                    body,
                                    event.oldValue().wireName(),
                                    event.newValue().wireName())),
            EventType.ofName(
                            "field-added",
                            TicketEvent.FieldAdded.class,
                            (header, body) -> new TicketEvent.FieldAdded(
                                    header, body.text("field_name"), body.value("new_value")),
                            (event, body) ->
                                    body.put("field_name", event.fieldName()).put("new_value", event.newValue()))
                    .changing((ticket, event, shownAt) -> ticket.addField(event.fieldName(), event.newValue()))
                    .checked((event, faults) -> {
                        faults.add("field_name", storable(event.fieldName()));
                        faults.add("new_value", ValueRules.value(event.newValue(), ValueRules.MAX_BODY_BYTES));
                    }),
            EventType.ofName(
                            "field-removed",
                            TicketEvent.FieldRemoved.class,
                            (header, body) -> new TicketEvent.FieldRemoved(
                                    header, body.text("field_name"), body.value("old_value")),
                            (event, body) ->
                                    body.put("field_name", event.fieldName()).put("old_value", event.oldValue()))
                    .changing((ticket, event, shownAt) -> ticket.removeField(event.fieldName(), event.oldValue()))
                    .checked((event, faults) -> {
                        faults.add("field_name", given(event.fieldName()));
                        faults.add("old_value", given(event.oldValue()));
                    }),
            EventType.ofName(
                            "assignment-added",
                            TicketEvent.AssignmentAdded.class,
                            (header, body) -> new TicketEvent.AssignmentAdded(header, body.id("agent_id")),
                            (event, body) ->
                                    body.put("agent_id", event.agentId().toString()))
                    .changing((ticket, event, shownAt) -> ticket.assign(event.agentId(), event.createdAt()))
                    .checked((event, faults) -> faults.add("agent_id", given(event.agentId())))
                    .showingWithAgent(
                            CustomerEvent.AssignmentAdded.class,
                            (header, event, agent) -> new CustomerEvent.AssignmentAdded(header, agent),
                            (event, body) -> body.put("agent_name", event.agentName())),
            EventType.ofName(
                            "assignment-removed",
                            TicketEvent.AssignmentRemoved.class,
                            (header, body) -> new TicketEvent.AssignmentRemoved(header, body.id("agent_id")),
                            (event, body) ->
                                    body.put("agent_id", event.agentId().toString()))
                    .changing((ticket, event, shownAt) -> ticket.unassign(event.agentId()))
                    .checked((event, faults) -> faults.add("agent_id", given(event.agentId())))
                    .showingWithAgent(
                            CustomerEvent.AssignmentRemoved.class,
                            (header, event, agent) -> new CustomerEvent.AssignmentRemoved(header, agent),
                            (event, body) -> body.put("agent_name", event.agentName())),
            EventType.ofName(
                            "note-added",
                            TicketEvent.NoteAdded.class,
                            (header, body) -> new TicketEvent.NoteAdded(header, body.text("content")),
                            (event, body) -> body.put("content", event.content()))
                    .checked((event, faults) -> {
                        faults.add("content", storable(event.content()));
                        require(event.visibility() == Visibility.PRIVATE, "visibility", "must_be_private", faults);
                    }),
            EventType.ofName(
                            "delivery-failed",
                            TicketEvent.DeliveryFailed.class,
                            (header, body) -> new TicketEvent.DeliveryFailed(
                                    header, body.id("event_id"), body.text("channel"), body.text("reason")),
                            (event, body) -> body.put(
                                            "event_id", event.eventId().toString())
                                    .put("channel", event.channel())
                                    .put("reason", event.reason()))
                    .checked((event, faults) -> {
                        faults.add("event_id", given(event.eventId()));
                        faults.add("channel", storable(event.channel()));
                        faults.add("reason", storable(event.reason()));
                    }),
            EventType.ofName(
                            "priority-update",
                            TicketEvent.PriorityUpdate.class,
                            (header, body) -> new TicketEvent.PriorityUpdate(
                                    header,
                                    body.constant("old_value", Priority::ofWireName),
                                    body.constant("new_value", Priority::ofWireName)),
                            (event, body) -> change(
                                    body,
                                    event.oldValue().wireName(),
                                    event.newValue().wireName()))
                    .changing((ticket, event, shownAt) -> ticket.changePriority(event.oldValue(), event.newValue()))
                    .checked((event, faults) -> {
                        faults.add("old_value", given(event.oldValue()));
                        faults.add("new_value", given(event.newValue()));
                    })
                    .showing(
                            CustomerEvent.PriorityUpdate.class,
                            (header, event, agent) ->
                                    new CustomerEvent.PriorityUpdate(header, event.oldValue(), event.newValue()),
                            (event, body) -> change(
                                    body,
                                    event.oldValue().wireName(),
                                    event.newValue().wireName())),
            EventType.ofName(
                            "title-update",
                            TicketEvent.TitleUpdate.class,
                            (header, body) ->
                                    new TicketEvent.TitleUpdate(header, body.text("old_value"), body.text("new_value")),
                            (event, body) -> change(body, event.oldValue(), event.newValue()))
                    .changing((ticket, event, shownAt) -> ticket.changeTitle(event.oldValue(), event.newValue()))
                    .showing(
                            CustomerEvent.TitleUpdate.class,
                            (header, event, agent) ->
                                    new CustomerEvent.TitleUpdate(header, event.oldValue(), event.newValue()),
                            (event, body) -> change(body, event.oldValue(), event.newValue()))
                    .seeing(VALUES::contains)
                    .checked((event, faults) -> {
                        faults.add("old_value", given(event.oldValue()));
                        faults.add("new_value", storable(event.newValue()));
                    }),
            EventType.ofName(
                            "description-update",
                            TicketEvent.DescriptionUpdate.class,
                            (header, body) -> new TicketEvent.DescriptionUpdate(
                                    header, body.text("old_value"), body.text("new_value")),
                            (event, body) -> change(body, event.oldValue(), event.newValue()))
                    .changing((ticket, event, shownAt) -> ticket.changeDescription(event.oldValue(), event.newValue()))
                    .showing(
                            CustomerEvent.DescriptionUpdate.class,
                            (header, event, agent) ->
                                    new CustomerEvent.DescriptionUpdate(header, event.oldValue(), event.newValue()),
                            (event, body) -> change(body, event.oldValue(), event.newValue()))
                    .seeing(VALUES::contains)
                    .checked((event, faults) -> {
                        faults.add("old_value", given(event.oldValue()));
                        faults.add("new_value", storable(event.newValue()));
                    }),
            EventType.ofName(
                            "tag-added",
                            TicketEvent.TagAdded.class,
                            (header, body) -> new TicketEvent.TagAdded(header, body.text("tag")),
                            (event, body) -> body.put("tag", event.tag()))
                    .changing((ticket, event, shownAt) -> ticket.addTag(event.tag()))
                    .checked((event, faults) -> faults.add("tag", storable(event.tag()))),
            EventType.ofName(
                            "tag-removed",
                            TicketEvent.TagRemoved.class,
                            (header, body) -> new TicketEvent.TagRemoved(header, body.text("tag")),
                            (event, body) -> body.put("tag", event.tag()))
                    .changing((ticket, event, shownAt) -> ticket.removeTag(event.tag()))
                    .checked((event, faults) -> faults.add("tag", given(event.tag()))),
            EventType.ofName(
                            "customer-update",
                            TicketEvent.CustomerUpdate.class,
                            (header, body) ->
                                    new TicketEvent.CustomerUpdate(header, body.id("old_value"), body.id("new_value")),
                            (event, body) -> change(
                                    body,
                                    event.oldValue().toString(),
                                    event.newValue().toString()))
                    .changing((ticket, event, shownAt) -> ticket.changeCustomer(event.oldValue(), event.newValue()))
                    .checked((event, faults) -> {
                        faults.add("old_value", given(event.oldValue()));
                        faults.add("new_value", given(event.newValue()));
                    }),
            EventType.ofName(
                            "participant-added",
                            TicketEvent.ParticipantAdded.class,
                            (header, body) ->
                                    new TicketEvent.ParticipantAdded(header, body.id("customer_id"), kind(body)),
                            (event, body) -> participant(body, event.customerId(), event.kind()))
                    .changing((ticket, event, shownAt) -> ticket.addParticipant(event.customerId(), event.kind()))
                    .checked((event, faults) -> checkParticipant(event.customerId(), event.kind(), faults)),
            EventType.ofName(
                            "participant-removed",
                            TicketEvent.ParticipantRemoved.class,
                            (header, body) ->
                                    new TicketEvent.ParticipantRemoved(header, body.id("customer_id"), kind(body)),
                            (event, body) -> participant(body, event.customerId(), event.kind()))
                    .changing((ticket, event, shownAt) -> ticket.removeParticipant(event.customerId(), event.kind()))
                    .checked((event, faults) -> checkParticipant(event.customerId(), event.kind(), faults)),
            EventType.ofName(
                            "snooze-update",
                            TicketEvent.SnoozeUpdate.class,
                            (header, body) -> new TicketEvent.SnoozeUpdate(header, body.momentOrNull("until")),
                            (event, body) -> body.put(
                                    "until", event.until() == null ? null : JsonMembers.momentText(event.until())))
                    .changing((ticket, event, shownAt) -> ticket.snooze(event.until()))
                    .checked((event, faults) ->
                            faults.add("until", event.until() == null ? null : MomentRules.moment(event.until()))),
            EventType.ofName(
                            "feedback-submitted",
                            TicketEvent.FeedbackSubmitted.class,
                            (header, body) -> new TicketEvent.FeedbackSubmitted(
                                    header, body.number("rating"), body.optionalText("comment")),
                            (event, body) -> body.put("rating", event.rating()).put("comment", event.comment()))
                    .changing((ticket, event, shownAt) ->
                            ticket.rate(event.author().id(), event.rating(), event.comment(), shownAt))
                    .showing(
                            CustomerEvent.FeedbackSubmitted.class,
                            (header, event, agent) ->
                                    new CustomerEvent.FeedbackSubmitted(header, event.rating(), event.comment()),
                            (event, body) -> body.put("rating", event.rating()).put("comment", event.comment()))
                    .seeing("comment"::equals)
                    .checked((event, faults) -> {
                        faults.add("rating", Problem.range(event.rating(), 1, 5));
                        require(event.author().role() == Role.CUSTOMER, "role", "not_customer", faults);
                        faults.add("comment", optionalContent(event.comment()));
                    }),
            EventType.ofName(
                            "event-redacted",
                            TicketEvent.EventRedacted.class,
                            (header, body) -> new TicketEvent.EventRedacted(
                                    header,
                                    body.hasValue("event_id") ? body.id("event_id") : null,
                                    body.texts("members"),
                                    body.optionalText("reason")),
                            (event, body) -> redaction(body, event.eventId(), event.members())
                                    .put("reason", event.reason()))
                    .showing(
                            CustomerEvent.EventRedacted.class,
                            (header, event, agent) ->
                                    new CustomerEvent.EventRedacted(header, event.eventId(), event.members()),
                            (event, body) -> redaction(body, event.eventId(), event.members()))
                    .checked((event, faults) -> {
                        event.members().forEach(member -> faults.add("members", storable(member)));
                        faults.add("reason", optionalContent(event.reason()));
                    }));

    /** For the types that a host registers. */
    static final EventType<TicketEvent.CustomEvent> CUSTOM = EventType.ofAnyName(
                    TicketEvent.CustomEvent.class,
                    (header, name, body) ->
                            new TicketEvent.CustomEvent(header, name, Redacted.without(body.object(), header)),
                    (event, body) -> body.putAll(event.body()))
            .showing(
                    CustomerEvent.CustomEvent.class,
                    (header, event, agent) -> new CustomerEvent.CustomEvent(header, event.type(), event.body()),
                    (event, body) -> body.putAll(event.body()))
            .checked((event, faults) -> checkBody(event.type(), event.body(), faults));

    /** For all that nobody knows, or that lacks what its type requires. */
    static final EventType<TicketEvent.UnknownEvent> UNKNOWN = EventType.ofAnyName(
                    TicketEvent.UnknownEvent.class,
                    (header, name, body) ->
                            new TicketEvent.UnknownEvent(header, name, Redacted.without(body.value(), header)),
                    (event, body) -> body.putAll(event.body()))
            .checked((event, faults) -> checkBody(event.type(), event.body(), faults));

    private static final Map<String, EventType<?>> BY_NAME =
            OWN.stream().collect(Collectors.toUnmodifiableMap(EventType::name, Function.identity()));
    private static final Map<Class<?>, EventType<?>> BY_SHOWN = Stream.concat(OWN.stream(), Stream.of(CUSTOM))
            .filter(EventType::customersSee)
            .collect(Collectors.toUnmodifiableMap(type -> type.shown().orElseThrow(), Function.identity()));
    private static final Map<Class<?>, EventType<?>> BY_RECORD = Stream.concat(OWN.stream(), Stream.of(CUSTOM, UNKNOWN))
            .collect(Collectors.toUnmodifiableMap(EventType::record, Function.identity()));

    private OwnTypes() {}

    /** Counterfoil's own types by their names. */
    static Map<String, EventType<?>> byName() {
        return BY_NAME;
    }

    /** The names of those of Counterfoil's own types that are so, in an order of which a statement can be made again. */
    static SortedSet<String> names(Predicate<EventType<?>> so) {
        return OWN.stream().filter(so).map(EventType::name).collect(Collectors.toCollection(TreeSet::new));
    }

    /** What is known of an event by its record, whatever its name is. */
    static EventType<?> of(TicketEvent event) {
        return known(BY_RECORD.get(event.getClass()), event.type());
    }

    /** The type of what a customer is shown. */
    static EventType<?> ofShown(CustomerEvent event) {
        return known(BY_SHOWN.get(event.getClass()), event.type());
    }

    private static EventType<?> known(@Nullable EventType<?> type, String name) {
        if (type == null) {
            throw new IllegalStateException("nothing is known of " + name);
        }
        return type;
    }

    private static JsonObject redaction(JsonObject body, @Nullable UUID eventId, List<String> members) {
        return body.put("event_id", eventId == null ? null : eventId.toString()).putStrings("members", members);
    }

    private static void change(JsonObject body, String oldValue, String newValue) {
        body.put("old_value", oldValue).put("new_value", newValue);
    }

    private static Participants.Kind kind(JsonMembers body) throws UnfitMember {
        return body.constant("kind", Participants.Kind::ofWireName);
    }

    private static void participant(JsonObject body, UUID customerId, Participants.Kind kind) {
        body.put("customer_id", customerId.toString()).put("kind", kind.wireName());
    }

    private static void checkParticipant(UUID customerId, Participants.Kind kind, ContentFaults faults) {
        faults.add("customer_id", given(customerId));
        faults.add("kind", given(kind));
    }

    private static void checkBody(String type, JsonValue body, ContentFaults faults) {
        faults.add("type", TextRules.line(type, TextRules.MAX_LABEL));
        Problem problem = ValueRules.object(body, TextRules.MAX_CONTENT_BYTES);
        faults.add("body", problem);
        if (problem == null) {
            Set<String> members = body.members().keySet();
            EventTypes.RESERVED_MEMBERS.stream()
                    .filter(members::contains)
                    .forEach(name -> faults.add("body." + name, Problem.of("reserved")));
        }
    }

    private static @Nullable Problem given(@Nullable Object value) {
        return value == null ? Problem.of("required") : null;
    }

    private static void require(boolean so, String member, String code, ContentFaults faults) {
        faults.add(member, so ? null : new Problem(code, null));
    }
}
