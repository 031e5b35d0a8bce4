package io.github.counterfoil.document;

import static io.github.counterfoil.command.Command.changeDescription;
import static io.github.counterfoil.command.Command.changePriority;
import static io.github.counterfoil.command.Command.changeTitle;
import static io.github.counterfoil.command.Command.deliveryFailed;
import static io.github.counterfoil.command.Command.note;
import static io.github.counterfoil.command.Command.record;
import static io.github.counterfoil.command.Command.setField;
import static io.github.counterfoil.command.Command.tag;
import static io.github.counterfoil.command.Command.untag;
import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.BOB;
import static io.github.counterfoil.testing.SupportTeam.EVE;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.command.Command;
import io.github.counterfoil.desk.AgentHandle;
import io.github.counterfoil.desk.Redaction;
import io.github.counterfoil.event.CustomEventType;
import io.github.counterfoil.event.CustomerEvent;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.people.Worker;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.Participants;
import io.github.counterfoil.ticket.Priority;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Values say as JSON what the documents say, under the same names. */
@Tag("storage")
class JsonDocumentsTest {
    private static final PageRequest ALL = PageRequest.oldestFirst(200);
    private static final CustomEventType CALLED =
            CustomEventType.publicType("called", 1).showing("minutes");

    @AutoClose
    private final TestDatabase database = TestDatabase.withSchema();

    private final TicketService tickets = TicketService.builder(database.connections())
            .schema("counterfoil")
            .eventType(CALLED)
            .build();

    private final SupportTeam team = SupportTeam.registered(tickets);

    /** A ticket with an event of each type. */
    private UUID ticket() {
        UUID id = team.ticket();
        AgentHandle printer = team.jane().on(id);
        printer.assign(JANE);
        UUID secret = printer.reply(
                        "My card is 4111",
                        List.of(Command.attachment(JsonValue.parse("{\"a\": 1.50}"), JsonValue.parse("{\"key\": 1}"))))
                .events()
                .get(0)
                .id();
        printer.apply(
                note("Careful"),
                tag("fire"),
                untag("fire"),
                setField("serial", JsonValue.parse("[1, {\"a\": null}]")),
                setField("serial", "B"),
                changeTitle("Printer smokes"),
                changeDescription("It smokes."),
                changePriority(Priority.HIGH),
                deliveryFailed(secret, "mail", "mailbox full"),
                record(CALLED, JsonValue.parse("{\"minutes\": 5, \"seq\": 7, \"secret\": true}")));
        printer.apply(
                Command.addParticipant(BOB, Participants.Kind.COPY),
                Command.removeParticipant(BOB),
                Command.moveToCustomer(BOB),
                Command.moveToCustomer(ADA),
                Command.snooze(Instant.now().plus(Duration.ofDays(1))),
                Command.unsnooze(),
                Command.unassign(JANE),
                Command.close());
        team.ada().on(id).rate(4, null);
        tickets.admin(EVE)
                .redactions()
                .redact(id, Redaction.of(secret, "content").reason("a card"));
        return id;
    }

    private static JsonValue without(JsonValue json, String... names) {
        Map<String, JsonValue> members = new LinkedHashMap<>(json.members());
        members.keySet().removeAll(List.of(names));
        return JsonValue.ofObject(members);
    }

    private static List<JsonValue> events(JsonValue ticket) {
        return ticket.members().get("ticket_history").members().get("events").elements();
    }

    @Test
    void an_event_is_what_its_tickets_document_has() {
        UUID id = ticket();
        List<TicketEvent> events = team.jane().on(id).history(ALL).items();
        assertThat(events.stream().map(event -> without(event.json(), "counterfoil_ticket_id", "counterfoil_seq")))
                .containsExactlyElementsOf(events(tickets.documents().ticket(id).orElseThrow()));
        assertThat(events.stream().map(TicketEvent::type).distinct())
                .as("of each type")
                .hasSize(TicketEvent.class.getPermittedSubclasses().length - 1);
        assertThat(events)
                .allSatisfy(
                        event -> assertThat(TicketEvent.fromJson(event.json())).isEqualTo(event));
    }

    @Test
    void a_customers_event_is_what_their_document_has() throws IOException {
        UUID id = ticket();
        StringWriter out = new StringWriter();
        tickets.documents().writeCustomer(ADA, out);
        JsonValue ticket = JsonValue.parse(out.toString())
                .members()
                .get("tickets")
                .elements()
                .get(0);
        List<CustomerEvent> events = team.ada().on(id).history(ALL).items();
        assertThat(events.stream().map(event -> without(event.json(), "counterfoil_ticket_id", "counterfoil_number")))
                .containsExactlyElementsOf(events(ticket));
        assertThat(out.toString()
                        + events.stream()
                                .map(CustomerEvent::json)
                                .map(JsonValue::text)
                                .toList())
                .doesNotContain("secret", "Careful", "mailbox", "\"key\"", JANE.toString());
    }

    @Test
    void a_ticket_and_its_people_have_the_names_and_values_of_their_documents() {
        tickets.people()
                .updateWorker(
                        JANE,
                        Worker.Changes.none()
                                .skills("api")
                                .timezone(ZoneId.of("America/New_York"))
                                .metrics(JsonValue.parse("{\"calls\": 1.50}")));
        UUID id = ticket();
        team.jane().on(id).assign(JANE);
        same(
                team.jane().on(id).ticket().json(),
                tickets.documents().ticket(id).orElseThrow(),
                "counterfoil_number",
                "internal_notes",
                "ticket_history");
        same(
                tickets.people().worker(JANE).orElseThrow().json(),
                tickets.documents().worker(JANE).orElseThrow(),
                "assigned_tickets",
                "ticket_history");
        same(
                tickets.people().customer(ADA).orElseThrow().json(),
                tickets.documents().customer(ADA).orElseThrow(),
                "feedback_history");
    }

    /** All of the document, but for what the value does not hold. */
    private static void same(JsonValue value, JsonValue document, String... notHeld) {
        Map<String, JsonValue> expected = without(document, notHeld).members();
        assertThat(value.members()).containsAllEntriesOf(expected);
        assertThat(expected).hasSizeGreaterThan(5);
    }
}
