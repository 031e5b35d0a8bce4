package io.github.counterfoil.imports;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.BOB;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static io.github.counterfoil.testing.SupportTeam.TOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.event.Author;
import io.github.counterfoil.event.CustomEventType;
import io.github.counterfoil.event.CustomerEvent;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.Ticket;
import io.github.counterfoil.ticket.TicketStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tickets from elsewhere. */
@Tag("storage")
class ImportsTest {
    private static final Instant START = Instant.parse("2016-02-29T01:16:00Z");
    private static final UUID ID = UUID.fromString("10000000-0000-4000-8000-000000000000");

    @AutoClose
    private final TestDatabase database = TestDatabase.withSchema();

    private SupportTeam team = SupportTeam.in(database);

    @Test
    void a_ticket_comes_in_with_its_own_times_authors_and_ids_and_nothing_follows_by_itself() {
        List<TicketEvent> events = history(
                h -> new TicketEvent.AssignmentAdded(h, TOM),
                h -> new TicketEvent.StatusUpdate(h, TicketStatus.NEW, TicketStatus.PENDING),
                h -> new TicketEvent.Message(customer(h), "Still waiting", List.of()),
                h -> new TicketEvent.FieldAdded(secret(h), "impact", JsonValue.of("2 - Medium")),
                h -> new TicketEvent.PriorityUpdate(h, Priority.MEDIUM, Priority.HIGH),
                h -> new TicketEvent.StatusUpdate(h, TicketStatus.PENDING, TicketStatus.CLOSED),
                h -> new TicketEvent.FeedbackSubmitted(customer(h), 4, null));
        Imports.Report report = run(ticket(events));

        assertThat(report).isEqualTo(new Imports.Report(1, 0, List.of()));
        Ticket ticket = team.jane().on(ID).ticket();
        assertThat(ticket.createdAt()).isEqualTo(START);
        assertThat(ticket.updatedAt()).isEqualTo(START.plusSeconds(420));
        assertThat(ticket.status()).isEqualTo(TicketStatus.CLOSED);
        assertThat(ticket.priority()).isEqualTo(Priority.HIGH);
        assertThat(ticket.customFields()).isEqualTo(Map.of("impact", JsonValue.of("2 - Medium")));
        assertThat(ticket.feedback().orElseThrow().submittedAt()).isEqualTo(START.plusSeconds(420));
        assertThat(ticket.version()).isEqualTo(7);
        assertThat(team.jane().on(ID).history(PageRequest.oldestFirst(50)).items())
                .isEqualTo(events);
        assertThat(team.ada().on(ID).history(PageRequest.oldestFirst(50)).items())
                .extracting(CustomerEvent::number)
                .containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(database.value("select ticket_history #>> '{0,resolution_time}' from counterfoil.workers "
                        + "where email = 'tom@example.com'"))
                .isEqualTo("00:05:00");
        assertThat(team.tickets().people().customer(ADA).orElseThrow().communicationChannels())
                .containsExactly("phone");
    }

    @Test
    void every_type_of_event_comes_back_as_it_came_in() {
        JsonValue file = JsonValue.parse("{\"name\":\"log.txt\"}");
        List<TicketEvent> events = history(
                h -> new TicketEvent.Message(h, "With a file", List.of(file)),
                h -> new TicketEvent.TitleUpdate(h, "INC0000045", "Other"),
                h -> new TicketEvent.DescriptionUpdate(h, "Symptom 72", "Symptom 73"),
                h -> new TicketEvent.TagAdded(secret(h), "fire"),
                h -> new TicketEvent.TagRemoved(secret(h), "fire"),
                h -> new TicketEvent.CustomerUpdate(secret(h), ADA, BOB),
                h -> new TicketEvent.FieldAdded(secret(h), "field", JsonValue.of(1)),
                h -> new TicketEvent.FieldRemoved(secret(h), "field", JsonValue.of(1)),
                h -> new TicketEvent.AssignmentAdded(h, TOM),
                h -> new TicketEvent.AssignmentRemoved(h, TOM),
                h -> new TicketEvent.NoteAdded(secret(h), "Odd"),
                h -> new TicketEvent.CustomEvent(h, "escalated", file),
                h -> new TicketEvent.UnknownEvent(h, "unheard-of", file));
        team = new SupportTeam(TicketService.builder(database.connections())
                .eventType(CustomEventType.publicType("escalated", 1))
                .build());
        assertThat(run(ticket(events))).isEqualTo(new Imports.Report(1, 0, List.of()));
        assertThat(team.jane().on(ID).history(PageRequest.oldestFirst(50)).items())
                .isEqualTo(events);
        assertThat(team.tickets().verify(ID).discrepancies()).isEmpty();
        assertThat(team.bob().on(ID).history(PageRequest.oldestFirst(50)).items())
                .extracting(CustomerEvent::type)
                .containsExactly(
                        "message",
                        "title-update",
                        "description-update",
                        "assignment-added",
                        "assignment-removed",
                        "escalated");
    }

    @Test
    void an_event_of_a_private_type_is_private_whatever_it_says() {
        team = new SupportTeam(TicketService.builder(database.connections())
                .eventType(CustomEventType.privateType("fraud-check", 1))
                .build());
        run(ticket(history(
                h -> new TicketEvent.CustomEvent(h, "fraud-check", JsonValue.parse("{}")),
                h -> new TicketEvent.TagAdded(h, "suspect"))));
        assertThat(team.jane().on(ID).history(PageRequest.oldestFirst(50)).items())
                .extracting(TicketEvent::visibility)
                .containsOnly(Visibility.PUBLIC);
        assertThat(team.ada().on(ID).history(PageRequest.oldestFirst(50)).items())
                .isEmpty();
        assertThat(team.ada().on(ID).ticket().version()).isZero();
        assertThat(team.tickets().verify(ID).discrepancies()).isEmpty();
    }

    @Test
    void an_imported_ticket_is_worked_on_as_any_other() {
        run(ticket(history(h -> new TicketEvent.AssignmentAdded(h, TOM))));
        team.tom().on(ID).changeStatus(TicketStatus.PENDING);
        team.ada().on(ID).reply("Hello?");
        assertThat(team.tom().on(ID).ticket().version()).isEqualTo(4);
        assertThat(team.tom().on(ID).ticket().status()).isEqualTo(TicketStatus.OPEN);
    }

    @Test
    void importing_again_doubles_nothing_and_stores_what_came_since() {
        List<TicketEvent> events = history(
                h -> new TicketEvent.AssignmentAdded(h, TOM),
                h -> new TicketEvent.StatusUpdate(h, TicketStatus.NEW, TicketStatus.CLOSED),
                h -> new TicketEvent.StatusUpdate(h, TicketStatus.CLOSED, TicketStatus.OPEN),
                h -> new TicketEvent.AssignmentRemoved(h, TOM),
                h -> new TicketEvent.NoteAdded(secret(h), "Odd"),
                h -> new TicketEvent.StatusUpdate(h, TicketStatus.OPEN, TicketStatus.CLOSED));
        for (int known = 0; known <= events.size(); known++) {
            ImportedTicket soFar = ticket(events.subList(0, known));
            assertThat(run(soFar).imported()).isEqualTo(1);
            assertThat(run(soFar)).isEqualTo(new Imports.Report(0, 1, List.of()));
        }
        assertThat(run(ticket(events.subList(0, 2))).present()).isEqualTo(1);
        assertThat(team.jane().on(ID).history(PageRequest.oldestFirst(50)).items())
                .isEqualTo(events);
        assertThat(database.value("select count(*) from counterfoil.ticket_resolution"))
                .isEqualTo("1");
    }

    @Test
    void a_history_that_differs_from_the_stored_one_is_a_fault() {
        run(ticket(history(h -> new TicketEvent.AssignmentAdded(h, TOM))));
        Imports.Report report = run(ticket(history(h -> new TicketEvent.AssignmentAdded(h, JANE))));
        assertThat(report.faults()).hasToString("[item 0, " + ID + ": events.diverged]");
        assertThat(team.jane().on(ID).ticket().assignedTo()).hasSize(1);
    }

    @Test
    void each_fault_names_item_event_and_member_and_leaves_the_others_alone() {
        TicketEvent.Header tenth = new TicketEvent.Header(UUID.randomUUID(), ID, 10, START, jane(), Visibility.PUBLIC);
        Map<String, List<TicketEvent>> bad = new LinkedHashMap<>();
        bad.put(
                "event 2: created_at.out_of_order",
                history(
                        h -> new TicketEvent.Message(h, "A", List.of()),
                        h -> new TicketEvent.Message(at(h, START.minusSeconds(1)), "B", List.of())));
        bad.put("event 1: seq.out_of_order", List.of(new TicketEvent.Message(tenth, "A", List.of())));
        bad.put(
                "event 1: old_value.not_current",
                history(h -> new TicketEvent.StatusUpdate(h, TicketStatus.OPEN, TicketStatus.CLOSED)));
        bad.put(
                "event 1: new_value.not_current",
                history(h -> new TicketEvent.StatusUpdate(h, TicketStatus.NEW, TicketStatus.NEW)));
        bad.put("event 1: agent_id.not_current", history(h -> new TicketEvent.AssignmentRemoved(h, TOM)));
        bad.put(
                "event 1: old_value.not_current ",
                history(h -> new TicketEvent.FieldRemoved(secret(h), "a", JsonValue.of(1))));
        bad.put("event 1: visibility.must_be_private", history(h -> new TicketEvent.NoteAdded(h, "Public?")));
        bad.put("event 1: content.nul_char", history(h -> new TicketEvent.Message(h, "a\0b", List.of())));
        bad.put("event 1: rating.not_current", history(h -> new TicketEvent.FeedbackSubmitted(customer(h), 5, null)));
        bad.put(
                "event 1: body.not_an_object",
                history(h -> new TicketEvent.UnknownEvent(h, "SLA breach", JsonValue.parse("[1]"))));
        bad.put("event 1: agent_id.unknown", history(h -> new TicketEvent.AssignmentAdded(h, UUID.randomUUID())));
        bad.put(
                "event 1: created_by.unknown",
                history(h -> new TicketEvent.Message(by(h, new Author(BOB, "Bob", "B", Role.AGENT)), "A", List.of())));
        bad.forEach((fault, events) -> {
            UUID other = UUID.randomUUID();
            Imports.Report report = team.tickets()
                    .imports()
                    .run(List.of(ticket(other, List.of()), ticket(events)).iterator());
            assertThat(report.faults()).hasToString("[item 1, " + ID + ", " + fault.strip() + "]");
            assertThat(report.imported()).isEqualTo(1);
        });
        assertThat(database.value("select count(*) from counterfoil.ticket where id = '" + ID + "'"))
                .isEqualTo("0");
    }

    @Test
    void unknown_events_are_kept_as_they_are_and_no_customer_sees_them() {
        JsonValue body = JsonValue.parse("{\"SLA breached\": true, \"by\": {\"minutes\": 12.50}}");
        List<TicketEvent> events = history(h -> new TicketEvent.UnknownEvent(h, "SLA breach", body));
        assertThat(run(ticket(events)).faults()).isEmpty();
        assertThat(team.jane().on(ID).history(PageRequest.oldestFirst(50)).items())
                .isEqualTo(events);
        assertThat(team.ada().on(ID).history(PageRequest.oldestFirst(50)).items())
                .isEmpty();
        assertThat(team.ada().on(ID).ticket().version()).isZero();
    }

    @Test
    void texts_of_any_kind_come_back_byte_for_byte() {
        List<String> texts = List.of(
                "",
                " ",
                "\u0001\u0007\u001b\u007f\u0085\u2028",
                "e\u0301 é",
                "😀🏳️‍🌈",
                "\ufeff\ufffe",
                "\u202e reversed",
                "مرحبا",
                "=cmd|' /C calc'!A0",
                "<script>alert(1)</script>",
                "\\u0000 \\ %s ${x} '; drop table x; --",
                "x".repeat(300_000));
        List<TicketEvent> events = new ArrayList<>();
        IntStream.range(0, texts.size())
                .forEach(i -> events.add(new TicketEvent.Message(header(i + 1), texts.get(i), List.of())));
        assertThat(run(ticket(events)).faults()).isEmpty();
        assertThat(team.jane().on(ID).history(PageRequest.oldestFirst(50)).items())
                .isEqualTo(events);
        assertThat(team.ada().on(ID).history(PageRequest.oldestFirst(50)).items())
                .extracting(event -> ((CustomerEvent.Message) event).content())
                .isEqualTo(texts);
    }

    @Test
    void many_tickets_are_imported_in_batches() {
        List<ImportedTicket> tickets = IntStream.range(0, 450)
                .mapToObj(i -> ticket(UUID.randomUUID(), List.of()))
                .toList();
        assertThat(team.tickets().imports().run(tickets.iterator()).imported()).isEqualTo(450);
        assertThat(database.value("select count(*) from counterfoil.tickets")).isEqualTo("450");
    }

    private Imports.Report run(ImportedTicket ticket) {
        return team.tickets().imports().run(List.of(ticket).iterator());
    }

    private static ImportedTicket ticket(List<TicketEvent> events) {
        return ticket(ID, events);
    }

    private static ImportedTicket ticket(UUID id, List<TicketEvent> events) {
        NewTicket start = NewTicket.of("INC0000045", "Symptom 72").channel("phone");
        return ImportedTicket.of(id, start, ADA, START).events(events);
    }

    @SafeVarargs
    private static List<TicketEvent> history(Function<TicketEvent.Header, TicketEvent>... events) {
        return IntStream.range(0, events.length)
                .mapToObj(i -> events[i].apply(header(i + 1)))
                .toList();
    }

    private static TicketEvent.Header header(int seq) {
        UUID id = new UUID(0x2000000000004000L, 0x8000000000000000L + seq);
        return new TicketEvent.Header(id, ID, seq, START.plus(Duration.ofMinutes(seq)), jane(), Visibility.PUBLIC);
    }

    private static Author jane() {
        return new Author(JANE, "Jane", "Smith", Role.AGENT);
    }

    private static TicketEvent.Header customer(TicketEvent.Header h) {
        return by(h, new Author(ADA, "Ada", "Lovelace", Role.CUSTOMER));
    }

    private static TicketEvent.Header by(TicketEvent.Header h, Author author) {
        return new TicketEvent.Header(h.id(), h.ticketId(), h.seq(), h.createdAt(), author, h.visibility());
    }

    private static TicketEvent.Header secret(TicketEvent.Header h) {
        return new TicketEvent.Header(h.id(), h.ticketId(), h.seq(), h.createdAt(), h.author(), Visibility.PRIVATE);
    }

    private static TicketEvent.Header at(TicketEvent.Header h, Instant at) {
        return new TicketEvent.Header(h.id(), h.ticketId(), h.seq(), at, h.author(), h.visibility());
    }
}
