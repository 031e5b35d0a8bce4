package io.github.counterfoil.document;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.imports.Imports;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One bad document between two good ones: it is a fault, and the good ones are stored. */
@Tag("storage")
class BadDocumentsTest {
    private static final String EVENT = """
            {"id": "20000000-0000-4000-8000-000000000001", "created_at": "2025-01-21T00:00:00Z",
             "created_by_uuid": "%s", "created_by_first_name": "Jane", "created_by_last_name": "Smith",
             "role": "agent", "visibility": "public", %s}""";
    private static final String BACKSLASH_U = "\\u";

    @AutoClose
    private final TestDatabase database = TestDatabase.withSchema();

    private final SupportTeam team = SupportTeam.in(database);

    @Test
    void tickets() {
        ticket("event 1: attachments.required", "\"type\": \"message\", \"content\": \"Text\"");
        ticket("event 1: content.required", "\"type\": \"message\", \"attachments\": []");
        ticket("event 1: content.required", "\"type\": \"note-added\"");
        ticket("event 1: visibility.must_be_private", "\"type\": \"note-added\", \"content\": \"Text\"");
        ticket("event 1: agent_id.malformed", "\"type\": \"assignment-added\", \"agent_id\": \"x\"");
        ticket("event 1: agent_id.malformed", "\"type\": \"assignment-removed\", \"agent_id\": \"Jane\"");
        ticket("event 1: old_value.unknown", "\"type\": \"status-update\", \"old_value\": \"x\", \"new_value\": \"y\"");
        ticket(
                "event 1: new_value.malformed",
                "\"type\": \"customer-update\", \"old_value\": \"" + ADA + "\", \"new_value\": \"x\"");
        ticket("event 1: mood.nul_char", message("\"mood\": [\"" + BACKSLASH_U + "0000\"]"));
        ticket("event 1: mood.invalid_unicode", message("\"mood\": {\"" + BACKSLASH_U + "d800\": 1}"));
        ticket("event 1: body.nul_char", message("\"" + BACKSLASH_U + "0000\": 1"));
        ticket("event 1: mood.number_range", message("\"mood\": 1e399"));
        ticket("event 1: mood.too_deep", message("\"mood\": " + "[".repeat(17) + "]".repeat(17)));
        Stream.of("+300000-01-01T00:00:00Z", "9999-12-31T12:00:00Z", "0000-01-01T00:00:00Z", "-4000-01-01T00:00:00Z")
                .forEach(at -> {
                    String good = document(UUID.randomUUID(), "");
                    fault("created_at.out_of_range", good.replace("2025-01-20T00:00:00Z", at));
                    fault(
                            "event 1: created_at.out_of_range",
                            document(UUID.randomUUID(), EVENT.formatted(JANE, message("\"mood\": 1")))
                                    .replace("2025-01-21T00:00:00Z", at));
                    fault(
                            "submitted_at.out_of_range",
                            good.replace(
                                    "\"tags\"",
                                    "\"feedback\": {\"rating\": 1, \"submitted_at\": \"" + at + "\"}, \"tags\""));
                });
        fault("created_at.malformed", document(UUID.randomUUID(), "").replace("2025-01-20T00:00:00Z", "infinity"));
        fault("customer_email.nul_char", document(UUID.randomUUID(), "").replace("ada@", BACKSLASH_U + "0000@"));
        fault("source_channel.invalid_unicode", document(UUID.randomUUID(), "").replace("web", BACKSLASH_U + "dc00"));
        fault("tags.nul_char", document(UUID.randomUUID(), "").replace("fire", BACKSLASH_U + "0000"));
        fault("tags.not_a_string", document(UUID.randomUUID(), "").replace("\"fire\"", "null"));
        fault("custom_fields.number_range", document(UUID.randomUUID(), "").replace("\"A-1\"", "1e-399"));
        fault("custom_fields.nul_char", document(UUID.randomUUID(), "").replace("A-1", BACKSLASH_U + "0000"));
        fault("id.required", null);
        fault("id.malformed", document(new UUID(0, 0), ""));
        assertThat(team.tickets().verifyAll().discrepancies()).isEmpty();
    }

    @Test
    void people() {
        Documents documents = team.tickets().documents();
        String customer = """
                {"id": "%s", "email": "%s@example.com", "first_name": "A", "last_name": "B",
                 "communication_channels": ["web"], "preferred_language": "en"}""";
        Function<List<JsonValue>, Imports.Report> customers = all -> documents.importCustomers(all.iterator());
        person("communication_channels.nul_char", customer, "web", BACKSLASH_U + "0000", customers);
        person("communication_channels.not_a_string", customer, "\"web\"", "null", customers);
        person("preferred_language.invalid_unicode", customer, "\"en\"", "\"" + BACKSLASH_U + "d800\"", customers);
        person("first_name.nul_char", customer, "\"A\"", "\"" + BACKSLASH_U + "0000\"", customers);
        person("last_name.required", customer, "\"B\"", "null", customers);
        person("email.too_long", customer, "example", "x".repeat(2_000), customers);
        person("email.required", customer, "\"email\"", "\"mail\"", customers);

        String worker = """
                {"id": "%s", "email": "%s@example.com", "first_name": "A", "last_name": "B", "role": "agent",
                 "created_at": "2025-01-21T00:00:00Z", "skills": ["api"], "languages": ["en"],
                 "timezone": "UTC", "metrics": {"calls": 1}}""";
        Function<List<JsonValue>, Imports.Report> workers = all -> documents.importWorkers(all.iterator());
        person("created_at.out_of_range", worker, "2025-01-21T00:00:00Z", "9999-12-31T12:00:00Z", workers);
        person("skills.nul_char", worker, "api", BACKSLASH_U + "0000", workers);
        person("languages.invalid_unicode", worker, "\"en\"", "\"" + BACKSLASH_U + "d800\"", workers);
        person("timezone.nul_char", worker, "UTC", BACKSLASH_U + "0000", workers);
        person("timezone.required", worker, "\"UTC\"", "null", workers);
        person("metrics.nul_char", worker, "calls", BACKSLASH_U + "0000", workers);
        person("metrics.number_range", worker, "{\"calls\": 1}", "1".repeat(131_073), workers);
        person("metrics.number_range", worker, "{\"calls\": 1}", "0." + "1".repeat(16_384), workers);
        person("role.unknown", worker, "agent", "chief", workers);
        person("role.unknown", worker, "agent", "", workers);
        person("created_at.malformed", worker, "2025-01-21T00:00:00Z", "", workers);
    }

    @Test
    void an_empty_string_is_a_wrong_value_and_no_default() {
        String good = document(UUID.randomUUID(), "");
        fault("created_at.malformed", good.replace("2025-01-20T00:00:00Z", ""));
        fault("priority.unknown", good.replace("\"medium\"", "\"\""));
        fault("status.unknown", good.replace("\"new\"", "\"\""));
        fault("created_by.malformed", good.replace(ADA.toString(), ""));
        String feedback = "\"feedback\": {\"rating\": %s, \"submitted_at\": \"%s\"}, \"tags\"";
        fault("submitted_at.malformed", good.replace("\"tags\"", feedback.formatted("1", "")));
        fault("rating.not_a_number", good.replace("\"tags\"", feedback.formatted("\"\"", "2025-01-21T00:00:00Z")));
        fault("id.malformed", document(UUID.randomUUID(), "").replaceFirst("\"id\": \"[^\"]*\"", "\"id\": \"\""));
        fault("id.required", document(UUID.randomUUID(), "").replaceFirst("\"id\": \"[^\"]*\"", "\"id\": null"));

        String event = document(UUID.randomUUID(), EVENT.formatted(JANE, message("\"mood\": 1")));
        fault("event 1: visibility.unknown", event.replace("\"public\"", "\"\""));
        fault("event 1: role.unknown", event.replace("\"agent\"", "\"\""));
        fault("event 1: created_at.malformed", event.replace("2025-01-21T00:00:00Z", ""));
        fault("event 1: created_by_uuid.malformed", event.replace(JANE.toString(), ""));
        fault("event 1: id.malformed", event.replace("20000000-0000-4000-8000-000000000001", ""));
        fault("event 1: type.blank", event.replace("\"message\"", "\"\""));
    }

    @Test
    void one_fault_is_told_once() {
        String good = document(UUID.randomUUID(), "");
        fault("ticket_history.not_an_object", good.replace("{\"events\": []}", "[]"));
        fault("events.not_an_array", good.replace("{\"events\": []}", "{\"events\": 1}"));
        fault("status.unknown", good.replace("\"new\"", "\"x\""));
        fault("status.required", good.replace("\"new\"", "null"));
        fault("assigned_to.not_an_array", good.replace("\"tags\"", "\"assigned_to\": \"x\", \"tags\""));
        fault("id.malformed", good.replace("\"tags\"", "\"assigned_to\": [{\"id\": \"\"}, {\"id\": \"\"}], \"tags\""));
        fault("tags.nul_char", good.replace("\"fire\"", "\"" + BACKSLASH_U + "0000\", \"b" + BACKSLASH_U + "0000\""));
        ticket(
                "event 1: attachments.not_an_object",
                "\"type\": \"message\", \"content\": \"Text\", \"attachments\": [1, 2]");
    }

    private static String message(String more) {
        return "\"type\": \"message\", \"content\": \"Text\", \"attachments\": [], " + more;
    }

    private static String document(UUID id, String events) {
        return """
                {"id": "%s", "title": "T", "description": "D", "status": "new", "priority": "medium",
                 "ticket_history": {"events": [%s]}, "source_channel": "web", "created_at": "2025-01-20T00:00:00Z",
                 "created_by": "%s", "customer_email": "ada@example.com", "tags": ["fire"],
                 "custom_fields": {"serial": "A-1"}}""".formatted(id, events, ADA);
    }

    private void ticket(String fault, String event) {
        fault(fault, document(UUID.randomUUID(), EVENT.formatted(JANE, event)));
    }

    private void fault(String fault, @Nullable String bad) {
        List<JsonValue> three = new ArrayList<>();
        Stream.of(document(UUID.randomUUID(), ""), bad, document(UUID.randomUUID(), ""))
                .forEach(one -> three.add(one == null ? null : JsonValue.parse(one)));
        Imports.Report report = team.tickets().documents().importTickets(three.iterator());
        assertThat(report.imported()).isEqualTo(2);
        isOnly((fault.startsWith("event ") ? ", " : ": ") + fault, report);
    }

    /** Whatever the limit was. */
    private static void isOnly(String fault, Imports.Report report) {
        assertThat(report.faults()).hasSize(1);
        assertThat(report.faults().get(0).toString().replaceAll(" \\(limit -?\\d+\\)$", ""))
                .startsWith("item 1, ")
                .endsWith(fault);
    }

    private static void person(
            String fault,
            String document,
            String good,
            String bad,
            Function<List<JsonValue>, Imports.Report> importer) {
        List<JsonValue> three = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            UUID id = UUID.randomUUID();
            three.add(JsonValue.parse((i == 1 ? document.replace(good, bad) : document).formatted(id, id)));
        }
        Imports.Report report = importer.apply(three);
        assertThat(report.imported()).as(fault).isEqualTo(2);
        assertThat(report.remarks()).as(fault).isEmpty();
        isOnly(": " + fault, report);
    }
}
