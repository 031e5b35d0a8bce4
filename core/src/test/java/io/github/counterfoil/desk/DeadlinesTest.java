package io.github.counterfoil.desk;

import static io.github.counterfoil.command.Command.note;
import static io.github.counterfoil.command.Command.reply;
import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static io.github.counterfoil.testing.SupportTeam.TOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.github.counterfoil.TicketService;
import io.github.counterfoil.command.Command;
import io.github.counterfoil.error.CounterfoilException;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.OutcomeUnknown;
import io.github.counterfoil.error.Unavailable;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.testing.CountingProxy;
import io.github.counterfoil.testing.FilesInMemory;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.NewTicket;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A call is over in time, whatever holds it up, and leaves nothing of its limits behind. */
@Tag("storage")
class DeadlinesTest {
    private static final Duration LIMIT = Duration.ofMillis(600);

    @AutoClose
    private final TestDatabase database = TestDatabase.withSchema();

    private final SupportTeam team = SupportTeam.in(database);
    private final TicketService hurried = database.service().within(LIMIT);
    private final UUID id = team.ticket();

    @Test
    void a_ticket_that_somebody_holds_is_given_up_as_busy() throws SQLException {
        try (Connection stranger = holding("select from counterfoil.ticket for update")) {
            assertIsGivenUp("database.busy", () -> hurried.agent(JANE).on(id).reply("Late"));
            assertIsGivenUp("database.busy", () -> hurried.agent(JANE).on(id).apply(reply("Late"), note("Late")));
            stranger.rollback();
        }
        assertThat(team.jane().on(id).ticket().version()).isZero();
    }

    @Test
    void a_person_whom_somebody_holds_is_given_up_by_every_command_that_waits_for_them() throws SQLException {
        UUID other = team.ticket();
        try (Connection stranger = holding("select from counterfoil.worker for update")) {
            assertIsGivenUp("database.busy", () -> hurried.agent(JANE).on(id).assign(TOM));
            assertIsGivenUp(
                    "database.busy",
                    () -> hurried.agent(JANE)
                            .onEach(List.of(id, other))
                            .apply(io.github.counterfoil.command.Command.assign(TOM)));
            stranger.rollback();
        }
        try (Connection stranger = holding("select from counterfoil.customer for update")) {
            assertIsGivenUp(
                    "database.busy",
                    () -> hurried.customer(ADA)
                            .open(NewTicket.of("Title", "Text").channel("new one")));
            stranger.rollback();
        }
        assertThat(team.jane().on(id).ticket().version()).isZero();
    }

    @Test
    void what_names_a_file_or_puts_off_a_ticket_that_somebody_holds_is_given_up() throws SQLException {
        UUID file = TicketService.builder(database.dataSource())
                .attachments(new FilesInMemory(), 1)
                .build()
                .agent(JANE)
                .on(id)
                .attachments()
                .add("a", "a/b", InputStream.nullInputStream())
                .id();
        Command.Reply reply = Command.reply("Look").with(List.of(file));
        try (Connection stranger = holding("select from counterfoil.attachment for update")) {
            assertIsGivenUp("database.busy", () -> hurried.agent(JANE).on(id).apply(reply));
            stranger.rollback();
        }
        try (Connection stranger = holding("select from counterfoil.ticket for update")) {
            assertIsGivenUp(
                    "database.busy",
                    () -> hurried.agent(JANE).on(id).snooze(Instant.now().plusSeconds(60)));
            stranger.rollback();
        }
        assertThat(team.jane().on(id).apply(reply).version()).isEqualTo(1);
    }

    @Test
    void imports_give_up_what_somebody_holds_and_leave_nothing_of_their_limits() throws SQLException {
        JsonValue ticket = database.service().documents().ticket(id).orElseThrow();
        UUID person = UUID.randomUUID();
        JsonValue customer = JsonValue.parse("{\"id\": \"" + person + "\", \"email\": \"x@example.com\","
                + " \"first_name\": \"X\", \"last_name\": \"Y\", \"communication_channels\": []}");
        try (Connection stranger =
                holding("select from counterfoil.ticket for update; lock counterfoil.customer in share mode")) {
            assertIsGivenUp(
                    "database.busy",
                    () -> hurried.documents().importTickets(List.of(ticket).iterator()));
            assertIsGivenUp(
                    "database.busy",
                    () -> hurried.documents().importCustomers(List.of(customer).iterator()));
            stranger.rollback();
        }
    }

    @Test
    void each_function_that_writes_for_the_application_begins_alike() {
        String role = TestDatabase.plainRole(
                "deadlines_" + UUID.randomUUID().toString().replace('-', '_'));
        try {
            database.execute(database.service().schema().grants(role));
            assertThat(
                            database.query(
                                    "select proname from pg_proc where pronamespace = 'counterfoil'::regnamespace"
                                            // That a session listens is stored nowhere, and waits for nobody.
                                            + " and proname <> 'listen_to_changes'"
                                            + " and provolatile = 'v' and has_function_privilege('" + role
                                            + "', oid, 'execute')"
                                            + " and prosrc not like '%begin_call(p_patience, p_durable)%set_config(''lock_timeout'', %, true)%'"))
                    .isEmpty();
        } finally {
            database.asSuperuser("drop owned by " + role);
            TestDatabase.dropRoles(role);
        }
    }

    @Test
    void a_statement_that_takes_too_long_is_cancelled_and_stores_nothing() {
        database.execute("create function public.slow() returns trigger language plpgsql as"
                + " 'begin perform pg_sleep(30); return new; end'");
        database.execute("create trigger slow before insert on counterfoil.ticket_event for each row"
                + " execute function public.slow()");
        assertIsGivenUp("database.timeout", () -> hurried.agent(JANE).on(id).reply("Late"));
        assertThat(team.jane().on(id).ticket().version()).isZero();
    }

    /** From Java 25 on the clock that rings is the pool's. */
    @Test
    void a_statement_is_cancelled_in_time_while_the_hosts_common_pool_is_full() throws InterruptedException {
        CountDownLatch full = new CountDownLatch(ForkJoinPool.getCommonPoolParallelism());
        CountDownLatch over = new CountDownLatch(1);
        for (int i = 0; i < ForkJoinPool.getCommonPoolParallelism(); i++) {
            ForkJoinPool.commonPool().execute(() -> {
                full.countDown();
                awaitQuietly(over);
            });
        }
        try {
            full.await();
            a_statement_that_takes_too_long_is_cancelled_and_stores_nothing();
        } finally {
            over.countDown();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_server_whose_answers_do_not_come_is_given_up() {
        try (CountingProxy proxy = CountingProxy.before(database.url());
                HikariDataSource pool = pool(proxy, 1)) {
            TicketService far = TicketService.builder(pool).deadline(LIMIT).build();
            UUID command = UUID.randomUUID();
            far.agent(JANE).on(id).ticket();
            proxy.swallowAnswers();
            assertIsOver(
                    () -> far.agent(JANE).on(id).once(command).reply("Late"),
                    OutcomeUnknown.class,
                    unknown -> unknown.commandId().orElseThrow().equals(command));
            assertIsOver(() -> far.agent(JANE).on(id).ticket(), Unavailable.class, lost -> true);
            assertThat(team.jane().on(id).once(command).reply("Late").version()).isEqualTo(1);
        }
    }

    @Test
    void a_connection_that_comes_too_late_is_given_back_unused() throws SQLException {
        try (HikariDataSource pool = database.pool(1)) {
            TicketService late = TicketService.builder(pool).deadline(LIMIT).build();
            late.agent(JANE).on(id).ticket();
            Connection taken = pool.getConnection();
            Thread holder = new Thread(() -> {
                try (taken) {
                    Thread.sleep(900);
                } catch (InterruptedException | SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            holder.start();
            assertIsGivenUp("database.timeout", () -> late.agent(JANE).on(id).reply("Late"));
            assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
        }
        assertThat(team.jane().on(id).ticket().version()).isZero();
    }

    @Test
    void a_call_in_a_hosts_transaction_leaves_none_of_its_limits_behind() throws SQLException {
        try (Connection host = database.dataSource().getConnection();
                Statement statement = host.createStatement()) {
            host.setAutoCommit(false);
            statement.execute("set lock_timeout = '7s'");
            host.setNetworkTimeout(Runnable::run, 77_000);
            TicketService joined = hurried.joining(host);
            joined.agent(JANE).on(id).reply("One");
            joined.agent(JANE).on(id).ticket();
            joined.agent(JANE).onEach(List.of(id)).apply(note("Two"));
            joined.customer(ADA).open(NewTicket.of("Title", "Text"));
            assertThat(value(statement, "show lock_timeout")).isEqualTo("7s");
            assertThat(host.getNetworkTimeout()).isEqualTo(77_000);
            statement.execute("select pg_sleep(1.1)");
            host.commit();
        }
        assertThat(team.jane().on(id).ticket().version()).isEqualTo(2);
    }

    @Test
    void a_hosts_own_shorter_limits_stay() throws SQLException {
        try (Connection stranger = holding("select from counterfoil.ticket for update");
                Connection host = database.dataSource().getConnection();
                Statement statement = host.createStatement()) {
            host.setAutoCommit(false);
            statement.execute("set lock_timeout = '50ms'");
            long start = System.nanoTime();
            assertThatThrownBy(() -> database.service()
                            .within(Duration.ofMinutes(1))
                            .joining(host)
                            .agent(JANE)
                            .on(id)
                            .reply("Late"))
                    .isInstanceOfSatisfying(
                            Unavailable.class, e -> assertThat(e.code()).isEqualTo("database.busy"));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
            host.rollback();
            stranger.rollback();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"off", "local"})
    void what_is_acknowledged_is_on_disk_although_the_session_asks_for_less(String setting) throws SQLException {
        assertThat(commitsWith(setting, Function.identity())).isEqualTo("on");
        assertThat(commitsWith(setting, TicketService.Builder::allowAsynchronousCommit))
                .isEqualTo(setting);
    }

    @ParameterizedTest
    @ValueSource(strings = {"remote_write", "remote_apply", "on"})
    void no_session_that_asks_for_more_is_told_to_ask_for_less(String setting) throws SQLException {
        assertThat(commitsWith(setting, Function.identity())).isEqualTo(setting);
    }

    /** What synchronous_commit is when the transaction of a command commits. */
    private String commitsWith(String setting, Function<TicketService.Builder, TicketService.Builder> settings)
            throws SQLException {
        JsonValue elsewhere = database.service().documents().ticket(id).orElseThrow();
        try (Connection host = database.dataSource().getConnection();
                Statement statement = host.createStatement()) {
            statement.execute("set synchronous_commit = " + setting);
            host.setAutoCommit(false);
            TicketService joined = settings.apply(TicketService.builder(database.dataSource()))
                    .build()
                    .joining(host);
            joined.agent(JANE).on(id).reply("Hello");
            String atCommit = value(statement, "show synchronous_commit");
            host.commit();
            assertThat(value(statement, "show synchronous_commit")).isEqualTo(setting);
            joined.documents().importTickets(List.of(elsewhere).iterator());
            assertThat(value(statement, "show synchronous_commit")).isEqualTo(atCommit);
            host.rollback();
            return atCommit;
        }
    }

    @Test
    void what_is_no_length_of_time_is_refused() {
        for (Duration wrong : new Duration[] {
            null,
            Duration.ZERO,
            Duration.ofSeconds(-1),
            Duration.ofNanos(1),
            Duration.ofDays(2),
            Duration.ofSeconds(Long.MAX_VALUE)
        }) {
            ThrowingCallable[] calls = {
                () -> database.service().within(wrong),
                () -> TicketService.builder(database.dataSource())
                        .deadline(wrong)
                        .build()
            };
            for (ThrowingCallable call : calls) {
                assertThatThrownBy(call).isInstanceOf(InvalidInput.class).hasMessageStartingWith("deadline.");
            }
        }
    }

    @Test
    void are_set_for_a_service_and_for_a_call() {
        try (HikariDataSource pool = database.pool(2)) {
            // region: deadline
            pool.setConnectionTimeout(2_000); // unless set, HikariCP waits for 30 seconds
            TicketService tickets =
                    TicketService.builder(pool).deadline(Duration.ofSeconds(5)).build();
            tickets.within(Duration.ofMillis(800)).agent(JANE).on(id).reply("Please unplug it.");
            // endregion
        }
        assertThat(team.jane().on(id).ticket().version()).isEqualTo(1);
    }

    private void assertIsGivenUp(String code, ThrowingCallable call) {
        assertIsOver(call, Unavailable.class, given -> given.code().equals(code));
    }

    private static <E extends CounterfoilException> void assertIsOver(
            ThrowingCallable call, Class<E> type, Function<E, Boolean> as) {
        long start = System.nanoTime();
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        type, e -> assertThat(as.apply(e)).as(e.code()).isTrue());
        // A second for the driver to know whole seconds, one for the network, the rest for a busy machine.
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
    }

    private Connection holding(String lock) throws SQLException {
        Connection stranger = database.dataSource().getConnection();
        stranger.setAutoCommit(false);
        try (Statement statement = stranger.createStatement()) {
            statement.execute(lock);
        }
        return stranger;
    }

    private static HikariDataSource pool(CountingProxy proxy, int size) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(proxy.url());
        pool.setMaximumPoolSize(size);
        pool.setConnectionTimeout(1_000);
        return pool;
    }

    private static String value(Statement statement, String sql) throws SQLException {
        try (var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
