package io.github.counterfoil.change;

import static io.github.counterfoil.testing.SupportTeam.JANE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.change.ChangeFeed.Start;
import io.github.counterfoil.error.ConsumerRefused;
import io.github.counterfoil.error.Unavailable;
import io.github.counterfoil.error.UnsuitableConnection;
import io.github.counterfoil.testing.Background;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.testing.Waiting;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** Who follows changes sleeps until there is one. */
class AwaitChangesTest {
    /** Longer than any wait that is to end by itself. */
    private static final Duration LONG = Duration.ofSeconds(30);

    private static final Duration SHORT = Duration.ofMillis(150);

    private final TestDatabase database = TestDatabase.withSchema();
    private final SupportTeam team = SupportTeam.in(database);
    private final TicketService tickets = team.tickets();
    private final Changes changes = tickets.changes();
    private final UUID id = team.ticket();
    private Connection connection;

    @BeforeEach
    void listen() throws SQLException {
        connection = database.dataSource().getConnection();
        changes.register("mail", Start.now());
        changes.announce(true);
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        database.close();
    }

    private CompletableFuture<Boolean> waiting() {
        CompletableFuture<Boolean> ended = new CompletableFuture<>();
        Background.run(() -> {
            try {
                ended.complete(changes.await("mail", connection, LONG));
            } catch (RuntimeException e) {
                ended.completeExceptionally(e);
            }
        });
        return ended;
    }

    /** Listens, and has looked since: it sleeps. */
    private void awaitSleep() {
        Waiting.require(
                "somebody who listens",
                LONG,
                () -> database.value("select count(*) from pg_stat_activity where state = 'idle' and query like"
                                + " '%changes_waiting%' and state_change < clock_timestamp() - interval '20 ms'")
                        .equals("1"));
    }

    private void handle() {
        while (changes.process("mail", 1_000, (read, transaction) -> {}) > 0) {
            continue;
        }
    }

    private static boolean ended(CompletableFuture<Boolean> waiting) {
        return waiting.orTimeout(10, TimeUnit.SECONDS).join();
    }

    @Test
    void a_wait_ends_with_the_commit_of_a_change() {
        CompletableFuture<Boolean> waiting = waiting();
        awaitSleep();
        assertThat(waiting).isNotDone();
        team.jane().on(id).note("Somebody wakes.");
        assertThat(ended(waiting)).isTrue();
        assertThat(changes.read("mail", 10).changes()).hasSize(1);
    }

    @Test
    void a_wait_does_not_begin_where_there_is_something_to_read() throws SQLException {
        team.jane().on(id).reply("Already there");
        assertThat(changes.await("mail", connection, LONG)).isTrue();
        handle();
        assertThat(changes.await("mail", connection, SHORT)).isFalse();
        try (Statement statement = connection.createStatement();
                var channels = statement.executeQuery("select pg_listening_channels()")) {
            assertThat(channels.next()).as("the connection is as it was").isFalse();
        }
    }

    /** The connection, with a reply that is committed before its nth statement is sent. */
    private Connection replyingBefore(int nth) {
        AtomicInteger statements = new AtomicInteger();
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement") && statements.incrementAndGet() == nth) {
                        team.jane().on(id).reply("Before the statement " + nth);
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void no_change_is_missed_that_is_committed_before_or_while_or_after_it_begins_to_listen() {
        for (int nth = 1; nth <= 3; nth++) {
            long before = System.nanoTime();
            assertThat(changes.await("mail", replyingBefore(nth), LONG)).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - before))
                    .as("before statement %s", nth)
                    .isLessThan(Duration.ofSeconds(5));
            handle();
        }
    }

    @Test
    void who_does_not_listen_misses_it() {
        database.changeFunction("listen_to_changes", "'listen %I'", "'unlisten %I'");
        CompletableFuture<Boolean> waiting = waiting();
        awaitSleep();
        team.jane().on(id).note("Nobody wakes.");
        Waiting.pause(Duration.ofMillis(500));
        assertThat(waiting).isNotDone();
    }

    @Test
    void what_a_transaction_held_back_that_announces_nothing_ends_the_wait() throws SQLException {
        CompletableFuture<Boolean> waiting;
        try (Connection other = database.dataSource().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("select pg_current_xact_id()");
            team.jane().on(id).reply("Held back");
            waiting = waiting();
            Waiting.pause(SHORT);
            assertThat(waiting).isNotDone();
            other.rollback();
        }
        assertThat(ended(waiting)).isTrue();
    }

    @Test
    void what_another_reader_gives_up_ends_the_wait() {
        team.jane().on(id).reply("Read by one who is gone");
        changes.read("mail", 10, Duration.ofMillis(400));
        assertThat(changes.await("mail", connection, SHORT)).isFalse();
        assertThat(ended(waiting())).isTrue();
    }

    @Test
    void a_consumer_that_goes_on_or_back_ends_the_wait() {
        changes.pause("mail");
        team.jane().on(id).reply("While it is paused");
        assertThat(changes.await("mail", connection, SHORT)).isFalse();
        CompletableFuture<Boolean> resumed = waiting();
        awaitSleep();
        changes.resume("mail");
        assertThat(ended(resumed)).isTrue();
        handle();
        CompletableFuture<Boolean> rewound = waiting();
        awaitSleep();
        changes.rewind("mail", Start.beginning());
        assertThat(ended(rewound)).isTrue();
    }

    @Test
    void a_wait_ends_with_its_time_an_interrupt_or_its_connection() {
        long before = System.nanoTime();
        assertThat(changes.await("mail", connection, SHORT)).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isBetween(SHORT, Duration.ofSeconds(5));

        Thread waiting = Thread.currentThread();
        CompletableFuture<Void> interrupting = Background.run(() -> {
            awaitSleep();
            waiting.interrupt();
        });
        boolean found = changes.await("mail", connection, LONG);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(found).isFalse();
        interrupting.join();

        CompletableFuture<Boolean> cut = waiting();
        awaitSleep();
        database.query("select pg_terminate_backend(pid) from pg_stat_activity where query like '%changes_waiting%'"
                + " and pid <> pg_backend_pid()");
        assertThatThrownBy(() -> ended(cut)).hasCauseInstanceOf(Unavailable.class);
    }

    @Test
    void nobody_waits_for_what_is_not_announced() {
        CompletableFuture<Boolean> waiting = waiting();
        awaitSleep();
        changes.announce(false);
        assertThatThrownBy(() -> ended(waiting)).hasRootCauseInstanceOf(ConsumerRefused.class);
        assertThatThrownBy(() -> changes.await("mail", connection, LONG)).hasMessage("changes.not_announced");
        assertThatThrownBy(() -> changes.await("nobody", connection, LONG)).hasMessage("consumer.unknown");
        assertThatThrownBy(() -> changes.forCustomers().await("mail", connection, LONG))
                .hasMessage("consumer.other_feed");
    }

    private final AtomicInteger handled = new AtomicInteger();

    private boolean isOpen() {
        return handled.get() == 0;
    }

    private void handleAll() {
        handled.incrementAndGet();
        handle();
    }

    @Test
    void the_guides_example_does_what_it_says() throws SQLException {
        DataSource toPostgresql = database.dataSource();
        team.jane().on(id).reply("Somebody wakes.");
        // region: await
        tickets.changes().announce(true); // at each start of the host
        try (Connection straight = toPostgresql.getConnection()) { // not through a pooler
            while (isOpen()) {
                if (tickets.changes().await("mail", straight, Duration.ofMinutes(1))) {
                    handleAll(); // until nothing comes any more
                }
            }
        }
        // endregion
        assertThat(changes.lag("mail").changes()).isZero();
    }

    @Test
    void who_stores_something_announces_it_only_if_that_was_asked_for() throws SQLException {
        changes.announce(false);
        assertThat(heardOfReply()).isZero();
        changes.announce(true);
        assertThat(heardOfReply()).isEqualTo(1);
    }

    private int heardOfReply() throws SQLException {
        try (Connection writing = database.dataSource().getConnection();
                Statement statement = writing.createStatement()) {
            statement.execute("listen \""
                    + database.value("select 'counterfoil_' || 'counterfoil.change_epoch'::regclass::oid") + "\"");
            writing.setAutoCommit(false);
            for (int i = 0; i < 3; i++) {
                tickets.joining(writing).agent(JANE).on(id).reply("One of three");
            }
            writing.commit();
            return writing.unwrap(PGConnection.class).getNotifications().length;
        }
    }

    @Test
    void a_wait_needs_a_connection_to_the_server_itself_outside_of_transactions() throws SQLException {
        connection.setAutoCommit(false);
        assertThatThrownBy(() -> changes.await("mail", connection, LONG))
                .isInstanceOfSatisfying(
                        UnsuitableConnection.class, e -> assertThat(e.code()).isEqualTo("connection.in_transaction"));
        connection.setAutoCommit(true);
        PGConnection pooled = (PGConnection) Proxy.newProxyInstance(
                PGConnection.class.getClassLoader(),
                new Class<?>[] {PGConnection.class},
                (proxy, method, arguments) -> -1);
        Connection throughPooler = (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) ->
                        method.getName().equals("unwrap") ? pooled : method.invoke(connection, arguments));
        assertThatThrownBy(() -> changes.await("mail", throughPooler, LONG))
                .isInstanceOfSatisfying(
                        UnsuitableConnection.class, e -> assertThat(e.code()).isEqualTo("connection.not_direct"));
    }
}
