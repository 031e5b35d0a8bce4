package io.github.counterfoil.desk;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.EVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.command.Command;
import io.github.counterfoil.desk.Attachments.Attachment;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.event.Author;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.people.NewCustomer;
import io.github.counterfoil.spi.AttachmentStore;
import io.github.counterfoil.testing.Background;
import io.github.counterfoil.testing.FilesInMemory;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.testing.TextSearch;
import io.github.counterfoil.ticket.NewTicket;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Files where streams break, stores fail, ids are forged, people are erased and tickets purged. */
@Tag("storage")
class AttachmentFaultsTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Instant PAST = Instant.parse("2026-01-01T00:00:00Z");

    @AutoClose
    private final TestDatabase database = TestDatabase.withSchema();

    private final FilesInMemory store = new FilesInMemory();
    private final TicketService tickets = TicketService.builder(database.connections())
            .attachments(store, 1_000)
            .build();
    private final SupportTeam team = SupportTeam.registered(tickets);

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static InputStream broken() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("gone");
            }
        };
    }

    private Attachment uploaded(UUID ticket) {
        return team.ada().on(ticket).attachments().add("burnt.png", "image/png", bytes("smoke"));
    }

    /** Uploaded by Ada, and named by a reply of hers. */
    private Attachment named(UUID ticket) {
        Attachment file = uploaded(ticket);
        team.ada().on(ticket).apply(Command.reply("Look").with(List.of(file.id())));
        return file;
    }

    private void assertGone(UUID ticket, Attachment file) {
        assertThat(team.jane().on(ticket).attachments().open(file.id())).isEmpty();
        assertThat(team.bob().on(ticket).attachments().open(file.id())).isEmpty();
        assertThat(store.files()).containsKey(file.id());
        assertThat(tickets.attachments().sweep(DAY, 100)).isEqualTo(new AttachmentSweep.Swept(1, 0));
        assertThat(store.files()).doesNotContainKey(file.id());
        assertThat(rows()).isEqualTo("0");
    }

    private String rows() {
        return database.value("select count(*) from counterfoil.attachment");
    }

    private void age() {
        database.behindTheGuards("update counterfoil.attachment set created_at = created_at - interval '2 days'");
    }

    @Test
    void a_message_from_elsewhere_with_the_id_of_a_file_opens_and_binds_nothing() {
        UUID ticket = team.ticket();
        Attachment unnamed = uploaded(ticket);
        Attachment named = named(ticket);
        for (Attachment file : List.of(unnamed, named)) {
            JsonValue forged = JsonValue.parse("{\"id\":\"" + file.id()
                    + "\",\"name\":\"a\",\"type\":\"a/a\",\"size\":5,\"sha256\":\"" + file.sha256() + "\"}");
            UUID id = UUID.randomUUID();
            Author bob = new Author(SupportTeam.BOB, "Bob", "Babbage", Role.CUSTOMER);
            TicketEvent.Header header = new TicketEvent.Header(UUID.randomUUID(), id, 1, PAST, bob, Visibility.PUBLIC);
            assertThat(tickets.imports()
                            .run(List.of(ImportedTicket.of(id, NewTicket.of("Title", "Text"), SupportTeam.BOB, PAST)
                                            .events(List.of(new TicketEvent.Message(header, "Mine", List.of(forged)))))
                                    .iterator())
                            .faults())
                    .isEmpty();
            UUID other = UUID.randomUUID();
            String document = tickets.documents().ticket(id).orElseThrow().text();
            assertThat(document).contains(file.id().toString());
            assertThat(tickets.documents()
                            .importTickets(List.of(JsonValue.parse(document.replace(id.toString(), other.toString())
                                            .replace(
                                                    header.id().toString(),
                                                    UUID.randomUUID().toString())
                                            .replaceFirst(
                                                    "\"counterfoil_number\": ?\\d+", "\"counterfoil_number\": null")))
                                    .iterator())
                            .imported())
                    .isEqualTo(1);
            for (UUID bobs : List.of(id, other)) {
                assertThat(team.bob().on(bobs).attachments().open(file.id())).isEmpty();
                assertThat(team.jane().on(bobs).attachments().open(file.id())).isEmpty();
            }
        }
        assertThat(team.ada()
                        .on(ticket)
                        .apply(Command.reply("Still mine").with(List.of(unnamed.id())))
                        .events())
                .hasSize(1);
    }

    @Test
    void redacting_all_that_a_person_wrote_takes_their_files() {
        UUID ticket = team.ticket();
        Attachment file = named(ticket);
        tickets.admin(EVE).redactions().redactAll(ADA);
        assertThat(team.ada().on(ticket).attachments().open(file.id())).isEmpty();
        assertGone(ticket, file);
    }

    @Test
    void erasing_a_person_takes_what_they_uploaded_and_named_nowhere() {
        UUID customer = UUID.randomUUID();
        tickets.people().registerCustomer(NewCustomer.of(customer, "c@example.com", "Carl", "Gauss"));
        UUID ticket =
                tickets.customer(customer).open(NewTicket.of("Title", "Text")).id();
        Attachment file = tickets.customer(customer).on(ticket).attachments().add("quetzal.png", "a/b", bytes("x"));
        tickets.admin(EVE).erase(customer);
        assertThat(TextSearch.tables(database, "quetzal")).isEmpty();
        assertGone(ticket, file);
    }

    @Test
    void retention_takes_the_files_of_what_it_purges_and_leaves_nothing_of_them() {
        UUID ticket = team.ticket();
        Attachment file = team.ada().on(ticket).attachments().add("quetzal.png", "a/zeisig", bytes("kolibri"));
        team.ada().on(ticket).apply(Command.reply("Look").with(List.of(file.id())));
        team.jane().on(ticket).close();
        for (String canary : List.of("quetzal", "zeisig", file.sha256())) {
            assertThat(TextSearch.hostsTables(database, canary)).isNotEmpty();
        }
        tickets.admin(EVE).purgeClosed(Instant.now().plusSeconds(60), 10);
        database.execute("analyze");
        for (String canary : List.of("quetzal", "zeisig", file.sha256())) {
            assertThat(TextSearch.tables(database, canary)).isEmpty();
        }
        assertGone(ticket, file);
        assertThat(TextSearch.tables(database, file.id().toString())).isEmpty();
    }

    @Test
    void a_stream_that_breaks_in_the_middle_leaves_nothing_to_name() {
        UUID ticket = team.ticket();
        assertThatThrownBy(() -> team.ada()
                        .on(ticket)
                        .attachments()
                        .add("x", "a/b", new SequenceInputStream(bytes("half"), broken())))
                .isInstanceOf(UncheckedIOException.class);
        UUID begun = UUID.fromString(database.value("select id from counterfoil.attachment"));
        assertThatThrownBy(
                        () -> team.ada().on(ticket).apply(Command.reply("Half").with(List.of(begun))))
                .hasMessageContaining("uploads.unknown");
        age();
        assertThat(tickets.attachments().sweep(DAY, 100).deleted()).isEqualTo(1);
        assertThat(rows()).isEqualTo("0");
    }

    /** Throws what a call says, and nothing else. */
    private static final class Failing implements AttachmentStore {
        private final RuntimeException failure;

        Failing(RuntimeException failure) {
            this.failure = failure;
        }

        @Override
        public void put(UUID id, InputStream content) throws IOException {
            fail();
        }

        @Override
        public InputStream open(UUID id) throws IOException {
            throw fail();
        }

        @Override
        public void delete(UUID id) throws IOException {
            fail();
        }

        private IOException fail() throws IOException {
            if (failure instanceof UncheckedIOException e) {
                throw e.getCause();
            }
            throw failure;
        }
    }

    @Test
    void what_a_store_throws_comes_as_it_promises_and_binds_nothing() {
        UUID ticket = team.ticket();
        Attachment file = named(ticket);
        for (RuntimeException failure : List.of(
                new UncheckedIOException(new IOException("full")), new IllegalStateException("not connected"))) {
            TicketService failing = TicketService.builder(database.connections())
                    .attachments(new Failing(failure), 1_000)
                    .build();
            Attachments files = failing.customer(ADA).on(ticket).attachments();
            assertThatThrownBy(() -> files.add("x", "a/b", bytes("x"))).isInstanceOf(UncheckedIOException.class);
            assertThatThrownBy(() -> files.open(file.id())).isInstanceOf(UncheckedIOException.class);
        }
        age();
        TicketService failing = TicketService.builder(database.connections())
                .attachments(new Failing(new IllegalStateException("not connected")), 1_000)
                .build();
        assertThat(failing.attachments().sweep(DAY, 100)).isEqualTo(new AttachmentSweep.Swept(0, 2));
        assertThat(tickets.attachments().sweep(DAY, 100)).isEqualTo(new AttachmentSweep.Swept(2, 0));
        assertThat(team.jane().on(ticket).attachments().open(file.id())).isPresent();
    }

    @Test
    void two_that_sweep_at_once_leave_no_row_and_count_no_file_that_is_not_there() throws Exception {
        UUID ticket = team.ticket();
        List<UUID> files = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            files.add(uploaded(ticket).id());
        }
        age();
        List<CompletableFuture<Void>> sweepers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            sweepers.add(Background.run(() -> {
                for (int round = 0; round < 10; round++) {
                    assertThat(tickets.attachments().sweep(DAY, 7).failed()).isZero();
                }
            }));
        }
        for (CompletableFuture<Void> sweeper : sweepers) {
            sweeper.get(20, TimeUnit.SECONDS);
        }
        assertThat(store.deleted()).containsAll(files);
        assertThat(rows()).isEqualTo("0");
        assertThat(database.deadlocks()).isEqualTo("0");
    }

    @Test
    void every_file_that_is_not_ones_own_to_name_is_refused_alike() {
        UUID ticket = team.ticket();
        Attachment janes = team.jane().on(ticket).attachments().add("x", "a/b", bytes("x"));
        Attachment elsewhere = uploaded(team.ticket());
        Attachment bound = named(ticket);
        List<List<InvalidInput.Fault>> faults = new ArrayList<>();
        for (UUID id : List.of(janes.id(), elsewhere.id(), bound.id(), UUID.randomUUID())) {
            assertThatThrownBy(() ->
                            team.ada().on(ticket).apply(Command.reply("Mine").with(List.of(id))))
                    .isInstanceOfSatisfying(InvalidInput.class, e -> faults.add(e.faults()));
        }
        assertThat(faults).hasSize(4).containsOnly(faults.get(0));
        assertThat(team.ada().on(ticket).ticket().version()).isEqualTo(1);
    }

    @Test
    void uploads_and_the_hosts_own_count_together() {
        UUID ticket = team.ticket();
        UUID file = uploaded(ticket).id();
        List<JsonValue> twenty = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            twenty.add(JsonValue.parse("{\"host\":" + i + "}"));
        }
        assertThatThrownBy(() -> team.ada()
                        .on(ticket)
                        .apply(Command.reply("Many", twenty).with(List.of(file))))
                .hasMessageContaining("uploads.too_many");
        assertThat(team.ada()
                        .on(ticket)
                        .apply(Command.reply("All", twenty.subList(1, 20)).with(List.of(file)))
                        .events())
                .hasSize(1);
    }
}
