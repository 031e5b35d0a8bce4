package io.github.counterfoil.imports;

import static io.github.counterfoil.imports.Elsewhere.AUTHOR;
import static io.github.counterfoil.imports.Elsewhere.BEGINNING;
import static io.github.counterfoil.imports.Elsewhere.START;
import static io.github.counterfoil.imports.Elsewhere.at;
import static io.github.counterfoil.imports.Elsewhere.by;
import static io.github.counterfoil.imports.Elsewhere.secret;
import static io.github.counterfoil.imports.Elsewhere.talk;
import static io.github.counterfoil.imports.Elsewhere.ticket;
import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.BOB;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.event.Author;
import io.github.counterfoil.event.CustomEventType;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.TicketStatus;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One bad ticket between two good ones: it is a fault with its place, member and code, and the good ones are stored. */
@Tag("storage")
class BadItemsTest {
    private static final UUID ID = UUID.fromString("10000000-0000-4000-8000-000000000000");
    private static final UUID NIL = new UUID(0, 0);
    private static final Visibility PUBLIC = Visibility.PUBLIC;
    private static final String LONE = "a\uD800b";

    @AutoClose
    private final TestDatabase database = TestDatabase.withSchema();

    private final SupportTeam team = SupportTeam.in(database);

    @Test
    void moments_that_not_all_can_hold() {
        for (String moment : List.of(
                "+999999999-12-31T23:59:59Z",
                "+300000-01-01T00:00:00Z",
                "+10000-01-01T00:00:00Z",
                "9999-12-31T23:59:59Z",
                "9999-12-31T00:00:00Z",
                "0001-01-01T23:59:59.999999Z",
                "0000-12-31T00:00:00Z",
                "-4714-01-01T00:00:00Z",
                "-999999999-01-01T00:00:00Z")) {
            Instant at = Instant.parse(moment);
            isFault("created_at.out_of_range", ImportedTicket.of(ID, BEGINNING, ADA, at));
            isFault(
                    "event 1: created_at.out_of_range",
                    ticket(ID, h -> new TicketEvent.Message(at(h, at), "Text", List.of())));
        }
        isFault("created_at.out_of_range", ImportedTicket.of(ID, BEGINNING, ADA, Instant.MIN));
        isFault("created_at.out_of_range", ImportedTicket.of(ID, BEGINNING, ADA, Instant.MAX));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Europe/Berlin", "Pacific/Kiritimati", "Etc/GMT+12", "UTC", "America/St_Johns"})
    void the_first_and_the_last_moment_are_read_in_every_time_zone(String zone) {
        TimeZone before = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        try {
            Instant first = Instant.parse("0001-01-02T00:00:00Z");
            Instant last = Instant.parse("9999-12-30T23:24:12.516354Z");
            TicketService tickets = TicketService.builder(database.dataSource()).build();
            ImportedTicket ticket = ImportedTicket.of(ID, BEGINNING, ADA, first)
                    .events(ticket(
                                    ID,
                                    h -> new TicketEvent.AssignmentAdded(at(h, first), JANE),
                                    h -> new TicketEvent.StatusUpdate(
                                            at(h, last), TicketStatus.NEW, TicketStatus.CLOSED))
                            .events());
            assertThat(tickets.imports().run(List.of(ticket).iterator()).faults())
                    .isEmpty();
            tickets.customer(ADA).on(ID).rate(1, null);
            tickets.customer(ADA).on(ID).reply("Still here");
            assertThat(tickets.verifyAll().discrepancies()).isEmpty();
            assertThat(tickets.agent(JANE).on(ID).ticket().createdAt()).isEqualTo(first);
            assertThat(tickets.agent(JANE)
                            .on(ID)
                            .history(PageRequest.oldestFirst(9))
                            .items()
                            .get(1)
                            .createdAt()
                            .atOffset(ZoneOffset.UTC)
                            .getYear())
                    .isEqualTo(9999);
            JsonValue document = tickets.documents().ticket(ID).orElseThrow();
            assertThat(tickets.documents().importTickets(List.of(document).iterator()))
                    .isEqualTo(new Imports.Report(0, 1, List.of()));
        } finally {
            TimeZone.setDefault(before);
        }
    }

    @Test
    void what_leaves_no_room_for_what_may_follow_it() {
        Instant last = Instant.parse("9999-12-30T23:24:12.516352Z");
        assertThat(team.tickets()
                        .imports()
                        .run(List.of(ImportedTicket.of(UUID.randomUUID(), BEGINNING, ADA, last))
                                .iterator())
                        .imported())
                .isEqualTo(1);
        isFault("created_at.out_of_range", ImportedTicket.of(ID, BEGINNING, ADA, last.plusNanos(1_000)));
        isFault(
                "event 1: created_at.out_of_range",
                ticket(ID, h -> new TicketEvent.NoteAdded(at(h, last.plusNanos(2_000)), "Text")));
    }

    @Test
    void a_fault_names_the_limit_that_was_passed() {
        ImportedTicket ticket = ticket(ID, h -> new TicketEvent.FeedbackSubmitted(h, 9, null));
        assertThat(team.tickets().imports().run(List.of(ticket).iterator()).faults())
                .contains(new Imports.Report.Fault(0, ID, 1, "rating", "out_of_range", 5L));
    }

    @Test
    @SuppressWarnings("NullAway")
    void what_is_missing() {
        isFault("id.malformed", NIL, ImportedTicket.of(NIL, BEGINNING, ADA, START));
        isFault("id.required", NIL, ImportedTicket.of(null, BEGINNING, ADA, START));
        isFault("ticket.required", NIL, null);
        isFault(
                "customer.required",
                ImportedTicket.of(ID, BEGINNING, null, START).createdBy(ADA));
        isFault("created_by.required", talk(ID, 1).createdBy(null));
        isFault("created_at.required", ImportedTicket.of(ID, BEGINNING, ADA, null));
        isFault("start.required", ImportedTicket.of(ID, null, ADA, START));
        isFault("event 1: event.required", talk(ID, 0).events(Arrays.asList((TicketEvent) null)));
        isFault("title.required", beginning(NewTicket.of(null, "Text")));
        isFault("description.required", beginning(NewTicket.of("Title", null)));
        isFault("priority.required", beginning(BEGINNING.priority(null)));
        isFault("tags.required", beginning(BEGINNING.tags("a", null)));
        isFault("custom_fields.required", beginning(BEGINNING.field("f", null)));

        isFault("event 1: header.required", ticket(ID, h -> new TicketEvent.NoteAdded(null, "Text")));
        isFault("event 1: id.required", message(h -> new TicketEvent.Header(null, ID, 1, START, AUTHOR, PUBLIC)));
        isFault(
                "event 1: ticket_id.mismatch",
                message(h -> new TicketEvent.Header(ID, null, 1, START, AUTHOR, PUBLIC)));
        isFault("event 1: created_at.required", message(h -> at(h, null)));
        isFault("event 1: created_by.required", message(h -> by(h, null)));
        isFault("event 1: visibility.required", message(h -> new TicketEvent.Header(ID, ID, 1, START, AUTHOR, null)));
        isFault("event 1: created_by.required", message(h -> by(h, new Author(null, "J", "S", Role.AGENT))));
        isFault("event 1: role.required", message(h -> by(h, new Author(JANE, "J", "S", null))));
        isFault(
                "event 1: created_by_first_name.required",
                message(h -> by(h, new Author(JANE, null, "S", Role.AGENT))));
        isFault("event 1: created_by_last_name.required", message(h -> by(h, new Author(JANE, "J", null, Role.AGENT))));
    }

    @Test
    @SuppressWarnings("NullAway")
    void what_is_missing_in_an_event_of_each_type() {
        Map<Function<TicketEvent.Header, TicketEvent>, String> bad = new LinkedHashMap<>();
        bad.put(h -> new TicketEvent.Message(h, null, List.of()), "content.required");
        bad.put(h -> new TicketEvent.StatusUpdate(h, null, TicketStatus.OPEN), "old_value.required");
        bad.put(h -> new TicketEvent.StatusUpdate(h, TicketStatus.NEW, null), "new_value.required");
        bad.put(h -> new TicketEvent.FieldAdded(h, null, JsonValue.of(1)), "field_name.required");
        bad.put(h -> new TicketEvent.FieldAdded(h, "f", null), "new_value.required");
        bad.put(h -> new TicketEvent.FieldRemoved(h, null, JsonValue.of(1)), "field_name.required");
        bad.put(h -> new TicketEvent.FieldRemoved(h, "f", null), "old_value.required");
        bad.put(h -> new TicketEvent.AssignmentAdded(h, null), "agent_id.required");
        bad.put(h -> new TicketEvent.AssignmentRemoved(h, null), "agent_id.required");
        bad.put(h -> new TicketEvent.NoteAdded(secret(h), null), "content.required");
        bad.put(h -> new TicketEvent.SnoozeUpdate(h, Instant.MAX), "until.out_of_range");
        bad.put(h -> new TicketEvent.DeliveryFailed(h, null, "c", "r"), "event_id.required");
        bad.put(h -> new TicketEvent.DeliveryFailed(h, ID, null, "r"), "channel.required");
        bad.put(h -> new TicketEvent.DeliveryFailed(h, ID, "c", null), "reason.required");
        bad.put(h -> new TicketEvent.PriorityUpdate(h, null, null), "old_value.required");
        bad.put(h -> new TicketEvent.TitleUpdate(h, null, "Text"), "old_value.required");
        bad.put(h -> new TicketEvent.TitleUpdate(h, "Title", null), "new_value.required");
        bad.put(h -> new TicketEvent.DescriptionUpdate(h, null, "Text"), "old_value.required");
        bad.put(h -> new TicketEvent.DescriptionUpdate(h, "Text", null), "new_value.required");
        bad.put(h -> new TicketEvent.TagAdded(h, null), "tag.required");
        bad.put(h -> new TicketEvent.TagRemoved(h, null), "tag.required");
        bad.put(h -> new TicketEvent.CustomerUpdate(h, null, BOB), "old_value.required");
        bad.put(h -> new TicketEvent.CustomerUpdate(h, ADA, null), "new_value.required");
        bad.put(h -> new TicketEvent.FeedbackSubmitted(h, 0, null), "rating.out_of_range");
        bad.put(h -> new TicketEvent.CustomEvent(h, null, JsonValue.parse("{}")), "type.required");
        bad.put(h -> new TicketEvent.CustomEvent(h, "escalated", null), "body.required");
        bad.put(h -> new TicketEvent.UnknownEvent(h, null, JsonValue.parse("{}")), "type.required");
        bad.put(h -> new TicketEvent.UnknownEvent(h, "odd", null), "body.required");
        bad.forEach((event, fault) -> assertThat(
                        withoutLimits(faults(ID, ticket(ID, event)).get(0)))
                .isEqualTo("item 1, " + ID + ", event 1: " + fault));
    }

    @Test
    void texts_that_cannot_be_stored() {
        for (String text : List.of("a\0b", LONE)) {
            String code = text.equals(LONE) ? ".invalid_unicode" : ".nul_char";
            isFault("title" + code, beginning(NewTicket.of(text, "Text")));
            isFault("description" + code, beginning(NewTicket.of("Title", text)));
            isFault("channel" + code, beginning(BEGINNING.channel(text)));
            isFault("tags" + code, beginning(BEGINNING.tags(text)));
            isFault("custom_fields" + code, beginning(BEGINNING.field(text, JsonValue.of(1))));
            isFault("custom_fields" + code, beginning(BEGINNING.field("f", JsonValue.of(text))));
            isFault(
                    "event 1: created_by_first_name" + code,
                    message(h -> by(h, new Author(JANE, text, "S", Role.AGENT))));
            JsonValue object = JsonValue.ofObject(Map.of("a", JsonValue.ofArray(List.of(JsonValue.of(text)))));
            isFault("event 1: attachments" + code, ticket(ID, h -> new TicketEvent.Message(h, "", List.of(object))));
            isFault("event 1: body" + code, ticket(ID, h -> new TicketEvent.UnknownEvent(h, "odd", object)));
            isFault("event 1: new_value" + code, ticket(ID, h -> new TicketEvent.FieldAdded(h, "f", object)));
            isFault(
                    "event 1: type" + code,
                    ticket(ID, h -> new TicketEvent.UnknownEvent(h, text, JsonValue.parse("{}"))));
            isFault("event 1: tag" + code, ticket(ID, h -> new TicketEvent.TagAdded(h, text)));
        }
    }

    @Test
    void an_event_that_has_the_name_of_a_known_type_is_held_to_its_rules() {
        Map<String, String> bad = new LinkedHashMap<>();
        bad.put("message {}", "content.required");
        bad.put("message {\"content\": \"Text\"}", "attachments.required");
        bad.put("message {\"content\": \"Text\", \"attachments\": [1]}", "attachments.not_an_object");
        bad.put("note-added {}", "content.required");
        bad.put("note-added {\"content\": \"Text\"}", "visibility.must_be_private");
        bad.put("assignment-added {\"agent_id\": \"x\"}", "agent_id.malformed");
        bad.put("assignment-removed {\"agent_id\": \"x\"}", "agent_id.malformed");
        bad.put("assignment-removed {\"agent_id\": \"" + JANE + "\"}", "agent_id.not_current");
        bad.put("assignment-added {\"agent_id\": \"1-1-1-1-1\"}", "agent_id.malformed");
        bad.put("assignment-added {\"agent_id\": \"" + UUID.randomUUID() + "\"}", "agent_id.unknown");
        bad.put("customer-update {\"old_value\": \"" + ADA + "\", \"new_value\": 1}", "new_value.not_a_string");
        bad.put(
                "customer-update {\"old_value\": \"" + ADA + "\", \"new_value\": \"" + NIL + "\"}",
                "new_value.unknown");
        bad.put("status-update {\"old_value\": \"odd\"}", "old_value.unknown");
        bad.put("status-update {\"old_value\": \"open\", \"new_value\": \"closed\"}", "old_value.not_current");
        bad.put("title-update {}", "old_value.required");
        bad.put("field-added {\"field_name\": \"f\"}", "new_value.required");
        bad.put("feedback-submitted {\"rating\": 9}", "role.not_customer");
        bad.put("delivery-failed {\"event_id\": 1}", "event_id.not_a_string");
        bad.put("snooze-update {\"until\": 1}", "until.not_a_string");
        bad.put("snooze-update {\"until\": \"tomorrow\"}", "until.malformed");
        bad.put("tag-added {\"tag\": null}", "tag.required");
        TicketService knowing = TicketService.builder(database.connections())
                .eventType(CustomEventType.publicType("escalated", 1))
                .build();
        bad.forEach((event, fault) -> {
            String type = event.substring(0, event.indexOf(' '));
            JsonValue body = JsonValue.parse(event.substring(type.length()));
            for (Function<TicketEvent.Header, TicketEvent> one : List.<Function<TicketEvent.Header, TicketEvent>>of(
                    h -> new TicketEvent.UnknownEvent(h, type, body),
                    h -> new TicketEvent.CustomEvent(h, type, body))) {
                assertThat(faults(ID, ticket(ID, one)))
                        .as(event)
                        .last()
                        .asString()
                        .isEqualTo("item 1, " + ID + ", event 1: " + fault);
            }
        });

        JsonValue body = JsonValue.parse("{\"content\": \"Text\", \"attachments\": [], \"mood\": \"good\"}");
        ImportedTicket good = ticket(
                ID,
                h -> new TicketEvent.UnknownEvent(h, "message", body),
                h -> new TicketEvent.UnknownEvent(h, "escalated", body),
                h -> new TicketEvent.CustomEvent(secret(h), "note-added", body));
        assertThat(knowing.imports().run(List.of(good).iterator()).faults()).isEmpty();
        assertThat(knowing.verifyAll().discrepancies()).isEmpty();
        assertThat(knowing.customer(ADA)
                        .on(ID)
                        .history(PageRequest.oldestFirst(9))
                        .items())
                .hasSize(2);
        assertThat(knowing.agent(JANE)
                        .on(ID)
                        .history(PageRequest.oldestFirst(9))
                        .items())
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("Message", "CustomEvent", "NoteAdded");
    }

    @Test
    void people_whom_nobody_registered() {
        UUID stranger = UUID.randomUUID();
        isFault("customer.unknown", ImportedTicket.of(ID, BEGINNING, stranger, START));
        isFault("created_by.unknown", talk(ID, 1).createdBy(stranger));
        isFault("event 1: created_by.unknown", message(h -> by(h, new Author(stranger, "A", "B", Role.CUSTOMER))));
        isFault(
                "customer.unknown",
                ImportedTicket.of(ID, BEGINNING, stranger, START)
                        .createdBy(ADA)
                        .events(ticket(ID, h -> new TicketEvent.CustomerUpdate(h, stranger, ADA))
                                .events()));
        isFault(
                "event 1: new_value.unknown",
                ticket(
                        ID,
                        h -> new TicketEvent.CustomerUpdate(h, ADA, stranger),
                        h -> new TicketEvent.CustomerUpdate(h, stranger, ADA)));
    }

    private static ImportedTicket beginning(NewTicket start) {
        return ImportedTicket.of(ID, start, ADA, START);
    }

    private static ImportedTicket message(Function<TicketEvent.Header, TicketEvent.Header> header) {
        return ticket(ID, h -> new TicketEvent.Message(header.apply(h), "Text", List.of()));
    }

    private void isFault(String fault, ImportedTicket bad) {
        isFault(fault, ID, bad);
    }

    private void isFault(String fault, UUID id, @Nullable ImportedTicket bad) {
        String place = fault.startsWith("event") ? ", " : ": ";
        assertThat(withoutLimits(faults(id, bad))).isEqualTo("[item 1, " + id + place + fault + "]");
    }

    private static String withoutLimits(Object faults) {
        return faults.toString().replaceAll(" \\(limit -?\\d+\\)", "");
    }

    private List<Imports.Report.Fault> faults(UUID id, @Nullable ImportedTicket bad) {
        List<ImportedTicket> three = new ArrayList<>();
        Stream.of(talk(UUID.randomUUID(), 1), bad, talk(UUID.randomUUID(), 1)).forEach(three::add);
        Imports.Report report = team.tickets().imports().run(three.iterator());
        assertThat(report.imported()).isEqualTo(2);
        assertThat(database.value("select count(*) from counterfoil.ticket where id = '" + id + "'"))
                .isEqualTo("0");
        return report.faults();
    }
}
