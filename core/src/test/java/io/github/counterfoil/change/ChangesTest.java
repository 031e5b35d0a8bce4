package io.github.counterfoil.change;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.BOB;
import static io.github.counterfoil.testing.SupportTeam.EVE;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.change.ChangeFeed.Batch;
import io.github.counterfoil.change.ChangeFeed.Lag;
import io.github.counterfoil.change.ChangeFeed.Pulled;
import io.github.counterfoil.change.ChangeFeed.Start;
import io.github.counterfoil.desk.Redaction;
import io.github.counterfoil.error.ConsumerRefused;
import io.github.counterfoil.error.TicketNotFound;
import io.github.counterfoil.error.Unavailable;
import io.github.counterfoil.event.Author;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.spi.ConnectionSource;
import io.github.counterfoil.testing.SettledChanges;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Participants;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** All changes of all tickets, once for each who follows. */
@Tag("storage")
class ChangesTest {
    @AutoClose
    private final TestDatabase database = TestDatabase.withSchema();

    private final SupportTeam team = SupportTeam.in(database);
    private final TicketService tickets = team.tickets();
    private final Changes changes = SettledChanges.of(tickets.changes(), database);

    /** What a change is, in short. */
    static String told(Change change) {
        if (change instanceof Change.Happened happened) {
            return happened.event().type() + (happened.imported() ? " imported" : "");
        }
        return change instanceof Change.Opened opened ? "opened" + (opened.imported() ? " imported" : "") : "purged";
    }

    static String told(CustomerChange change) {
        if (change instanceof CustomerChange.Happened happened) {
            return happened.event().type();
        }
        return change instanceof CustomerChange.Opened ? "opened" : "purged";
    }

    private List<String> pulled(Start from) {
        return changes.pull(from, 1_000).changes().stream()
                .map(ChangesTest::told)
                .toList();
    }

    private static ImportedTicket imported(UUID id) {
        TicketEvent.Header header = new TicketEvent.Header(
                UUID.randomUUID(),
                id,
                1,
                Instant.parse("2016-02-29T01:17:00Z"),
                new Author(JANE, "Jane", "Smith", Role.AGENT),
                Visibility.PUBLIC);
        return ImportedTicket.of(
                        id, NewTicket.of("Old", "Text").channel("phone"), ADA, Instant.parse("2016-02-29T01:16:00Z"))
                .events(List.of(new TicketEvent.Message(header, "Hello", List.of())));
    }

    @Test
    void a_change_names_its_ticket_its_event_and_what_a_reader_needs() {
        UUID id = team.ticket();
        team.jane().on(id).assign(JANE);
        team.jane().on(id).note("Known recall.");

        List<Change> all = changes.pull(Start.beginning(), 10).changes();
        assertThat(all)
                .extracting(ChangesTest::told)
                .containsExactly("opened", "assignment-added", "status-update", "note-added");
        assertThat(all.get(0)).isInstanceOfSatisfying(Change.Opened.class, opened -> {
            assertThat(opened.openedBy()).isEqualTo(ADA);
            assertThat(opened.imported()).isFalse();
        });
        assertThat(all.get(3)).isInstanceOfSatisfying(Change.Happened.class, happened -> {
            assertThat(happened.ticketId()).isEqualTo(id);
            assertThat(happened.ticket().title()).isEqualTo("Printer on fire");
            assertThat(happened.ticket().number()).isEqualTo(1);
            assertThat(happened.ticket().customerId()).isEqualTo(ADA);
            assertThat(happened.ticket().assignedTo())
                    .singleElement()
                    .satisfies(one -> assertThat(one.id()).isEqualTo(JANE));
            assertThat(happened.event())
                    .isInstanceOfSatisfying(
                            TicketEvent.NoteAdded.class,
                            note -> assertThat(note.content()).isEqualTo("Known recall."));
            assertThat(happened.toString()).doesNotContain("recall");
        });
    }

    @Test
    void a_pull_goes_on_where_the_last_one_ended() {
        UUID id = team.ticket();
        for (int i = 0; i < 6; i++) {
            team.jane().on(id).reply("Reply " + i);
        }
        List<String> read = new ArrayList<>();
        Start next = Start.beginning();
        Pulled<Change> portion = changes.pull(next, 2);
        while (!portion.changes().isEmpty()) {
            portion.changes().forEach(change -> read.add(told(change)));
            next = Start.after(portion.end());
            portion = changes.pull(next, 2);
        }
        assertThat(read).containsExactly("opened", "message", "message", "message", "message", "message", "message");

        team.jane().on(id).close();
        assertThat(pulled(next)).containsExactly("status-update");
        Start now = Start.after(changes.pull(Start.now(), 1).end());
        team.jane().on(id).note("Later");
        assertThat(pulled(now)).containsExactly("note-added");
    }

    @Test
    void what_is_not_over_holds_back_what_was_stored_after_it_and_lag_shows_it() throws SQLException {
        UUID first = team.ticket();
        UUID second = team.ticket();
        changes.register("mail", Start.now());
        assertThat(changes.lag("mail"))
                .isEqualTo(new Lag(0, java.util.Optional.empty(), 0, java.util.Optional.empty(), false));
        try (Connection slow = database.dataSource().getConnection()) {
            slow.setAutoCommit(false);
            tickets.joining(slow).agent(JANE).on(first).reply("Slow");
            team.jane().on(second).reply("Quick");

            assertThat(changes.read("mail", 10).changes()).isEmpty();
            Lag lag = changes.lag("mail");
            assertThat(lag.changes()).isZero();
            assertThat(lag.heldBack()).isEqualTo(1);
            assertThat(lag.since()).isPresent();
            assertThat(lag.heldSince()).isPresent();
            slow.commit();
        }
        assertThat(changes.lag("mail").changes()).isEqualTo(2);
        assertThat(changes.read("mail", 10).changes())
                .extracting(Change::ticketId)
                .containsExactlyInAnyOrder(first, second);
    }

    @Test
    void an_older_transaction_that_writes_last_comes_last() throws SQLException {
        UUID id = team.ticket();
        UUID other = team.ticket();
        String start = changes.pull(Start.now(), 1).end();
        try (Connection old = database.dataSource().getConnection()) {
            old.setAutoCommit(false);
            tickets.joining(old).agent(JANE).on(other).note("It has begun.");
            team.jane().on(id).reply("By a younger one");
            tickets.joining(old).agent(JANE).on(id).note("By the older one");
            old.commit();
        }
        assertThat(changes.pull(Start.after(start), 10).changes())
                .filteredOn(change -> change.ticketId().equals(id))
                .extracting(ChangesTest::told)
                .containsExactly("message", "note-added");
        assertThat(tickets.verifyAll().discrepancies()).isEmpty();
    }

    @Test
    void a_position_that_is_the_transactions_alone_is_found_by_verification() throws SQLException {
        database.changeFunction(
                "event_position",
                "get_byte(sha256(uuid_send(p_ticket_id)), 0), v_last)",
                "get_byte(sha256(uuid_send(p_ticket_id)), 0), 0::bigint)");
        UUID id = team.ticket();
        UUID other = team.ticket();
        try (Connection old = database.dataSource().getConnection()) {
            old.setAutoCommit(false);
            tickets.joining(old).agent(JANE).on(other).note("It has begun.");
            team.jane().on(id).reply("By a younger one");
            tickets.joining(old).agent(JANE).on(id).note("By the older one");
            old.commit();
        }
        assertThat(tickets.verifyAll().discrepancies())
                .singleElement()
                .satisfies(found -> assertThat(found.subject()).isEqualTo("ticket_event.position"));
    }

    @Test
    void what_was_rolled_back_is_no_change() throws SQLException {
        UUID id = team.ticket();
        String start = changes.pull(Start.now(), 1).end();
        try (Connection undone = database.dataSource().getConnection()) {
            undone.setAutoCommit(false);
            tickets.joining(undone).agent(JANE).on(id).reply("Never sent");
            undone.rollback();
        }
        assertThat(pulled(Start.after(start))).isEmpty();
    }

    @Test
    void a_purge_is_a_change_and_what_was_not_read_before_it_is_not_read() {
        UUID id = team.ticket();
        changes.register("search", Start.beginning());
        Batch<Change> opened = changes.read("search", 10);
        changes.acknowledge("search", opened.token());
        team.jane().on(id).reply("Nobody reads this.");
        tickets.admin(EVE).purge(id);

        assertThat(changes.read("search", 10).changes())
                .singleElement()
                .isInstanceOfSatisfying(Change.Purged.class, purged -> {
                    assertThat(purged.ticketId()).isEqualTo(id);
                    assertThat(purged.purgedBy()).isEqualTo(EVE);
                });
        assertThat(pulled(Start.beginning())).containsExactly("purged");
    }

    @Test
    void an_import_is_a_change_when_it_comes_in() {
        team.ticket();
        String start = changes.pull(Start.now(), 1).end();
        UUID id = UUID.randomUUID();
        tickets.imports().run(List.of(imported(id)).iterator());
        team.jane().on(id).reply("Live");
        assertThat(pulled(Start.after(start))).containsExactly("opened imported", "message imported", "message");
        assertThat(tickets.verifyAll().discrepancies()).isEmpty();
    }

    @Test
    void a_reader_is_given_what_is_stored_when_it_reads() {
        UUID id = team.ticket();
        UUID event = team.jane().on(id).reply("My card is 4929").events().get(0).id();
        tickets.admin(EVE).redactions().redact(id, Redaction.of(event, "content"));
        assertThat(changes.pull(Start.beginning(), 10).changes())
                .filteredOn(change -> change instanceof Change.Happened happened
                        && happened.event().id().equals(event))
                .singleElement()
                .isInstanceOfSatisfying(
                        Change.Happened.class,
                        happened -> assertThat(((TicketEvent.Message) happened.event()).content())
                                .doesNotContain("4929"));
    }

    @Test
    void what_is_not_acknowledged_in_time_is_given_again() throws InterruptedException {
        team.ticket();
        changes.register("broker", Start.beginning());
        Batch<Change> lost = changes.read("broker", 10, Duration.ofMillis(50));
        assertThat(lost.changes()).hasSize(1);
        Thread.sleep(60);
        Batch<Change> again = changes.read("broker", 10);
        assertThat(again.changes()).isEqualTo(lost.changes());
        assertThat(changes.read("broker", 10).changes()).isEmpty();

        assertThatThrownBy(() -> changes.acknowledge("broker", lost.token()))
                .isInstanceOfSatisfying(
                        ConsumerRefused.class, e -> assertThat(e.code()).isEqualTo("consumer.not_held"));
        changes.acknowledge("broker", again.token());
        changes.acknowledge("broker", again.token());
        assertThat(changes.read("broker", 10).changes()).isEmpty();
    }

    /** The connection, on which the answer of the next query is lost; what happens before anybody notices. */
    private static Connection losingAnswer(Connection connection, Runnable meanwhile) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    Object result = method.invoke(connection, arguments);
                    if (!method.getName().equals("prepareStatement")
                            || !arguments[0].toString().contains("read_changes")) {
                        return result;
                    }
                    return Proxy.newProxyInstance(
                            Connection.class.getClassLoader(),
                            new Class<?>[] {PreparedStatement.class},
                            (statement, call, values) -> {
                                Object answer = call.invoke(result, values);
                                if (call.getName().equals("executeQuery")) {
                                    meanwhile.run();
                                    throw new SQLException("lost", "08006");
                                }
                                return answer;
                            });
                });
    }

    @Test
    void what_was_held_by_an_answer_that_was_lost_is_given_and_never_passed_over() throws SQLException {
        for (int i = 0; i < 40; i++) {
            team.ticket();
        }
        changes.register("broker", Start.beginning(), 2);
        changes.read("broker", 1_000);
        Set<UUID> given = new HashSet<>();
        try (Connection first = database.dataSource().getConnection();
                Connection second = database.dataSource().getConnection()) {
            Connection losing = losingAnswer(
                    first,
                    // The other reader is gone, and what it held is the furthest behind.
                    () -> database.execute(
                            "update counterfoil.change_place set taken_until = null where token <> (select token"
                                    + " from counterfoil.change_place order by taken_until desc nulls last limit 1)"));
            Queue<Connection> tries = new ArrayDeque<>(List.of(losing, second));
            Changes followed = SettledChanges.of(
                    TicketService.builder(new ConnectionSource() {
                                @Override
                                public Connection open() {
                                    return tries.size() > 1 ? tries.remove() : tries.element();
                                }

                                @Override
                                public void release(Connection connection) {
                                    // Closed at the end.
                                }
                            })
                            .build()
                            .changes(),
                    database);
            for (Batch<Change> batch = followed.read("broker", 1_000);
                    !batch.changes().isEmpty();
                    batch = followed.read("broker", 1_000)) {
                batch.changes().forEach(change -> given.add(change.ticketId()));
                followed.acknowledge("broker", batch.token());
            }
        }
        assertThat(tickets.changes().lag("broker").changes()).isZero();
        assertThat(given).hasSize(40);
    }

    @Test
    void where_nothing_was_read_there_is_nothing_to_acknowledge() {
        changes.register("broker", Start.beginning());
        changes.acknowledge("broker", changes.read("broker", 10).token());
        team.ticket();
        Batch<Change> held = changes.read("broker", 10);
        Batch<Change> others = changes.read("broker", 10);
        assertThat(others.changes()).isEmpty();
        changes.acknowledge("broker", others.token());
        assertThat(changes.read("broker", 10).changes()).isEmpty();
        changes.acknowledge("broker", held.token());
        assertThat(changes.lag("broker").changes()).isZero();
    }

    @Test
    void what_a_handler_throws_comes_out_as_it_is() {
        team.ticket();
        changes.register("mail", Start.beginning());
        for (Throwable thrown : List.of(
                new SQLException("of another database", "08006"),
                new SQLException("of the host's own table", "23505"),
                new IOException("mail server down"),
                new IllegalStateException("host's own"),
                new AssertionError("host's own"))) {
            assertThatThrownBy(() -> changes.process("mail", 10, (read, transaction) -> {
                        if (thrown instanceof Error error) {
                            throw error;
                        }
                        throw (Exception) thrown;
                    }))
                    .isSameAs(thrown);
        }
        assertThat(changes.read("mail", 10).changes()).hasSize(1);
    }

    @Test
    void a_handler_stores_with_the_place_or_not_at_all() throws SQLException {
        database.execute("create table outbox (event uuid primary key)");
        UUID id = team.ticket();
        team.jane().on(id).reply("Hello");
        changes.register("outbox", Start.beginning());
        RuntimeException failure = new IllegalStateException("host's own");
        assertThatThrownBy(() -> changes.process("outbox", 10, (read, transaction) -> {
                    store(read, transaction);
                    throw failure;
                }))
                .isSameAs(failure);
        assertThat(database.query("select event from outbox")).isEmpty();

        assertThat(changes.process("outbox", 10, ChangesTest::store)).isEqualTo(2);
        assertThat(database.query("select event from outbox")).hasSize(1);
        assertThat(changes.process("outbox", 10, ChangesTest::store)).isZero();
    }

    static void store(List<Change> read, Connection transaction) throws SQLException {
        try (PreparedStatement insert = transaction.prepareStatement("insert into outbox values (?)")) {
            for (Change change : read) {
                if (change instanceof Change.Happened happened) {
                    insert.setObject(1, happened.event().id());
                    insert.executeUpdate();
                }
            }
        }
    }

    @Test
    void a_handler_may_use_counterfoil_in_its_transaction() {
        UUID id = team.ticket();
        changes.register("greeter", Start.beginning());
        assertThat(changes.process(
                        "greeter",
                        10,
                        (read, transaction) ->
                                tickets.joining(transaction).agent(JANE).on(id).reply("Welcome.")))
                .isEqualTo(1);
        assertThat(pulled(Start.beginning())).containsExactly("opened", "message");
    }

    @Test
    void a_place_moves_with_the_transaction_of_the_host() throws SQLException {
        team.ticket();
        changes.register("host", Start.beginning());
        try (Connection host = database.dataSource().getConnection()) {
            host.setAutoCommit(false);
            assertThat(SettledChanges.of(tickets.joining(host).changes(), database)
                            .process("host", 10, (read, transaction) -> {}))
                    .isEqualTo(1);
            assertThat(changes.read("host", 10).changes()).isEmpty();
            host.rollback();
        }
        assertThat(changes.read("host", 10).changes()).hasSize(1);
    }

    @Test
    void what_a_handler_throws_takes_back_its_own_in_the_hosts_transaction_and_others_go_on() throws SQLException {
        database.execute("create table outbox (event uuid primary key)");
        UUID id = team.ticket();
        team.jane().on(id).reply("Hello");
        changes.register("outbox", Start.beginning());
        UUID hosts = UUID.randomUUID();
        RuntimeException failure = new IllegalStateException("host's own");
        try (Connection host = database.dataSource().getConnection()) {
            host.setAutoCommit(false);
            Changes joined = SettledChanges.of(tickets.joining(host).changes(), database);
            assertThatThrownBy(() -> joined.process("outbox", 10, (read, transaction) -> {
                        store(read, transaction);
                        throw failure;
                    }))
                    .isSameAs(failure);
            assertThatThrownBy(() -> joined.process("outbox", 10, (read, transaction) -> {
                        store(read, transaction);
                        tickets.joining(transaction)
                                .agent(JANE)
                                .on(UUID.randomUUID())
                                .reply("To nobody");
                    }))
                    .isInstanceOf(TicketNotFound.class);
            try (PreparedStatement insert = host.prepareStatement("insert into outbox values (?)")) {
                insert.setObject(1, hosts);
                insert.executeUpdate();
            }
            host.commit();
        }
        assertThat(database.query("select event from outbox")).containsExactly(hosts.toString());
        assertThat(changes.process("outbox", 10, ChangesTest::store)).isEqualTo(2);
    }

    @Test
    void a_handler_that_ends_the_transaction_keeps_nobody_from_going_on() {
        team.ticket();
        changes.register("careless", Start.beginning());
        assertThatThrownBy(() -> changes.process("careless", 10, (read, transaction) -> {
                    if (!transaction.getAutoCommit()) {
                        transaction.commit();
                    }
                    throw new IllegalStateException("host's own");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(changes.process("careless", 10, (read, transaction) -> {})).isEqualTo(1);
    }

    @Test
    void a_place_stays_if_a_statement_failed_that_the_handler_caught() {
        team.ticket();
        changes.register("careless", Start.beginning());
        assertThatThrownBy(() -> changes.process("careless", 10, (read, transaction) -> {
                    try (Statement statement = transaction.createStatement()) {
                        statement.execute("select 1 / 0");
                    } catch (SQLException e) {
                        // As careless hosts do.
                    }
                }))
                .isInstanceOf(io.github.counterfoil.error.TransactionAborted.class);
        assertThat(changes.read("careless", 10).changes()).hasSize(1);
    }

    @Test
    void several_workers_share_a_consumer_and_none_sees_what_another_holds() {
        for (int i = 0; i < 40; i++) {
            team.ticket();
        }
        changes.register("shared", Start.beginning(), 4);
        List<Batch<Change>> held = new ArrayList<>();
        for (Batch<Change> batch = changes.read("shared", 1_000);
                !batch.changes().isEmpty();
                batch = changes.read("shared", 1_000)) {
            held.add(batch);
        }
        assertThat(held).hasSizeBetween(2, 4);
        assertThat(held.stream().flatMap(batch -> batch.changes().stream()).map(Change::ticketId))
                .hasSize(40)
                .doesNotHaveDuplicates();
        held.forEach(batch -> changes.acknowledge("shared", batch.token()));
        assertThat(changes.lag("shared").changes()).isZero();
    }

    @Test
    void no_part_of_the_tickets_goes_back_to_where_the_others_are() {
        for (int i = 0; i < 12; i++) {
            team.ticket();
        }
        changes.register("shared", Start.beginning(), 64);
        Batch<Change> one = changes.read("shared", 10);
        changes.acknowledge("shared", one.token());
        changes.register("shared", Start.beginning(), 1);
        List<Change> read = new ArrayList<>(one.changes());
        for (Batch<Change> batch = changes.read("shared", 1);
                !batch.changes().isEmpty();
                batch = changes.read("shared", 1)) {
            read.addAll(batch.changes());
            changes.acknowledge("shared", batch.token());
        }
        assertThat(read).extracting(Change::ticketId).hasSize(12).doesNotHaveDuplicates();
    }

    @Test
    void a_consumer_is_paused_rewound_and_removed() {
        team.ticket();
        assertThat(changes.register("index", Start.now())).isTrue();
        assertThat(changes.register("index", Start.beginning())).isFalse();
        assertThat(changes.read("index", 10).changes()).isEmpty();
        changes.rewind("index", Start.beginning());
        changes.pause("index");
        assertThat(changes.read("index", 10).changes()).isEmpty();
        assertThat(changes.lag("index").paused()).isTrue();
        changes.resume("index");
        Batch<Change> batch = changes.read("index", 10);
        assertThat(batch.changes()).hasSize(1);
        changes.rewind("index", Start.beginning());
        assertThatThrownBy(() -> changes.acknowledge("index", batch.token()))
                .isInstanceOf(ConsumerRefused.class)
                .hasMessage("consumer.not_held");
        changes.remove("index");
        changes.remove("index");
        assertThatThrownBy(() -> changes.read("index", 10))
                .isInstanceOf(ConsumerRefused.class)
                .hasMessage("consumer.unknown");
        assertThatThrownBy(() -> changes.forCustomers().pause("index")).hasMessage("consumer.unknown");
        changes.register("index", Start.now());
        assertThatThrownBy(() -> changes.forCustomers().read("index", 10)).hasMessage("consumer.other_feed");
    }

    @Test
    void a_start_at_a_moment_reads_what_happened_since() {
        UUID id = team.ticket();
        team.jane().on(id).reply("Before");
        Instant moment = Instant.parse(database.value(
                "select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"));
        team.jane().on(id).note("After");
        UUID purged = team.ticket();
        tickets.admin(EVE).purge(purged);
        assertThat(pulled(Start.at(moment))).containsExactly("note-added", "purged");
        assertThat(pulled(Start.at(moment.plusSeconds(600)))).isEmpty();
        assertThat(pulled(Start.at(Instant.parse("2001-01-01T00:00:00Z")))).hasSize(4);
    }

    @Test
    void positions_go_on_growing_on_another_server() {
        UUID id = team.ticket();
        changes.register("mail", Start.beginning());
        changes.acknowledge("mail", changes.read("mail", 10).token());
        // As after a restore: there transactions are counted from the start again.
        database.execute("update counterfoil.change_epoch set server = 'another', epoch = epoch + 1");
        database.behindTheGuards(
                "update counterfoil.ticket_event set position = position; update counterfoil.ticket set"
                        + " position = position + (1::bigint << 53)");
        database.execute("update counterfoil.change_place set position = position + (1::bigint << 53) + 256000000");

        TicketService restored = database.service();
        restored.agent(JANE).on(id).reply("After the restore");
        assertThat(SettledChanges.of(restored.changes(), database)
                        .read("mail", 10)
                        .changes())
                .extracting(ChangesTest::told)
                .containsExactly("message");
        assertThat(database.value("select epoch from counterfoil.change_epoch")).isEqualTo("3");
        database.service().agent(JANE).on(id).reply("The same server");
        assertThat(database.value("select epoch from counterfoil.change_epoch")).isEqualTo("3");
        assertThat(tickets.verifyAll().discrepancies()).isEmpty();
    }

    @Test
    void customers_changes_are_what_customers_see() {
        UUID id = team.ticket();
        ChangeFeed<CustomerChange> feed = changes.forCustomers();
        feed.register("mail", Start.beginning());
        for (int i = 0; i < 30; i++) {
            team.jane().on(id).note("Note " + i);
        }
        team.jane().on(id).assign(JANE);
        team.jane().on(id).reply("Hello");
        // Portions of which this side sees nothing are passed over.
        List<CustomerChange> read = new ArrayList<>();
        for (Batch<CustomerChange> batch = feed.read("mail", 5);
                !batch.changes().isEmpty();
                batch = feed.read("mail", 5)) {
            read.addAll(batch.changes());
            feed.acknowledge("mail", batch.token());
        }
        assertThat(read)
                .extracting(ChangesTest::told)
                .containsExactly("opened", "assignment-added", "status-update", "message");
        assertThat(((CustomerChange.Happened) read.get(1)).ticket().assignedTo())
                .containsExactly("Jane Smith");
        assertThat(feed.pull(Start.beginning(), 5).changes()).hasSize(1);

        feed.rewind("mail", Start.beginning());
        List<CustomerChange> handled = new ArrayList<>();
        while (feed.process("mail", 5, (changes, transaction) -> handled.addAll(changes)) > 0) {
            assertThat(handled.size()).isLessThan(10);
        }
        assertThat(handled).isEqualTo(read);
    }

    @Test
    void who_of_the_customers_did_it_is_told_and_no_agent_is() {
        UUID id = team.ticket();
        team.jane().on(id).addParticipant(BOB, Participants.Kind.COPY);
        team.ada().on(id).reply("Hurry");
        team.bob().on(id).reply("For me, too");
        team.jane().on(id).reply("Hello");
        assertThat(changes.forCustomers().pull(Start.beginning(), 10).changes())
                .filteredOn(CustomerChange.Happened.class::isInstance)
                .extracting(change -> ((CustomerChange.Happened) change).byCustomer())
                .containsExactly(Optional.of(ADA), Optional.of(BOB), Optional.empty());
    }

    @Test
    void a_read_only_service_pulls_and_takes_nothing() throws SQLException {
        team.ticket();
        changes.register("mail", Start.beginning());
        try (Connection readOnly = database.dataSource().getConnection()) {
            readOnly.setAutoCommit(false);
            readOnly.setReadOnly(true);
            Changes joined = SettledChanges.of(tickets.joining(readOnly).changes(), database);
            assertThat(joined.pull(Start.beginning(), 10).changes()).hasSize(1);
            assertThatThrownBy(() -> joined.read("mail", 10)).isInstanceOf(Unavailable.class);
        }
    }

    private final List<String> published = new ArrayList<>();

    private void publish(Change change) {
        published.add(told(change));
    }

    private static void intoOutbox(Connection transaction, CustomerChange.Happened happened) throws SQLException {
        try (PreparedStatement insert = transaction.prepareStatement("insert into outbox values (?)")) {
            insert.setObject(1, happened.event().id());
            insert.executeUpdate();
        }
    }

    @Test
    void the_guides_examples_do_what_they_say() throws SQLException {
        database.execute("create table outbox (event uuid primary key)");
        // region: process
        ChangeFeed<CustomerChange> feed = tickets.changes().forCustomers();
        feed.register("mail", Start.now()); // at each start of the host
        // endregion
        changes.register("broker", Start.now());
        UUID id = team.ticket();
        team.jane().on(id).note("Known recall.");
        team.jane().on(id).reply("Unplug it.");
        database.awaitOthers();
        // region: process
        int handled;
        do {
            handled = feed.process("mail", 100, (portion, transaction) -> {
                for (CustomerChange change : portion) {
                    if (change instanceof CustomerChange.Happened happened && !happened.imported()) {
                        intoOutbox(transaction, happened);
                    }
                }
            });
        } while (handled > 0);
        // endregion
        assertThat(database.query("select event from outbox")).hasSize(1);

        // region: read
        Batch<Change> batch = tickets.changes().read("broker", 100); // nobody else is given these for a minute
        batch.changes().forEach(this::publish);
        tickets.changes().acknowledge("broker", batch.token());
        // endregion
        assertThat(published).containsExactly("opened", "note-added", "message");
    }
}
