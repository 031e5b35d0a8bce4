package io.github.counterfoil.document;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.BOB;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static io.github.counterfoil.testing.SupportTeam.TOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.imports.Imports;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.people.Customer;
import io.github.counterfoil.people.Worker;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.TicketStatus;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Documents out, and in again. */
@Tag("storage")
class DocumentsTest {
    private static final String ID = "10000000-0000-4000-8000-000000000000";
    private static final String EVENT = """
            {"id": "20000000-0000-4000-8000-00000000000%d", "type": "%s", "created_at": "2025-01-21T00:0%d:00+00:00",
             "created_by_uuid": "%s", "created_by_first_name": "Jane", "created_by_last_name": "Smith",
             "role": "agent", "visibility": "%s", %s}""";

    @AutoClose
    private final TestDatabase database = TestDatabase.withSchema();

    private final SupportTeam team = SupportTeam.in(database);

    @Test
    void what_goes_out_of_one_database_and_into_another_comes_out_the_same() {
        team.tickets().people().updateCustomer(ADA, Customer.Changes.none().preferredLanguage("en-GB"));
        team.tickets()
                .people()
                .updateWorker(
                        JANE,
                        Worker.Changes.none()
                                .skills("api", "billing")
                                .timezone(ZoneId.of("America/New_York"))
                                .metrics(JsonValue.parse("{\"calls\": 1.50}")));
        UUID id = team.ticket();
        team.jane().on(id).assign(JANE);
        team.jane().on(id).assign(TOM);
        team.jane().on(id).tag("fire", "vip");
        team.jane().on(id).untag("fire");
        team.jane().on(id).setField("serial", "A-1");
        team.jane().on(id).setField("serial", JsonValue.parse("[1, {\"a\": null}]"));
        team.jane().on(id).changeTitle("Printer smokes");
        team.jane().on(id).note("Careful");
        team.jane().on(id).reply("Unplug it.", List.of(JsonValue.parse("{\"name\": \"fire.jpg\"}")));
        team.jane().on(id).close();
        team.ada().on(id).rate(4, "Good");
        team.ada().on(id).reopen();
        team.jane().on(id).changePriority(Priority.HIGH);
        team.jane().on(id).changeDescription("It smokes.");
        team.jane().on(id).moveToCustomer(BOB);
        team.jane().on(id).moveToCustomer(ADA);
        Documents from = team.tickets().documents();

        try (TestDatabase other = TestDatabase.withSchema()) {
            Documents to = other.service().documents();
            List<JsonValue> people =
                    List.of(from.worker(JANE).orElseThrow(), from.worker(TOM).orElseThrow());
            assertThat(to.importWorkers(people.iterator()).imported()).isEqualTo(2);
            JsonValue ada = from.customer(ADA).orElseThrow();
            assertThat(to.importCustomers(List.of(ada, from.customer(BOB).orElseThrow())
                                    .iterator())
                            .imported())
                    .isEqualTo(2);
            JsonValue ticket = from.ticket(id).orElseThrow();
            assertThat(to.importTickets(List.of(ticket).iterator())).isEqualTo(new Imports.Report(1, 0, List.of()));

            assertThat(to.ticket(id)).contains(ticket);
            assertThat(to.customer(ADA)).contains(ada);
            assertThat(to.worker(JANE)).contains(people.get(0));
            assertThat(other.service().verifyAll().discrepancies()).isEmpty();

            assertThat(to.importTickets(List.of(ticket).iterator()).present()).isEqualTo(1);
            assertThat(to.importWorkers(people.iterator()).present()).isEqualTo(2);
            assertThat(to.importCustomers(List.of(ada).iterator()).present()).isEqualTo(1);
        }
    }

    /** Of what JSON writes longest. */
    @Test
    void texts_of_the_largest_size_come_in_again() throws IOException {
        String control = "\u0001".repeat(4 * 1024 * 1024 - 1);
        TicketService tickets = team.tickets().within(Duration.ofMinutes(2));
        UUID id =
                tickets.customer(ADA).open(NewTicket.of("Large", "1" + control)).id();
        tickets.agent(JANE).on(id).changeDescription("x".repeat(4 * 1024 * 1024));
        comesInAgain(id);
    }

    @Test
    void an_attachment_as_deep_as_the_desk_takes_it_comes_in_again() throws IOException {
        UUID id = team.ticket();
        String deep = "{\"a\": " + "[".repeat(15) + "]".repeat(15) + "}";
        team.ada().on(id).reply("See", List.of(JsonValue.parse(deep)));
        comesInAgain(id);
    }

    /** The largest texts take a busy machine longer than a call of every day may. */
    private static Documents patient(SupportTeam team) {
        return team.tickets().within(Duration.ofMinutes(2)).documents();
    }

    private void comesInAgain(UUID... ids) throws IOException {
        try (TestDatabase other = TestDatabase.withSchema()) {
            Documents to = patient(SupportTeam.in(other));
            for (UUID id : ids) {
                StringWriter out = new StringWriter();
                patient(team).writeTicket(id, out);
                JsonValue ticket = JsonValue.parse(out.toString());
                assertThat(to.importTickets(List.of(ticket).iterator())).isEqualTo(new Imports.Report(1, 0, List.of()));
                StringWriter again = new StringWriter();
                to.writeTicket(id, again);
                assertThat(JsonValue.parse(again.toString()).equals(ticket)).isTrue();
            }
        }
    }

    @Test
    void what_the_columns_say_otherwise_than_the_events_is_remarked_upon() {
        String note = "20000000-0000-4000-8000-000000000005";
        String events = EVENT.formatted(1, "title-update", 1, JANE, "public", change("A", "B")) + ","
                + EVENT.formatted(2, "description-update", 2, JANE, "public", change("A", "B")) + ","
                + EVENT.formatted(3, "priority-update", 3, JANE, "public", change("low", "high")) + ","
                + EVENT.formatted(4, "tag-added", 4, JANE, "private", "\"tag\": \"fire\"") + ","
                + EVENT.formatted(5, "note-added", 5, JANE, "private", "\"content\": \"Careful\"") + ","
                + EVENT.formatted(6, "field-added", 6, JANE, "private", "\"field_name\": \"serial\", \"new_value\": 1")
                + ","
                + EVENT.formatted(7, "customer-update", 7, JANE, "public", change(ADA.toString(), BOB.toString()))
                + "," + EVENT.formatted(8, "status-update", 8, JANE, "public", change("new", "closed")) + ","
                + EVENT.formatted(9, "feedback-submitted", 9, BOB, "public", "\"rating\": 5, \"comment\": \"Good\"")
                        .replace("\"agent\"", "\"customer\"");
        Imports.Report report = importTicket(ticket("closed", events, """
                , "tags": ["b", "a"], "custom_fields": {"serial": 2}, "feedback": {"rating": 1, "comment": "Good"},
                  "internal_notes": {"notes": [{"id": "%s", "content": "Careless"}]}, "sla_of_jane": 1
                """.formatted(note)));
        assertThat(report.faults()).isEmpty();
        assertThat(report.remarks())
                .extracting(remark -> remark.seq() + " " + remark.field() + "." + remark.code())
                .containsExactlyInAnyOrder(
                        "0 document.unknown_member",
                        "0 title.differs",
                        "0 description.differs",
                        "0 priority.differs",
                        "0 tags.differs",
                        "0 custom_fields.differs",
                        "0 customer_email.differs",
                        "0 feedback.differs",
                        "5 internal_notes.differs");
        assertThat(team.jane().on(UUID.fromString(ID)).ticket().title())
                .as("the events count")
                .isEqualTo("B");
    }

    @Test
    void what_the_columns_do_not_say_is_not_remarked_upon() {
        String events = EVENT.formatted(1, "tag-added", 1, JANE, "private", "\"tag\": \"fire\"") + ","
                + EVENT.formatted(2, "note-added", 2, JANE, "private", "\"content\": \"Careful\"") + ","
                + EVENT.formatted(3, "status-update", 3, JANE, "public", change("new", "closed")) + ","
                + EVENT.formatted(4, "feedback-submitted", 4, ADA, "public", "\"rating\": 5, \"comment\": \"Good\"")
                        .replace("\"agent\"", "\"customer\"");
        assertThat(importTicket(ticket("closed", events, """
                        , "tags": null, "custom_fields": null, "feedback": {}, "internal_notes": null
                        """)
                        .replace("\"updated_at\": \"2025-01-23T00:00:00Z\"", "\"updated_at\": null")))
                .isEqualTo(new Imports.Report(1, 0, List.of()));
    }

    private static String change(String oldValue, String newValue) {
        return "\"old_value\": \"" + oldValue + "\", \"new_value\": \"" + newValue + "\"";
    }

    @Test
    void a_time_has_its_offset_as_iso_8601_or_postgresql_write_it() {
        Map<String, String> offsets = Map.of(
                "Z", "00:00", "-00:00", "00:00", "+05", "19:00", "+05:45", "18:15", "+0545", "18:15", "-0330", "03:30");
        offsets.forEach((offset, utc) -> List.of("T", " ").forEach(separator -> {
            UUID id = UUID.randomUUID();
            JsonValue worker = JsonValue.parse("""
                    {"id": "%s", "email": "%s@example.com", "first_name": "A", "last_name": "B", "role": "agent",
                     "created_at": "2025-01-21%s00:00:00%s", "timezone": "UTC"}""".formatted(id, id, separator, offset));
            assertThat(team.tickets()
                            .documents()
                            .importWorkers(List.of(worker).iterator())
                            .faults())
                    .isEmpty();
            assertThat(team.tickets()
                            .people()
                            .worker(id)
                            .orElseThrow()
                            .createdAt()
                            .toString())
                    .as(offset)
                    .contains("T" + utc);
        }));
    }

    @Test
    void unknown_event_types_and_unknown_members_are_kept() {
        String events = EVENT.formatted(
                        1,
                        "message",
                        1,
                        JANE,
                        "public",
                        "\"content\": \"Hi\", \"attachments\": [], \"mood\": {\"n\": 1.0}")
                + "," + EVENT.formatted(2, "sla-breach", 2, JANE, "public", "\"minutes\": [12, null], \"x\": \"y\"");
        Imports.Report report = importTicket(ticket("new", events, ""));
        assertThat(report.faults()).isEmpty();
        String stored = document();
        assertThat(stored).contains("\"mood\":{\"n\":1.0}", "\"minutes\":[12,null]", "\"x\":\"y\"");
        try (TestDatabase other = TestDatabase.withSchema()) {
            SupportTeam.in(other);
            other.service()
                    .documents()
                    .importTickets(List.of(JsonValue.parse(stored)).iterator());
            assertThat(other.service()
                            .documents()
                            .ticket(UUID.fromString(ID))
                            .orElseThrow()
                            .text())
                    .isEqualTo(stored);
        }
    }

    @Test
    void the_worker_printed_in_the_schema_document_is_taken() {
        JsonValue jane = JsonValue.parse("""
                {
                  "id": "123e4567-e89b-12d3-a456-426614174000",
                  "email": "jane.smith@company.com",
                  "first_name": "Jane",
                  "last_name": "Smith",
                  "created_at": "2025-01-21T00:00:00Z",
                  "role": "agent",
                  "skills": ["technical", "billing", "api"],
                  "languages": ["en", "es"],
                  "timezone": "America/New_York",
                  "metrics": {},
                  "assigned_tickets": ["ticket-uuid-1", "ticket-uuid-2"],
                  "ticket_history": [
                    {
                      "ticket_id": "resolved-ticket-uuid",
                      "title": "Example Ticket",
                      "resolved_at": "2025-01-22T12:00:00Z",
                      "resolution_time": "2 hours 30 minutes",
                      "feedback": {"rating": 5, "comment": "Excellent support", "submitted_at": "2025-01-22T13:00:00Z"}
                    }
                  ]
                }
                """);
        Documents documents = team.tickets().documents();
        assertThat(documents.importWorkers(List.of(jane).iterator())).isEqualTo(new Imports.Report(1, 0, List.of()));
        JsonValue stored = documents
                .worker(UUID.fromString("123e4567-e89b-12d3-a456-426614174000"))
                .orElseThrow();
        for (String name :
                List.of("email", "first_name", "last_name", "role", "skills", "languages", "timezone", "metrics")) {
            assertThat(stored.members().get(name)).isEqualTo(jane.members().get(name));
        }
        assertThat(database.value("select created_at = '2025-01-21T00:00:00Z' from counterfoil.workers "
                        + "where email = 'jane.smith@company.com'"))
                .isEqualTo("t");
    }

    @Test
    void the_history_printed_in_the_schema_document_is_taken_and_comes_out_as_printed() {
        String common = """
                "created_at": "2025-01-21T00:00:00+00:00", "created_by_uuid": "%s", "created_by_first_name": "first_name",
                "created_by_last_name": "last_name", "role": "agent", "id": """.formatted(JANE);
        String[] printed = {
            "\"type\": \"message\", \"content\": \"message text\", \"visibility\": \"public\", \"attachments\": []",
            "\"type\": \"status-update\", \"old_value\": \"new\", \"new_value\": \"open\", \"visibility\": \"public\"",
            "\"type\": \"field-added\", \"field_name\": \"custom_field_name\", \"new_value\": \"field value\","
                    + " \"visibility\": \"private\"",
            "\"type\": \"field-removed\", \"field_name\": \"custom_field_name\", \"old_value\": \"field value\","
                    + " \"visibility\": \"private\"",
            "\"type\": \"assignment-added\", \"agent_id\": \"" + JANE + "\", \"visibility\": \"public\"",
            "\"type\": \"assignment-removed\", \"agent_id\": \"" + JANE + "\", \"visibility\": \"public\"",
            "\"type\": \"note-added\", \"content\": \"note text\", \"visibility\": \"private\"",
        };
        StringBuilder events = new StringBuilder();
        for (int i = 0; i < printed.length; i++) {
            events.append(i == 0 ? "" : ",")
                    .append("{" + common + "\"" + new UUID(0, i + 1) + "\", " + printed[i] + "}");
        }
        assertThat(importTicket(ticket("open", events.toString(), "")).faults()).isEmpty();
        String history =
                JsonValue.parse(document()).members().get("ticket_history").text();
        // The session's time zone decides how a time is written, not which time it is.
        String time = "(?<=\"created_at\":)\"([^\"]*)\"";
        assertThat(history.replaceAll(time, "0"))
                .isEqualTo(
                        JsonValue.parse("{\"events\": [" + events + "]}").text().replaceAll(time, "0"));
        assertThat(Pattern.compile(time).matcher(history).results())
                .hasSize(7)
                .allSatisfy(
                        match -> assertThat(OffsetDateTime.parse(match.group(1)).toInstant())
                                .isEqualTo("2025-01-21T00:00:00Z"));
    }

    @Test
    void notes_and_feedback_without_events_get_them_at_their_times() {
        String events = EVENT.formatted(1, "assignment-added", 1, JANE, "public", "\"agent_id\": \"" + JANE + "\"")
                + ","
                + EVENT.formatted(
                        3, "status-update", 3, JANE, "public", "\"old_value\": \"new\", \"new_value\": \"closed\"");
        Imports.Report report = importTicket(ticket("closed", events, """
                , "internal_notes": {"notes": [{"id": "20000000-0000-4000-8000-000000000002", "content": "Careful",
                    "created_at": "2025-01-21 00:02:00+00", "created_by": "%s"}]},
                  "feedback": {"rating": 5, "comment": null, "submitted_at": "2025-01-22T13:00:00Z"},
                  "assigned_to": [{"id": "%s", "first_name": "Jane", "last_name": "Smith"}],
                  "custom_fields": {"serial": "A-1"}, "tags": ["fire"]
                """.formatted(JANE, JANE)));
        assertThat(report.faults()).isEmpty();
        assertThat(database.query("select e ->> 'type' from counterfoil.tickets, "
                        + "jsonb_array_elements(ticket_history -> 'events') e"))
                .containsExactly("assignment-added", "note-added", "status-update", "feedback-submitted");
        assertThat(team.jane().on(UUID.fromString(ID)).ticket().status()).isEqualTo(TicketStatus.CLOSED);
        assertThat(team.jane().on(UUID.fromString(ID)).ticket().customFields()).containsKey("serial");
        assertThat(database.value("select ticket_history #>> '{0,feedback,rating}' from counterfoil.workers "
                        + "where email = 'jane@example.com'"))
                .isEqualTo("5");
        assertThat(team.tickets().verifyAll().discrepancies()).isEmpty();
    }

    @Test
    void what_is_wrong_with_a_document_is_named_and_nothing_of_it_is_stored() {
        String message = EVENT.formatted(1, "message", 1, JANE, "public", "\"content\": \"Hi\", \"attachments\": []");
        fault("status.differs", ticket("open", message, ""));
        fault("status.unknown", ticket("resolved", message, ""));
        fault("customer_email.unknown", ticket("new", message, "").replace("ada@", "nobody@"));
        fault("created_by_uuid.malformed", ticket("new", message.replace(JANE.toString(), "1-1-1-1-1"), ""));
        fault("created_at.out_of_order", ticket("new", message.replace("2025-01-21", "2024-01-21"), ""));
        fault("id.duplicate", ticket("new", message + "," + message, ""));
        fault("title.required", ticket("new", message, "").replace("\"title\": \"T\"", "\"title\": null"));
        fault(
                "created_by.unknown",
                ticket("new", message.replace(JANE.toString(), UUID.randomUUID().toString()), ""));
        fault("assigned_to.differs", ticket("new", message, ", \"assigned_to\": [{\"id\": \"" + JANE + "\"}]"));
        fault(
                "assigned_to[1].not_an_object",
                ticket("new", message, ", \"assigned_to\": [{\"id\": \"" + JANE + "\"}, 1]"));
        fault("events[1].not_an_object", ticket("new", message + ", \"lost\"", ""));
        fault(
                "ticket_history.not_an_object",
                ticket("new", message, "").replace("{\"events\": [", "[[").replace("]},", "]],"));
        fault("feedback.not_an_object", ticket("new", message, ", \"feedback\": \"good\""));
        fault(
                "rating.not_a_number",
                ticket(
                        "new",
                        message,
                        ", \"feedback\": {\"rating\": \"5\", \"submitted_at\": \"2025-01-22T13:00:00Z\"}"));
        fault("id.required", "[]");
        fault("visibility.must_be_private", ticket("new", message.replace("message", "note-added"), ""));
        fault(
                "rating.not_current",
                ticket(
                        "new",
                        message,
                        ", \"feedback\": {\"rating\": 5, \"comment\": \"x\", \"submitted_at\": \"2025-01-22T13:00:00Z\"}"));
        assertThat(database.value("select count(*) from counterfoil.ticket")).isEqualTo("0");
    }

    private static String ticket(String status, String events, String more) {
        return """
                {"id": "%s", "title": "T", "description": "D", "status": "%s", "priority": "medium",
                 "ticket_history": {"events": [%s]}, "source_channel": "web", "created_at": "2025-01-20T00:00:00Z",
                 "updated_at": "2025-01-23T00:00:00Z", "created_by": "%s", "customer_email": "ada@example.com" %s}
                """.formatted(ID, status, events, ADA, more);
    }

    private void fault(String expected, String document) {
        assertThat(importTicket(document).faults())
                .extracting(fault -> fault.field() + "." + fault.code())
                .contains(expected);
    }

    private Imports.Report importTicket(String document) {
        return team.tickets()
                .documents()
                .importTickets(List.of(JsonValue.parse(document)).iterator());
    }

    private String document() {
        return team.tickets()
                .documents()
                .ticket(UUID.fromString(ID))
                .orElseThrow()
                .text();
    }
}
