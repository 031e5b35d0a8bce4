package io.github.counterfoil.access;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.command.Command;
import io.github.counterfoil.desk.StaleTicket;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.event.Author;
import io.github.counterfoil.event.CustomEventType;
import io.github.counterfoil.event.CustomerEvent;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.internal.shown.PublicPart;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.leaks.Traces;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.ticket.NewTicket;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Of what is shown in part, the rest stays with the staff at every door to customers. */
class ShownPartsChannelsTest {
    private static final String SECRET = "canaryabcdefghijklmnop";
    private static final PageRequest ALL = PageRequest.oldestFirst(200);
    private static final CustomEventType NOTICE = CustomEventType.publicType("notice", 1);
    private static final CustomEventType ESCALATED =
            CustomEventType.publicType("escalated", 1).showing("level", "o'clock \\");
    private static final CustomEventType SURVEY =
            CustomEventType.publicType("survey", 1).showingWholeBody();
    private static final JsonValue BODY = JsonValue.parse(
            "{\"level\": {\"n\": 2}, \"o'clock \\\\\": 3, \"notice.level\": 4, \"staff\": \"" + SECRET + "\"}");
    private static final JsonValue FILE = Command.attachment(
            JsonValue.parse("{\"name\": \"invoice.pdf\", \"size\": 7}"),
            JsonValue.parse("{\"key\": \"" + SECRET + "\"}"));

    @AutoClose
    private final SecuredDatabase secured = new SecuredDatabase(
            builder -> builder.eventType(NOTICE).eventType(ESCALATED).eventType(SURVEY));

    private final TicketService tickets = secured.tickets();
    private final SupportTeam team = SupportTeam.registered(tickets);
    private final UUID id = team.ticket();

    private Map<String, JsonValue> bodies() {
        return team.ada().on(id).history(ALL).items().stream()
                .filter(CustomerEvent.CustomEvent.class::isInstance)
                .collect(Collectors.toMap(CustomerEvent::type, event -> ((CustomerEvent.CustomEvent) event).body()));
    }

    @Test
    void of_a_public_type_customers_see_the_members_that_it_names_and_no_others() {
        team.jane().on(id).record(NOTICE, BODY);
        team.jane().on(id).record(ESCALATED, BODY);
        team.jane().on(id).record(SURVEY, BODY);
        assertThat(bodies().get("notice").text()).isEqualTo("{}");
        assertThat(bodies().get("escalated").text()).isEqualTo("{\"level\":{\"n\":2},\"o'clock \\\\\":3}");
        assertThat(bodies().get("survey").members()).containsAllEntriesOf(BODY.members());
        assertThat(team.jane().on(id).history(ALL).items())
                .allSatisfy(event -> assertThat(
                                ((TicketEvent.CustomEvent) event).body().members())
                        .containsAllEntriesOf(BODY.members()));
    }

    @Test
    void the_views_of_the_customers_role_show_the_same_parts() throws SQLException {
        for (CustomEventType type : List.of(NOTICE, ESCALATED, SURVEY)) {
            team.jane().on(id).record(type, BODY);
        }
        team.jane().on(id).reply("Here it is.", List.of(FILE, JsonValue.parse("{\"name\": \"b.txt\"}")));
        team.ada().on(id).reply("Thanks.");
        List<JsonValue> shown =
                secured.asCustomer(ADA, "select body from counterfoil_customer.ticket_history order by number").stream()
                        .map(JsonValue::parse)
                        .toList();
        assertThat(shown)
                .containsExactlyElementsOf(team.ada().on(id).history(ALL).items().stream()
                        .map(event -> event instanceof CustomerEvent.CustomEvent custom
                                ? custom.body()
                                : message((CustomerEvent.Message) event))
                        .toList());
        assertThat(shown.toString()).isNotEmpty();
        assertThat(shown.stream().filter(body -> body.text().contains(SECRET))).hasSize(1);
    }

    private static JsonValue message(CustomerEvent.Message message) {
        return JsonValue.ofObject(Map.of(
                "content", JsonValue.of(message.content()), "attachments", JsonValue.ofArray(message.attachments())));
    }

    @Test
    void the_private_part_of_an_attachment_is_shown_to_the_staff_alone() {
        team.jane().on(id).reply("Here it is.", List.of(FILE));
        CustomerEvent.Message seen =
                (CustomerEvent.Message) team.ada().on(id).history(ALL).items().get(0);
        assertThat(seen.attachments())
                .extracting(JsonValue::text)
                .containsExactly("{\"name\":\"invoice.pdf\",\"size\":7}");
        TicketEvent.Message kept =
                (TicketEvent.Message) team.jane().on(id).history(ALL).items().get(0);
        assertThat(kept.attachments()).containsExactly(FILE);
        assertThat(tickets.documents().ticket(id).orElseThrow().text()).contains(FILE.text());
    }

    @Test
    void answers_to_commands_show_no_more_than_the_history() {
        team.jane().on(id).reply("Here it is.", List.of(FILE));
        team.jane().on(id).record(ESCALATED, BODY);
        assertThatThrownBy(() -> team.ada().on(id).expecting(0).reply("Thanks."))
                .isInstanceOfSatisfying(StaleTicket.ForCustomer.class, stale -> {
                    assertThat(stale.since()).hasSize(2);
                    assertThat(Traces.of(stale)).contains("invoice.pdf").doesNotContain(SECRET);
                });
        assertThat(Traces.of(team.ada().on(id).reply("Mine", List.of(FILE))))
                .contains("invoice.pdf")
                .doesNotContain(SECRET);
        assertThat(Traces.of(team.ada().on(id).ticketWithHistory(ALL))).doesNotContain(SECRET);
    }

    @Test
    void what_comes_from_elsewhere_is_shown_in_the_same_parts() {
        UUID imported = UUID.randomUUID();
        Instant at = Instant.parse("2026-01-01T00:00:00Z");
        Author jane = new Author(JANE, "Jane", "Smith", Role.AGENT);
        List<TicketEvent> events = List.of(
                new TicketEvent.Message(
                        new TicketEvent.Header(UUID.randomUUID(), imported, 1, at, jane, Visibility.PUBLIC),
                        "Here it is.",
                        List.of(FILE, JsonValue.parse("{\"private\": \"" + SECRET + "\"}"))),
                new TicketEvent.CustomEvent(
                        new TicketEvent.Header(UUID.randomUUID(), imported, 2, at, jane, Visibility.PUBLIC),
                        "escalated",
                        BODY));
        tickets.imports()
                .run(List.of(ImportedTicket.of(imported, NewTicket.of("Title", "Text"), ADA, at)
                                .events(events))
                        .iterator());
        String seen = Traces.of(team.ada().on(imported).history(ALL));
        assertThat(seen).contains("invoice.pdf", "level").doesNotContain(SECRET);
    }

    @Test
    void what_is_no_object_stays_as_it_is() {
        List<JsonValue> odd = List.of(JsonValue.of("text"), JsonValue.parse("[\"private\"]"));
        assertThat(PublicPart.ofAttachments(odd)).isEqualTo(odd);
    }

    @Test
    void an_attachment_is_made_of_two_objects() {
        JsonValue object = JsonValue.parse("{}");
        assertThat(Command.attachment(object, object).text()).isEqualTo("{\"private\":{}}");
        Stream.of(
                        new Refused(JsonValue.of(1), JsonValue.of("a"), "hidden.not_an_object, shown.not_an_object"),
                        new Refused(FILE, object, "shown.private.reserved"),
                        new Refused(object, JsonValue.of("x".repeat(17_000)), "hidden.too_large (limit 16384)"))
                .forEach(bad -> assertThatThrownBy(() -> Command.attachment(bad.shown(), bad.hidden()))
                        .isInstanceOf(InvalidInput.class)
                        .hasMessage(bad.message()));
    }

    private record Refused(JsonValue shown, JsonValue hidden, String message) {}

    @Test
    void a_private_type_cannot_name_what_it_shows() {
        for (CustomEventType type : List.of(
                CustomEventType.privateType("fraud-check", 1).showing("level"),
                CustomEventType.privateType("fraud-check", 1).showingWholeBody())) {
            assertThatThrownBy(() -> TicketService.builder(secured.database().connections())
                            .eventType(type)
                            .build())
                    .isInstanceOf(InvalidInput.class)
                    .hasMessage("event_type_shown.not_public");
        }
    }

    @Test
    void another_way_of_showing_is_another_type() {
        assertThatThrownBy(() -> team.jane().on(id).record(CustomEventType.publicType("escalated", 1), BODY))
                .isInstanceOf(InvalidInput.class);
        assertThat(ESCALATED).isNotEqualTo(CustomEventType.publicType("escalated", 1));
        assertThat(ESCALATED.showingWholeBody().shownMembers()).isEmpty();
        assertThat(SURVEY.showing("level").showsWholeBody()).isFalse();
        assertThat(ESCALATED.shownMembers()).containsExactly("level", "o'clock \\");
    }
}
