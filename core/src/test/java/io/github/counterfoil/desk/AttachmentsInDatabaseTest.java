package io.github.counterfoil.desk;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.github.counterfoil.TicketService;
import io.github.counterfoil.command.Command;
import io.github.counterfoil.desk.Attachments.Attachment;
import io.github.counterfoil.error.TicketNotFound;
import io.github.counterfoil.error.UnsuitableConnection;
import io.github.counterfoil.internal.database.DataSourceConnections;
import io.github.counterfoil.internal.database.Database;
import io.github.counterfoil.internal.database.Names;
import io.github.counterfoil.internal.desk.PostgresAttachmentStore;
import io.github.counterfoil.spi.AttachmentStore;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A host that has no store for files has its database. */
@Tag("storage")
class AttachmentsInDatabaseTest {
    private static final int PIECE = 256 << 10;
    private static final Duration DAY = Duration.ofDays(1);

    private static TestDatabase database;
    private static TicketService tickets;
    private static SupportTeam team;

    @BeforeAll
    static void begin() {
        database = TestDatabase.withSchema();
        tickets = TicketService.builder(database.connections())
                .attachmentsInDatabase()
                .build();
        team = SupportTeam.registered(tickets);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    private static byte[] noise(int length) {
        byte[] noise = new byte[length];
        new Random(length).nextBytes(noise);
        return noise;
    }

    private static InputStream bytes(byte[] content) {
        return new ByteArrayInputStream(content);
    }

    private static Attachment added(TicketService by, UUID ticket, byte[] content) {
        return by.customer(ADA).on(ticket).attachments().add("photo.jpg", "image/jpeg", bytes(content));
    }

    private static Attachment named(UUID ticket, byte[] content) {
        Attachment file = added(tickets, ticket, content);
        team.ada().on(ticket).apply(Command.reply("Look").with(List.of(file.id())));
        return file;
    }

    private static InputStream opened(TicketService by, UUID ticket, Attachment file) {
        return by.customer(ADA).on(ticket).attachments().open(file.id()).orElseThrow().stream();
    }

    private static String pieces(UUID id) {
        return database.value("select count(*) from counterfoil.attachment_piece where attachment_id = '" + id + "'");
    }

    private static String newest() {
        return database.value("select id from counterfoil.attachment order by created_at desc limit 1");
    }

    private static void age() {
        database.behindTheGuards("update counterfoil.attachment set created_at = created_at - interval '2 days'");
    }

    private static AttachmentStore store() {
        return new PostgresAttachmentStore(
                new Database(new DataSourceConnections(database.connections()), Names.DEFAULT, dsl -> {}));
    }

    /** Does something when the first byte behind so many is asked for. */
    private static InputStream interrupted(byte[] content, int at, Runnable action) {
        return new FilterInputStream(bytes(content)) {
            private int left = at;

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                if (left == 0) {
                    left = -1;
                    action.run();
                }
                int count = super.read(into, offset, left > 0 ? Math.min(length, left) : length);
                left -= left > 0 ? count : 0;
                return count;
            }
        };
    }

    @Test
    void a_file_of_any_length_comes_back_as_it_was_in_pieces_that_are_not_compressed() throws IOException {
        UUID ticket = team.ticket();
        for (int length : new int[] {0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 7}) {
            Attachment file = named(ticket, noise(length));
            assertThat(file.size()).isEqualTo(length);
            assertThat(pieces(file.id())).isEqualTo(Integer.toString(length / PIECE + 1));
            assertThat(opened(tickets, ticket, file).readAllBytes()).isEqualTo(noise(length));
        }
        assertThat(database.value("select attstorage from pg_attribute where attname = 'bytes'"
                        + " and attrelid = 'counterfoil.attachment_piece'::regclass"))
                .isEqualTo("e");
        assertThat(tickets.verify(ticket).discrepancies()).isEmpty();
        assertThat(tickets.schema().verify()).isEmpty();
    }

    @Test
    void a_stream_gives_what_it_is_asked_for_and_nothing_once_closed() throws IOException {
        UUID ticket = team.ticket();
        byte[] content = noise(PIECE + 2);
        InputStream stream = opened(tickets, ticket, named(ticket, content));
        assertThat(stream.read(new byte[1], 0, 0)).isZero();
        assertThat(stream.read()).isEqualTo(content[0] & 0xff);
        assertThat(stream.available()).isEqualTo(PIECE - 1);
        stream.skipNBytes(PIECE);
        assertThat(stream.read()).isEqualTo(content[PIECE + 1] & 0xff);
        assertThat(stream.read()).isEqualTo(-1);
        assertThat(stream.read(new byte[1])).isEqualTo(-1);
        stream.close();
        assertThatThrownBy(stream::read).isInstanceOf(IOException.class);
    }

    @Test
    void no_connection_is_held_while_a_file_comes_in_or_is_read() throws IOException {
        UUID ticket = team.ticket();
        byte[] content = noise(2 * PIECE);
        try (HikariDataSource one = database.pool(1)) {
            one.setConnectionTimeout(1_000);
            TicketService small =
                    TicketService.builder(one).attachmentsInDatabase().build();
            Attachment file = small.customer(ADA)
                    .on(ticket)
                    .attachments()
                    .add(
                            "a",
                            "a/b",
                            interrupted(
                                    content,
                                    PIECE + 1,
                                    () -> small.customer(ADA).on(ticket).ticket()));
            small.customer(ADA).on(ticket).apply(Command.reply("Look").with(List.of(file.id())));
            try (InputStream stream = opened(small, ticket, file)) {
                stream.skipNBytes(PIECE + 1);
                assertThat(small.customer(ADA).on(ticket).ticket().version()).isEqualTo(1);
                assertThat(stream.readAllBytes()).hasSize(PIECE - 1);
            }
        }
    }

    @Test
    void a_piece_costs_a_round_trip_and_a_file_two_more_to_come_and_one_more_to_open() {
        UUID ticket = team.ticket();
        List<Integer> tries = new ArrayList<>();
        TicketService counted = TicketService.builder(database.connections())
                .attachmentsInDatabase()
                .observer(call -> end -> tries.add(end.tries()))
                .build();
        Attachment file = added(counted, ticket, noise(PIECE + 1));
        counted.customer(ADA).on(ticket).apply(Command.reply("Look").with(List.of(file.id())));
        opened(counted, ticket, file);
        assertThat(tries).containsExactly(4, 1, 2);
    }

    @Test
    void a_piece_that_came_while_its_file_was_swept_goes_with_the_row() {
        UUID late = added(tickets, team.ticket(), noise(PIECE + 1)).id();
        database.execute(
                "set local counterfoil.command = 'on'; delete from counterfoil.attachment where id = '" + late + "'");
        assertThat(pieces(late)).isEqualTo("0");
    }

    @Test
    void who_works_with_grants_alone_keeps_opens_and_sweeps_files() throws IOException {
        String worker =
                TestDatabase.plainRole("files_" + UUID.randomUUID().toString().substring(0, 8));
        try {
            database.execute(tickets.schema().grants(worker));
            TicketService granted = TicketService.builder(database.dataSource(worker))
                    .attachmentsInDatabase()
                    .build();
            UUID ticket = team.ticket();
            Attachment file = added(granted, ticket, noise(PIECE + 1));
            granted.customer(ADA).on(ticket).apply(Command.reply("Look").with(List.of(file.id())));
            assertThat(opened(granted, ticket, file).readAllBytes()).isEqualTo(noise(PIECE + 1));
            Attachment unnamed = added(granted, ticket, noise(PIECE + 1));
            age();
            assertThat(granted.attachments().sweep(DAY, 100).failed()).isZero();
            assertThat(pieces(unnamed.id())).isEqualTo("0");
            assertThat(pieces(file.id())).isEqualTo("2");
        } finally {
            database.asSuperuser("drop owned by " + worker);
            TestDatabase.dropRoles(worker);
        }
    }

    @Test
    void what_breaks_off_is_swept_and_deleting_again_does_nothing() throws IOException {
        UUID ticket = team.ticket();
        assertThatThrownBy(() -> team.ada()
                        .on(ticket)
                        .attachments()
                        .add("x", "a/b", interrupted(noise(3 * PIECE), 2 * PIECE, () -> {
                            throw new IllegalStateException("gone");
                        })))
                .isInstanceOf(UncheckedIOException.class)
                .hasRootCauseMessage("gone");
        UUID half = UUID.fromString(newest());
        assertThat(pieces(half)).isEqualTo("2");
        age();
        assertThat(tickets.attachments().sweep(DAY, 1_000).deleted()).isPositive();
        assertThat(pieces(half)).isEqualTo("0");
        assertThat(database.value("select count(*) from counterfoil.attachment where id = '" + half + "'"))
                .isEqualTo("0");
        assertThatThrownBy(() -> store().open(half)).isInstanceOf(IOException.class);
        assertThat(team.ada().on(ticket).attachments().open(half)).isEmpty();
        store().delete(half);
    }

    @Test
    void a_second_try_replaces_the_first_whole_until_the_file_is_complete() throws IOException {
        UUID ticket = team.ticket();
        assertThatThrownBy(() -> team.ada()
                        .on(ticket)
                        .attachments()
                        .add("x", "a/b", interrupted(noise(3 * PIECE), 2 * PIECE, () -> {
                            throw new IllegalStateException("gone");
                        })))
                .isInstanceOf(UncheckedIOException.class)
                .hasRootCauseMessage("gone");
        UUID id = UUID.fromString(newest());
        store().put(id, bytes(noise(5)));
        assertThat(store().open(id).readAllBytes()).isEqualTo(noise(5));
        assertThat(pieces(id)).isEqualTo("1");

        Attachment complete = added(tickets, ticket, noise(3));
        store().put(complete.id(), bytes(noise(5)));
        store().delete(complete.id());
        assertThat(store().open(complete.id()).readAllBytes()).isEqualTo(noise(3));
    }

    @Test
    void a_file_that_was_given_up_while_it_came_leaves_nothing() {
        UUID ticket = team.ticket();
        byte[] content = noise(3 * PIECE);
        assertThatThrownBy(() -> team.ada()
                        .on(ticket)
                        .attachments()
                        .add("x", "a/b", interrupted(content, 2 * PIECE, () -> {
                            age();
                            tickets.attachments().sweep(DAY, 1_000);
                        })))
                .isInstanceOf(TicketNotFound.class);
        assertThat(
                        database.value(
                                "select count(*) from counterfoil.attachment_piece p"
                                        + " where not exists (select from counterfoil.attachment a where a.id = p.attachment_id and a.size > 0)"
                                        + " and not exists (select from counterfoil.attachment a where a.id = p.attachment_id and a.seq > 0)"))
                .isEqualTo("0");
    }

    @Test
    void inside_a_transaction_of_the_hosts_a_file_is_stored_with_it_or_not_at_all() throws SQLException, IOException {
        UUID ticket = team.ticket();
        Attachment file;
        InputStream late;
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            TicketService inside = tickets.joining(connection);
            Attachment undone = added(inside, ticket, noise(PIECE + 1));
            connection.rollback();
            assertThat(pieces(undone.id())).isEqualTo("0");

            file = added(inside, ticket, noise(PIECE + 1));
            inside.customer(ADA).on(ticket).apply(Command.reply("Look").with(List.of(file.id())));
            assertThat(opened(inside, ticket, file).readAllBytes()).isEqualTo(noise(PIECE + 1));
            assertThat(pieces(file.id())).isEqualTo("0");
            late = opened(inside, ticket, file);
            connection.commit();
            connection.setAutoCommit(true);
            assertThatThrownBy(() -> late.transferTo(OutputStream.nullOutputStream()))
                    .isInstanceOf(IOException.class)
                    .hasCauseInstanceOf(UnsuitableConnection.class);
        }
        assertThat(opened(tickets, ticket, file).readAllBytes()).isEqualTo(noise(PIECE + 1));
    }

    @Test
    void a_file_that_lacks_a_piece_is_never_taken_for_whole() {
        UUID ticket = team.ticket();
        Attachment whole = named(ticket, noise(2 * PIECE));
        for (int place = 2; place >= 0; place--) {
            database.behindTheGuards("delete from counterfoil.attachment_piece where attachment_id = '" + whole.id()
                    + "' and place = " + place);
            assertThatThrownBy(() -> opened(tickets, ticket, whole).readAllBytes())
                    .isInstanceOfAny(IOException.class, UncheckedIOException.class);
        }
    }

    @Test
    void no_sql_but_the_librarys_changes_pieces() {
        Attachment file = named(team.ticket(), noise(1));
        for (String sql : List.of(
                "insert into counterfoil.attachment_piece values ('" + file.id() + "', 1, '')",
                "update counterfoil.attachment_piece set bytes = ''",
                "delete from counterfoil.attachment_piece",
                "truncate counterfoil.attachment_piece",
                "delete from counterfoil.attachment")) {
            assertThat(database.refusal(sql)).as(sql).isEqualTo("42501");
        }
    }
}
