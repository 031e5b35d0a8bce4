package io.github.counterfoil.document;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.BOB;
import static io.github.counterfoil.testing.SupportTeam.EVE;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static io.github.counterfoil.testing.SupportTeam.TOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.command.Command;
import io.github.counterfoil.event.CustomEventType;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.people.AgentDisplay;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Participants;
import io.github.counterfoil.ticket.Priority;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything of a person's, as they may have it. */
@Tag("storage")
class PersonExportTest {
    private static final CustomEventType ESCALATED =
            CustomEventType.publicType("escalated", 1).showing("level");

    @AutoClose
    private final TestDatabase database = TestDatabase.withSchema();

    private final SupportTeam team = SupportTeam.registered(TicketService.builder(database.connections())
            .agentDisplay(AgentDisplay.firstNames())
            .eventType(ESCALATED)
            .build());
    private final Documents documents = team.tickets().documents();

    @Test
    void a_customer_gets_all_that_their_desk_shows_and_nothing_of_the_staffs() throws IOException {
        UUID id = worked();
        team.bob().open(NewTicket.of("Of another", "Other"));

        String text = customer(ADA);
        assertThat(text)
                .contains(
                        "Printer on fire", "It burns.", "Hello?", "Yes?", "a.txt", "Rather good", "Was title", "level")
                .doesNotContain("Secret", "secret", "Of another", "Smith", "Jones", JANE.toString(), TOM.toString());
        Map<String, JsonValue> export = JsonValue.parse(text).members();
        assertThat(export.keySet()).containsExactlyInAnyOrder("customer", "tickets", "events", "read", "references");
        assertThat(export.get("customer").members().keySet())
                .containsExactlyInAnyOrder(
                        "id", "email", "first_name", "last_name", "communication_channels", "preferred_language");
        Map<String, JsonValue> ticket = export.get("tickets").elements().get(0).members();
        assertThat(ticket.get("id").string()).isEqualTo(id.toString());
        assertThat(ticket.get("assigned_to")).isEqualTo(JsonValue.parse("[\"Tom\"]"));
        assertThat(ticket.get("feedback").members().get("comment").string()).isEqualTo("Rather good");
        assertThat(types(ticket.get("ticket_history").members().get("events")))
                .containsExactly(
                        "title-update",
                        "description-update",
                        "priority-update",
                        "message",
                        "assignment-added",
                        "status-update",
                        "message",
                        "escalated",
                        "assignment-removed",
                        "assignment-added",
                        "status-update",
                        "feedback-submitted");
    }

    @Test
    void of_a_ticket_in_which_a_customer_takes_part_they_get_what_they_wrote() throws IOException {
        UUID own = team.bob().open(NewTicket.of("Bob's own", "Text")).id();
        UUID id = team.ticket();
        team.jane().on(id).addParticipant(BOB, Participants.Kind.REQUESTER);
        team.ada().on(id).reply("From Ada");
        team.bob().on(id).reply("From Bob", List.of(JsonValue.parse("{\"name\": \"a\", \"private\": {\"b\": 1}}")));
        team.bob().on(id).close();
        JsonValue export = JsonValue.parse(customer(BOB));
        assertThat(export.members().get("tickets").elements())
                .extracting(one -> one.members().get("id").string())
                .containsExactly(own.toString());
        assertThat(export.members().get("events").elements())
                .allMatch(event -> event.members().get("ticket_id").string().equals(id.toString()))
                .extracting(event -> event.members().get("type").string())
                .containsExactly("message", "status-update");
        assertThat(export.text()).doesNotContain("From Ada", "Printer", "ada@", "private\"");
        team.jane().on(id).removeParticipant(BOB);
        assertThat(customer(BOB)).as("what they wrote stays theirs").contains("From Bob");
        assertThat(customer(ADA)).contains("From Bob", "Printer").doesNotContain("bob@", BOB.toString());
    }

    @Test
    void what_a_person_marked_as_read_is_theirs_as_their_side_counts() throws IOException {
        UUID id = worked();
        UUID other = team.bob().open(NewTicket.of("Of another", "Other")).id();
        team.ada().on(id).markRead();
        team.bob().on(other).markRead();
        team.tom().on(id).markRead();
        team.tom().on(other).markRead();
        int shown = team.ada().on(id).ticket().version();
        int whole = team.tom().on(id).ticket().version();
        assertThat(shown).isLessThan(whole);
        assertThat(JsonValue.parse(customer(ADA)).members().get("read"))
                .isEqualTo(JsonValue.parse("[{\"ticket_id\": \"%s\", \"version\": %d}]".formatted(id, shown)));
        StringWriter out = new StringWriter();
        documents.writeWorker(TOM, out);
        assertThat(JsonValue.parse(out.toString()).members().get("read").elements())
                .containsExactlyInAnyOrder(
                        JsonValue.parse("{\"ticket_id\": \"%s\", \"version\": %d}".formatted(id, whole)),
                        JsonValue.parse("{\"ticket_id\": \"%s\", \"version\": 0}".formatted(other)));
    }

    /** Of the members that both have, each is as the documented view shows it. */
    @Test
    void its_shapes_are_the_documented_ones() throws IOException {
        UUID id = worked();
        Map<String, JsonValue> document = documents.ticket(id).orElseThrow().members();
        Map<String, JsonValue> ticket = JsonValue.parse(customer(ADA))
                .members()
                .get("tickets")
                .elements()
                .get(0)
                .members();
        for (String member : List.of(
                "id", "title", "description", "status", "priority", "source_channel", "created_at", "feedback")) {
            assertThat(ticket.get(member)).as(member).isEqualTo(document.get(member));
        }
        Map<String, JsonValue> stored = document.get("ticket_history").members().get("events").elements().stream()
                .collect(Collectors.toMap(event -> event.members().get("id").string(), event -> event));
        for (JsonValue event :
                ticket.get("ticket_history").members().get("events").elements()) {
            Map<String, JsonValue> original =
                    stored.get(event.members().get("id").string()).members();
            event.members().forEach((name, value) -> {
                if (original.containsKey(name) && !name.equals("created_at")) {
                    assertThat(value).as(name).isEqualTo(original.get(name));
                }
            });
        }
    }

    @Test
    void a_worker_gets_their_row_and_all_that_they_did() throws IOException {
        UUID id = worked();
        StringWriter out = new StringWriter();
        assertThat(documents.writeWorker(TOM, out)).isTrue();
        Map<String, JsonValue> export = JsonValue.parse(out.toString()).members();
        assertThat(export.get("worker")).isEqualTo(documents.worker(TOM).orElseThrow());
        assertThat(types(export.get("events"))).containsExactly("message", "note-added");
        assertThat(export.get("events").elements())
                .allSatisfy(event ->
                        assertThat(event.members().get("ticket_id").string()).isEqualTo(id.toString()));
        assertThat(out.toString()).contains("Secret note", "\"created_by_last_name\": \"Jones\"");
    }

    @Test
    void what_needs_many_pages_is_complete() throws IOException {
        UUID id = team.ticket();
        for (int batch = 0; batch < 9; batch++) {
            team.jane().on(id).apply(Collections.<Command>nCopies(50, Command.reply("Text")));
        }
        for (int other = 0; other < 205; other++) {
            team.ada().open(NewTicket.of("Title", "Text"));
        }
        database.execute("set counterfoil.command = 'on';"
                + " insert into counterfoil.ticket_read (ticket_id, viewer_id, role, seq)"
                + " select gen_random_uuid(), '" + JANE + "', 'agent', n from generate_series(1, 2001) n;"
                + " reset counterfoil.command");
        JsonValue tickets = JsonValue.parse(customer(ADA)).members().get("tickets");
        assertThat(tickets.elements()).hasSize(206);
        assertThat(tickets.elements()
                        .get(0)
                        .members()
                        .get("ticket_history")
                        .members()
                        .get("events")
                        .elements())
                .hasSize(450);
        StringWriter out = new StringWriter();
        documents.writeWorker(JANE, out);
        Map<String, JsonValue> worker = JsonValue.parse(out.toString()).members();
        assertThat(worker.get("events").elements()).hasSize(450);
        assertThat(worker.get("read").elements()).hasSize(2001).doesNotHaveDuplicates();
    }

    @Test
    void it_goes_to_a_file(@TempDir Path folder) throws IOException {
        worked();
        TicketService tickets = team.tickets();
        UUID adaId = ADA;
        Path file = folder.resolve("ada.json");
        // region: export
        try (Writer out = Files.newBufferedWriter(file)) {
            tickets.documents().writeCustomer(adaId, out);
        }
        // endregion
        assertThat(Files.readString(file)).isEqualTo(customer(ADA));
    }

    @Test
    void nobody_is_nothing() throws IOException {
        StringWriter out = new StringWriter();
        assertThat(documents.writeCustomer(TOM, out)).isFalse();
        assertThat(documents.writeWorker(ADA, out)).isFalse();
        assertThat(out.toString()).isEmpty();
    }

    /** Somebody changes everything as soon as the first character is written. */
    @Test
    void it_is_as_it_was_at_one_moment() throws IOException {
        UUID id = team.ticket();
        team.ada().on(id).reply("Before");
        Runnable change = () -> {
            team.ada().on(id).reply("Afterwards");
            team.ada().open(NewTicket.of("Afterwards", "Text"));
            team.tickets().admin(EVE).erase(ADA);
            team.tickets().admin(EVE).purge(id, UUID.randomUUID());
        };
        StringWriter ticket = new StringWriter();
        StringWriter customer = new StringWriter();
        documents.writeTicket(id, new FirstWrite(ticket, () -> {
            try {
                documents.writeCustomer(ADA, new FirstWrite(customer, change));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));
        assertThat(JsonValue.parse(ticket.toString()).text()).contains("Before").doesNotContain("Afterwards", "Erased");
        assertThat(JsonValue.parse(customer.toString()).text())
                .contains("Before", "Lovelace")
                .doesNotContain("Afterwards", "Erased");
        assertThat(customer(ADA)).doesNotContain("Before", "Lovelace");
    }

    @Test
    void what_the_writer_throws_is_the_hosts_own() {
        IOException full = new IOException("full");
        assertThatThrownBy(() -> documents.writeCustomer(ADA, new FirstWrite(Writer.nullWriter(), () -> {
                    throw new UncheckedIOException(full);
                })))
                .isInstanceOf(UncheckedIOException.class)
                .hasCause(full);
        Writer closed = new Writer() {
            @Override
            public void write(char[] text, int from, int length) throws IOException {
                throw full;
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        assertThatThrownBy(() -> documents.writeWorker(TOM, closed)).isSameAs(full);
    }

    @Test
    void in_a_transaction_of_the_hosts_it_shows_what_that_has_done() throws IOException, SQLException {
        try (Connection transaction = database.dataSource().getConnection()) {
            transaction.setAutoCommit(false);
            TicketService joined = team.tickets().joining(transaction);
            joined.customer(BOB).open(NewTicket.of("Not yet", "Text"));
            StringWriter out = new StringWriter();
            joined.documents().writeCustomer(BOB, out);
            assertThat(out.toString()).contains("Not yet");
            transaction.rollback();
        }
        assertThat(customer(BOB)).doesNotContain("Not yet");
    }

    /** A ticket with an event of every kind. */
    private UUID worked() {
        UUID id = team.ada()
                .open(NewTicket.of("Was title", "Was text").channel("web"))
                .id();
        team.jane()
                .on(id)
                .apply(
                        Command.changeTitle("Printer on fire"),
                        Command.changeDescription("It burns."),
                        Command.changePriority(Priority.HIGH),
                        Command.tag("Secret tag"),
                        Command.setField("secret", JsonValue.of("Secret value")));
        team.ada().on(id).reply("Hello?", List.of(JsonValue.parse("{\"name\": \"a.txt\"}")));
        team.jane().on(id).assign(JANE);
        team.tom().on(id).reply("Yes?");
        team.tom().on(id).note("Secret note");
        team.jane().on(id).record(ESCALATED, JsonValue.parse("{\"level\": 2}"));
        team.jane().on(id).unassign(JANE);
        team.jane().on(id).assign(TOM);
        team.jane().on(id).close();
        team.ada().on(id).rate(4, "Rather good");
        return id;
    }

    private static List<String> types(JsonValue events) {
        return events.elements().stream()
                .map(event -> event.members().get("type").string())
                .toList();
    }

    private String customer(UUID id) throws IOException {
        StringWriter out = new StringWriter();
        documents.writeCustomer(id, out);
        return out.toString();
    }

    /** Does something when the first character comes. */
    private static final class FirstWrite extends Writer {
        private final Writer out;
        private final Runnable first;
        private boolean begun;

        FirstWrite(Writer out, Runnable first) {
            this.out = out;
            this.first = first;
        }

        @Override
        public void write(char[] text, int from, int length) throws IOException {
            if (!begun) {
                begun = true;
                first.run();
            }
            out.write(text, from, length);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
