package io.github.counterfoil.desk;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.EVE;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static io.github.counterfoil.testing.SupportTeam.TOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.command.Command;
import io.github.counterfoil.desk.Attachments.Attachment;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.NotAllowed;
import io.github.counterfoil.error.TicketNotFound;
import io.github.counterfoil.error.UnsuitableConnection;
import io.github.counterfoil.event.CustomerEvent;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.testing.FilesInMemory;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.NewTicket;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A file is opened by who may see the message that names it, and by nobody else, whatever they know. */
@Tag("storage")
class AttachmentsTest {
    private static final int MOST = 1_000;
    private static final Duration DAY = Duration.ofDays(1);

    private static TestDatabase database;
    private static FilesInMemory store;
    private static TicketService tickets;
    private static SupportTeam team;

    @BeforeAll
    static void begin() {
        database = TestDatabase.withSchema();
        store = new FilesInMemory();
        tickets = TicketService.builder(database.connections())
                .attachments(store, MOST)
                .build();
        team = SupportTeam.registered(tickets);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Attachment adas(UUID ticket) {
        return team.ada().on(ticket).attachments().add("burnt.png", "image/png", bytes("smoke"));
    }

    private static void age() {
        database.behindTheGuards("update counterfoil.attachment set created_at = created_at - interval '2 days'");
    }

    private static void assertNobodyOpens(UUID ticket, UUID id) {
        assertThat(team.ada().on(ticket).attachments().open(id)).isEmpty();
        assertThat(team.bob().on(ticket).attachments().open(id)).isEmpty();
        assertThat(team.jane().on(ticket).attachments().open(id)).isEmpty();
    }

    @Test
    void a_file_is_measured_named_by_a_reply_and_opened_by_both_sides() throws IOException {
        UUID ticket = team.ticket();
        Attachment file = adas(ticket);
        UUID command = UUID.randomUUID();
        Command.Reply reply =
                Command.reply("Look", List.of(JsonValue.parse("{\"host\":1}"))).with(List.of(file.id()));
        var stored = team.ada().on(ticket).once(command).apply(reply);
        var again = team.ada().on(ticket).once(command).apply(reply);

        assertThat(file.size()).isEqualTo(5);
        assertThat(file.sha256()).isEqualTo("04d588cb41b8022d1233924f0fe8280d9e2bb92cdc81658eb102ef9c42fc9452");
        assertThat(again.events()).isEqualTo(stored.events());
        assertThat(((CustomerEvent.Message) stored.events().get(0)).attachments())
                .containsExactly(
                        JsonValue.parse("{\"host\":1}"),
                        JsonValue.parse("{\"id\":\"" + file.id()
                                + "\",\"name\":\"burnt.png\",\"type\":\"image/png\",\"size\":5,\"sha256\":\""
                                + file.sha256() + "\"}"));
        for (Attachments side : List.of(
                team.ada().on(ticket).attachments(), team.jane().on(ticket).attachments())) {
            Attachments.Content content = side.open(file.id()).orElseThrow();
            assertThat(content.attachment()).isEqualTo(file);
            assertThat(content.stream().readAllBytes()).asString().isEqualTo("smoke");
        }
        assertThat(tickets.verify(ticket).discrepancies()).isEmpty();
    }

    @Test
    void a_link_is_never_enough() {
        UUID ticket = team.ticket();
        UUID other = team.ticket();
        Attachment file = adas(ticket);
        assertNobodyOpens(ticket, file.id());
        team.ada().on(ticket).apply(Command.reply("Look").with(List.of(file.id())));

        assertThat(team.bob().on(ticket).attachments().open(file.id())).isEmpty();
        assertNobodyOpens(other, file.id());
        assertNobodyOpens(ticket, UUID.randomUUID());
        assertThatThrownBy(() -> tickets.agent(ADA).on(ticket).attachments().open(file.id()))
                .isInstanceOf(NotAllowed.class);
    }

    @Test
    void only_who_uploaded_a_file_can_name_it_once_and_in_its_ticket() {
        UUID ticket = team.ticket();
        UUID other = team.ticket();
        Attachment file = adas(ticket);
        Stream.<Runnable>of(
                        () -> team.jane().on(ticket).apply(Command.reply("Mine").with(List.of(file.id()))),
                        () -> team.ada().on(other).apply(Command.reply("There").with(List.of(file.id()))),
                        () -> team.ada().on(ticket).apply(Command.reply("None").with(List.of(UUID.randomUUID()))),
                        () -> team.ada()
                                .on(ticket)
                                .apply(Command.reply("Half").with(List.of(file.id(), UUID.randomUUID()))))
                .forEach(call -> assertThatThrownBy(call::run).hasMessageContaining("uploads.unknown"));

        team.ada().on(ticket).apply(Command.reply("Look").with(List.of(file.id())));
        assertThatThrownBy(
                        () -> team.ada().on(ticket).apply(Command.reply("Again").with(List.of(file.id()))))
                .isInstanceOf(InvalidInput.class);
        assertThat(team.jane().on(ticket).ticket().version()).isEqualTo(1);
    }

    @Test
    void what_of_several_commands_is_refused_leaves_the_file_unnamed() {
        UUID ticket = team.ticket();
        Attachment file = adas(ticket);
        assertThatThrownBy(() -> team.ada()
                        .on(ticket)
                        .apply(
                                Command.reply("First").with(List.of(file.id())),
                                Command.reply("Second").with(List.of(UUID.randomUUID()))))
                .hasMessageContaining("commands[1].uploads.unknown");
        assertThat(team.ada()
                        .on(ticket)
                        .apply(Command.reply("Third").with(List.of(file.id())))
                        .events())
                .hasSize(1);
    }

    @Test
    void an_object_of_the_hosts_with_the_id_of_a_file_opens_nothing() {
        UUID ticket = team.ticket();
        Attachment file = adas(ticket);
        JsonValue forged = JsonValue.parse("{\"id\":\"" + file.id()
                + "\",\"name\":\"a\",\"type\":\"a/a\",\"size\":5,\"sha256\":\"" + file.sha256() + "\"}");
        UUID bobs = team.bob().open(NewTicket.of("Mine", "All")).id();
        team.bob().on(bobs).reply("Forged", List.of(forged));
        team.ada().on(ticket).reply("Forged", List.of(forged));
        assertThat(team.bob().on(bobs).attachments().open(file.id())).isEmpty();
        assertNobodyOpens(ticket, file.id());

        team.ada().on(ticket).apply(Command.reply("Look").with(List.of(file.id())));
        assertThat(team.bob().on(bobs).attachments().open(file.id())).isEmpty();
    }

    @Test
    void a_file_that_was_redacted_or_purged_is_out_of_reach_at_once_and_swept_from_the_store() {
        UUID ticket = team.ticket();
        UUID purged = team.ticket();
        Attachment redacted = adas(ticket);
        Attachment kept = adas(ticket);
        Attachment taken = adas(purged);
        UUID event = team.ada()
                .on(ticket)
                .apply(Command.reply("Look").with(List.of(redacted.id(), kept.id())))
                .events()
                .get(0)
                .header()
                .id();
        team.ada().on(purged).apply(Command.reply("Look").with(List.of(taken.id())));
        tickets.admin(EVE).redactions().redact(ticket, Redaction.of(event, "attachments[0]"));
        tickets.admin(EVE).purge(purged);

        assertNobodyOpens(ticket, redacted.id());
        assertThat(team.ada().on(ticket).attachments().open(kept.id())).isPresent();
        tickets.attachments().sweep(DAY, 100);
        assertThat(store.files()).containsKey(kept.id()).doesNotContainKeys(redacted.id(), taken.id());
        assertThat(database.value("select count(*) from counterfoil.attachment where gone"))
                .isEqualTo("0");
    }

    @Test
    void what_no_reply_named_is_swept_and_what_the_store_will_not_delete_is_tried_again_after_the_others() {
        UUID ticket = team.ticket();
        age();
        tickets.attachments().sweep(DAY, 1_000);
        Attachment stuck = adas(ticket);
        age();
        store.stuck().add(stuck.id());
        assertThat(tickets.attachments().sweep(DAY, 1)).isEqualTo(new AttachmentSweep.Swept(0, 1));
        Attachment old = adas(ticket);
        age();
        Attachment young = adas(ticket);

        assertThat(tickets.attachments().sweep(DAY, 1)).isEqualTo(new AttachmentSweep.Swept(1, 0));
        assertThat(tickets.attachments().sweep(DAY, 1)).isEqualTo(new AttachmentSweep.Swept(0, 1));
        assertThat(store.files()).containsKeys(stuck.id(), young.id()).doesNotContainKey(old.id());
        assertThatThrownBy(
                        () -> team.ada().on(ticket).apply(Command.reply("Late").with(List.of(stuck.id()))))
                .isInstanceOf(InvalidInput.class);
        store.stuck().clear();
        assertThat(tickets.attachments().sweep(DAY, 100)).isEqualTo(new AttachmentSweep.Swept(1, 0));
        assertThat(tickets.attachments().sweep(DAY, 100)).isEqualTo(new AttachmentSweep.Swept(0, 0));
        assertThat(team.ada()
                        .on(ticket)
                        .apply(Command.reply("Look").with(List.of(young.id())))
                        .events())
                .hasSize(1);
    }

    @Test
    void within_a_transaction_of_the_hosts_a_store_that_knows_nothing_of_it_is_asked_for_nothing() throws SQLException {
        UUID ticket = team.ticket();
        Attachment old = adas(ticket);
        age();
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            TicketService inside = tickets.joining(connection);
            for (Runnable call : List.<Runnable>of(
                    () -> inside.attachments().sweep(DAY, 100),
                    () -> inside.customer(ADA)
                            .on(ticket)
                            .attachments()
                            .add("a", "a/b", InputStream.nullInputStream()))) {
                assertThatThrownBy(call::run)
                        .isInstanceOfSatisfying(
                                UnsuitableConnection.class,
                                e -> assertThat(e.code()).isEqualTo("connection.in_transaction"));
            }
            inside.customer(ADA).on(ticket).apply(Command.reply("Look").with(List.of(old.id())));
            connection.rollback();
        }
        assertThat(store.files()).containsKey(old.id());
        assertThat(team.ada()
                        .on(ticket)
                        .apply(Command.reply("Look").with(List.of(old.id())))
                        .events())
                .hasSize(1);
    }

    @Test
    void an_object_of_the_hosts_does_not_pass_for_a_file_of_the_same_message() {
        UUID ticket = team.ticket();
        Attachment file = adas(ticket);
        JsonValue forged = JsonValue.parse("{\"id\": \"" + file.id() + "\"}");
        assertThatThrownBy(() -> team.ada()
                        .on(ticket)
                        .apply(Command.reply("Look", List.of(forged)).with(List.of(file.id()))))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("attachments[0].duplicate");
    }

    @Test
    void what_is_purged_while_it_comes_in_is_deleted_after_the_last_byte_has_come() {
        UUID ticket = team.ticket();
        Set<UUID> before = Set.copyOf(store.files().keySet());
        InputStream purging = new InputStream() {
            private boolean purged;

            @Override
            public int read() {
                if (!purged) {
                    purged = true;
                    tickets.admin(EVE).purge(ticket);
                    tickets.attachments().sweep(DAY, 1_000);
                    return 1;
                }
                return -1;
            }
        };
        String late = "select count(*) from counterfoil.attachment where ticket = '" + ticket + "'";
        assertThatThrownBy(() -> team.ada().on(ticket).attachments().add("a", "a/b", purging))
                .isInstanceOf(TicketNotFound.class);
        assertThat(store.files()).containsOnlyKeys(before);
        assertThat(database.value(late))
                .as("what a node that died would have left is found")
                .isEqualTo("1");
        age();
        tickets.attachments().sweep(DAY, 1_000);
        assertThat(database.value(late)).isEqualTo("0");
    }

    @Test
    void names_types_and_sizes_beyond_the_limits_are_refused() {
        UUID ticket = team.ticket();
        Attachments files = team.ada().on(ticket).attachments();
        for (String name : new String[] {
            null, "", ".", "..", "../../x", "C:\\x", "a\0.png", "a\r\nb", "\uD800", "x".repeat(256), "é".repeat(128)
        }) {
            assertThatThrownBy(() -> files.add(name, "text/plain", bytes("x")))
                    .isInstanceOfSatisfying(
                            InvalidInput.class,
                            e -> assertThat(e.faults().get(0).field()).isEqualTo("name"));
        }
        for (String type : new String[] {
            null, "", "text", "text/html; charset=utf-8\r\nX: y", "text/html\n", "a/" + "b".repeat(126)
        }) {
            assertThatThrownBy(() -> files.add("x", type, bytes("x")))
                    .isInstanceOfSatisfying(
                            InvalidInput.class,
                            e -> assertThat(e.faults().get(0).field()).isEqualTo("type"));
        }
        assertThatThrownBy(() -> files.add("x", "text/plain", bytes("x".repeat(MOST + 1))))
                .hasMessageContaining("content.too_large");
        assertThat(files.add("x".repeat(255), "text/plain", bytes("x".repeat(MOST)))
                        .size())
                .isEqualTo(MOST);
        List<UUID> many = Stream.generate(UUID::randomUUID).limit(21).toList();
        assertThatThrownBy(
                        () -> team.ada().on(ticket).apply(Command.reply("Many").with(many)))
                .hasMessageContaining("uploads.too_many");
        UUID one = UUID.randomUUID();
        assertThatThrownBy(
                        () -> team.ada().on(ticket).apply(Command.reply("Twice").with(List.of(one, one))))
                .hasMessageContaining("uploads.duplicate");
    }

    @Test
    void who_may_not_see_a_ticket_uploads_nothing_for_it_and_nothing_reaches_the_store() {
        UUID ticket = team.ticket();
        int before = store.files().size();
        assertThatThrownBy(() -> team.bob().on(ticket).attachments().add("x", "a/b", bytes("x")))
                .isInstanceOf(TicketNotFound.class);
        assertThatThrownBy(() -> tickets.customer(JANE).on(ticket).attachments().add("x", "a/b", bytes("x")))
                .isInstanceOf(NotAllowed.class);
        assertThatThrownBy(() -> new SupportTeam(database.service())
                        .jane()
                        .on(ticket)
                        .attachments()
                        .open(TOM))
                .hasMessageContaining("attachments.no_store");
        assertThat(store.files()).hasSize(before);
    }

    @Test
    void a_stream_that_breaks_leaves_nothing_to_name_and_what_is_left_is_swept() {
        UUID ticket = team.ticket();
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("gone");
            }
        };
        assertThatThrownBy(() -> team.ada().on(ticket).attachments().add("x", "a/b", broken))
                .isInstanceOf(UncheckedIOException.class);
        age();
        assertThat(tickets.attachments().sweep(DAY, 100).deleted()).isPositive();
    }
}
