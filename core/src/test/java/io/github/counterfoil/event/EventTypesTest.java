package io.github.counterfoil.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.internal.access.AgentName;
import io.github.counterfoil.internal.event.EventReader;
import io.github.counterfoil.internal.event.EventRow;
import io.github.counterfoil.internal.event.EventTypes;
import io.github.counterfoil.internal.json.JsonObject;
import io.github.counterfoil.internal.json.StoredJson;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.people.AgentDisplay;
import io.github.counterfoil.ticket.Participants;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.TicketStatus;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is known of each type fits together: what is stored is what is read, and customers see their side of it. */
class EventTypesTest {
    private static final UUID ID = new UUID(1, 0x8000000000000000L);
    private static final JsonValue VALUE = JsonValue.parse("{\"a\": [1.50, null]}");
    private static final TicketEvent.Header HEADER = new TicketEvent.Header(
            ID, ID, 1, Instant.EPOCH, new Author(ID, "Jane", "Smith", Role.AGENT), Visibility.PUBLIC);
    private static final EventTypes TYPES =
            new EventTypes(List.of(CustomEventType.publicType("escalated", 1).showing("other")));
    private static final EventReader READER = new EventReader(TYPES);

    static Stream<TicketEvent> events() {
        return Stream.<Function<TicketEvent.Header, TicketEvent>>of(
                        h -> new TicketEvent.Message(h, "Text", List.of(VALUE)),
                        h -> new TicketEvent.StatusUpdate(h, TicketStatus.NEW, TicketStatus.OPEN),
                        h -> new TicketEvent.FieldAdded(h, "f", VALUE),
                        h -> new TicketEvent.FieldRemoved(h, "f", JsonValue.ofNull()),
                        h -> new TicketEvent.AssignmentAdded(h, ID),
                        h -> new TicketEvent.AssignmentRemoved(h, ID),
                        h -> new TicketEvent.NoteAdded(h, "Note"),
                        h -> new TicketEvent.PriorityUpdate(h, Priority.LOW, Priority.HIGH),
                        h -> new TicketEvent.TitleUpdate(h, "A", "B"),
                        h -> new TicketEvent.DescriptionUpdate(h, "A", "B"),
                        h -> new TicketEvent.TagAdded(h, "t"),
                        h -> new TicketEvent.TagRemoved(h, "t"),
                        h -> new TicketEvent.DeliveryFailed(h, ID, "email", "Full"),
                        h -> new TicketEvent.SnoozeUpdate(h, Instant.parse("2026-02-03T04:05:06.000007Z")),
                        h -> new TicketEvent.CustomerUpdate(h, ID, new UUID(2, 2)),
                        h -> new TicketEvent.ParticipantAdded(h, ID, Participants.Kind.COPY),
                        h -> new TicketEvent.ParticipantRemoved(h, ID, Participants.Kind.REQUESTER),
                        h -> new TicketEvent.FeedbackSubmitted(h, 5, null),
                        h -> new TicketEvent.EventRedacted(h, ID, List.of("content"), "Reason"),
                        h -> new TicketEvent.CustomEvent(h, "escalated", VALUE),
                        h -> new TicketEvent.UnknownEvent(h, "unheard-of", VALUE))
                .map(event -> event.apply(HEADER));
    }

    @Test
    void every_record_is_tried_here() {
        assertThat(events().map(TicketEvent::getClass).map(Class::getName))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(TicketEvent.class.getPermittedSubclasses())
                        .map(Class::getName)
                        .toList());
        Set<String> shown = events().filter(TYPES::shows)
                .map(event -> event.getClass().getSimpleName())
                .collect(Collectors.toSet());
        assertThat(Arrays.stream(CustomerEvent.class.getPermittedSubclasses()).map(Class::getSimpleName))
                .containsExactlyInAnyOrderElementsOf(shown);
    }

    @ParameterizedTest
    @MethodSource("events")
    void what_is_stored_is_what_is_read(TicketEvent event) {
        assertThat(READER.forAgent(row(event, EventTypes.body(event).text()))).isEqualTo(event);
    }

    @ParameterizedTest
    @MethodSource("events")
    void what_was_redacted_is_stored_and_read(TicketEvent event) {
        EventRow row = row(
                event,
                EventTypes.body(event)
                        .putStrings("redacted", List.of("content", "attachments[0]", "other"))
                        .text());
        TicketEvent read = READER.forAgent(row);
        assertThat(read.getClass()).isEqualTo(event.getClass());
        assertThat(read.redacted()).containsExactly("content", "attachments[0]", "other");
        assertThat(READER.forAgent(row(read, EventTypes.body(read).text()))).isEqualTo(read);
        READER.forCustomer(row, AgentDisplay.fullNames())
                .ifPresent(shown -> assertThat(shown.redacted())
                        .as("of the members that customers see")
                        .hasSize(
                                shown instanceof CustomerEvent.Message
                                        ? 2
                                        : shown instanceof CustomerEvent.CustomEvent ? 1 : 0));
    }

    @ParameterizedTest
    @MethodSource("events")
    void what_a_customer_is_shown_is_written_with_members_of_its_own(TicketEvent event) {
        READER.forCustomer(row(event, EventTypes.body(event).text()), AgentDisplay.fullNames())
                .ifPresent(shown -> {
                    JsonObject body = new JsonObject();
                    EventTypes.writeShown(shown, body);
                    assertThat(JsonValue.parse(body.text()).members().isEmpty())
                            .as(body.text())
                            .isEqualTo(shown instanceof CustomerEvent.CustomEvent);
                });
    }

    @ParameterizedTest
    @MethodSource("events")
    void customers_see_their_own_side_of_what_is_theirs(TicketEvent event) {
        Optional<CustomerEvent> shown =
                READER.forCustomer(row(event, EventTypes.body(event).text()), AgentDisplay.fullNames());
        assertThat(shown.isPresent()).isEqualTo(TYPES.shows(event));
        shown.ifPresent(one -> {
            assertThat(one.type()).isEqualTo(event.type());
            assertThat(one.getClass().getSimpleName())
                    .isEqualTo(event.getClass().getSimpleName());
        });
    }

    @ParameterizedTest
    @MethodSource("events")
    void a_body_that_lacks_everything_is_kept_as_unknown_and_hidden(TicketEvent event) {
        EventRow bare = row(event, "{\"other\":1}");
        TicketEvent read = READER.forAgent(bare);
        if (event instanceof TicketEvent.CustomEvent) {
            assertThat(read).isInstanceOf(TicketEvent.CustomEvent.class);
            return;
        }
        assertThat(read)
                .isEqualTo(new TicketEvent.UnknownEvent(
                        HEADER, event.type(), bare.body().value()));
        assertThat(TYPES.shows(read)).isFalse();
        assertThat(READER.forCustomer(bare, AgentDisplay.fullNames())).isEmpty();
    }

    private static EventRow row(TicketEvent event, String body) {
        return new EventRow(
                ID,
                1,
                ID,
                event.type(),
                Instant.EPOCH,
                ID,
                "Jane",
                "Smith",
                Role.AGENT,
                Visibility.PUBLIC,
                StoredJson.of(body),
                agent());
    }

    private static AgentName agent() {
        return new AgentName("Tom", "Jones");
    }
}
