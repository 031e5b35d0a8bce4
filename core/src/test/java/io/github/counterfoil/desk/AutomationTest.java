package io.github.counterfoil.desk;

import static io.github.counterfoil.command.Command.changePriority;
import static io.github.counterfoil.command.Command.changeStatus;
import static io.github.counterfoil.command.Command.close;
import static io.github.counterfoil.command.Command.reply;
import static io.github.counterfoil.command.Command.tag;
import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.command.Command;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.NotAllowed;
import io.github.counterfoil.event.Author;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.page.Page;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.testing.ChangedStatements;
import io.github.counterfoil.testing.CountingProxy;
import io.github.counterfoil.testing.SameConnection;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.TicketQuery;
import io.github.counterfoil.ticket.TicketStatus;
import io.github.counterfoil.ticket.TicketSummary;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is done with tickets when its time has come. */
@Tag("storage")
class AutomationTest {
    private static final int TICKETS = Integer.getInteger("counterfoil.due", 300);
    private static final UUID ROBOT = UUID.fromString("00000000-0000-4000-8000-0000000000f0");
    private static final Instant WEEK_AGO = Instant.now().minus(7, ChronoUnit.DAYS);
    private static final PageRequest PAGE = PageRequest.oldestFirst(50);
    private static final TicketQuery PENDING = TicketQuery.all()
            .status(TicketStatus.PENDING)
            .statusSinceBefore(WEEK_AGO)
            .sort(TicketQuery.Sort.STATUS_SINCE);
    private static final TicketQuery WAITING = TicketQuery.unsolved().unansweredSince(WEEK_AGO);
    private static final Command SORRY = reply("You are not forgotten.");

    @AutoClose
    private final TestDatabase database = TestDatabase.withSchema();

    private final SupportTeam team = SupportTeam.in(database);

    /** Ten days ago: what it does has waited for long. */
    private final TicketService past = TicketService.builder(database.dataSource())
            .clock(() -> Instant.now().minus(10, ChronoUnit.DAYS))
            .build();

    private final Automation automation = team.tickets().automation(ROBOT);

    @BeforeEach
    void registerRobot() {
        team.tickets().people().registerSystem(ROBOT, "Automation");
    }

    private UUID pending() {
        UUID id = opened();
        past.agent(JANE).on(id).apply(reply("Did that help?"), changeStatus(TicketStatus.PENDING));
        return id;
    }

    private UUID opened() {
        return past.customer(ADA)
                .open(NewTicket.of("Printer on fire", "It burns."))
                .id();
    }

    private Page<BulkCommands.Result> closeAll() {
        return automation.run("auto-close", PENDING, PAGE, reply("We close this."), changeStatus(TicketStatus.CLOSED));
    }

    private List<UUID> done(Page<BulkCommands.Result> page) {
        return page.items().stream()
                .filter(one -> one.get().outcome() == CommandResult.Outcome.APPLIED)
                .map(BulkCommands.Result::ticketId)
                .toList();
    }

    private Stream<TicketEvent> events(UUID id) {
        return team.jane().on(id).history(PageRequest.oldestFirst(200)).items().stream();
    }

    private long written(UUID id) {
        return events(id)
                .filter(event -> event.author().id().equals(ROBOT) && event instanceof TicketEvent.Message)
                .count();
    }

    @Test
    void what_is_due_is_done_once_and_what_is_not_due_is_left_alone() {
        UUID due = pending();
        UUID fresh = team.ticket();
        team.jane().on(fresh).changeStatus(TicketStatus.PENDING);
        assertThat(done(closeAll())).containsExactly(due);
        assertThat(team.jane().on(due).ticket().status()).isEqualTo(TicketStatus.CLOSED);
        assertThat(team.jane().on(fresh).ticket().status()).isEqualTo(TicketStatus.PENDING);
        assertThat(closeAll().items()).isEmpty();
        assertThat(written(due)).isEqualTo(1);
    }

    @Test
    void one_that_stays_due_is_reminded_of_once_for_each_wait() {
        // No event is dated before the one that precedes it, so that all of them are of the past.
        Automation robot = past.automation(ROBOT);
        UUID id = opened();
        assertThat(done(robot.run("reminder", WAITING, PAGE, SORRY))).containsExactly(id);
        past.customer(ADA).on(id).reply("Hello?");
        past.agent(JANE).on(id).note("Who looks?");
        assertThat(robot.run("reminder", WAITING, PAGE, SORRY).items()).isEmpty();
        assertThat(robot.run("reminder", WAITING, PAGE, reply("Said otherwise by the next release."))
                        .items())
                .as("what was done stays done whatever is done now")
                .isEmpty();
        assertThat(done(robot.run("another", WAITING, PAGE, tag("late")))).containsExactly(id);
        past.agent(JANE).on(id).reply("Sorry, have you tried to unplug it?");
        assertThat(robot.run("reminder", WAITING, PAGE, SORRY).items()).isEmpty();
        past.customer(ADA).on(id).reply("Yes.");
        assertThat(done(robot.run("reminder", WAITING, PAGE, SORRY))).containsExactly(id);
        assertThat(written(id)).isEqualTo(2);
    }

    @Test
    void one_that_comes_back_from_being_put_off_is_told_of_once_for_each_time() {
        UUID id = team.ticket();
        past.agent(JANE).on(id).snooze(Instant.now().minus(8, ChronoUnit.DAYS));
        TicketQuery woken = TicketQuery.all().wokeBefore(Instant.now());
        assertThat(done(automation.run("woken", woken, PAGE, tag("look-again"))))
                .containsExactly(id);
        team.jane().on(id).untag("look-again");
        assertThat(automation.run("woken", woken, PAGE, tag("look-again")).items())
                .isEmpty();
        past.agent(JANE).on(id).snooze(Instant.now().minus(7, ChronoUnit.DAYS));
        assertThat(done(automation.run("woken", woken, PAGE, tag("look-again"))))
                .containsExactly(id);
    }

    @Test
    void a_query_without_a_condition_of_time_is_due_once_for_good() {
        UUID id = team.ticket();
        TicketQuery open = TicketQuery.unsolved();
        assertThat(done(automation.run("welcome", open, PAGE, SORRY))).containsExactly(id);
        team.jane().on(id).changeStatus(TicketStatus.PENDING);
        assertThat(automation.run("welcome", open, PAGE, SORRY).items()).isEmpty();
    }

    @Test
    void one_that_moves_while_it_is_found_is_left_alone() {
        UUID id = pending();
        UUID other = pending();
        List<BulkCommands.Result> results = new MovingMeanwhile(id).run();
        assertThat(results).hasSize(2);
        for (BulkCommands.Result result : results) {
            assertThat(result.refusal().isPresent()).isEqualTo(result.ticketId().equals(id));
        }
        assertThat(results.stream().flatMap(one -> one.refusal().stream()))
                .singleElement()
                .isInstanceOf(StaleTicket.ForAgent.class);
        assertThat(team.jane().on(id).ticket().status()).isEqualTo(TicketStatus.OPEN);
        assertThat(team.jane().on(other).ticket().status()).isEqualTo(TicketStatus.CLOSED);
        assertThat(closeAll().items()).isEmpty();
    }

    /** A customer who writes between the two. */
    private final class MovingMeanwhile {
        private final UUID id;
        private int statements;

        MovingMeanwhile(UUID id) {
            this.id = id;
        }

        List<BulkCommands.Result> run() {
            return TicketService.builder(new ChangedStatements(database.dataSource(), this::sent))
                    .build()
                    .automation(ROBOT)
                    .run("auto-close", PENDING, PAGE, changeStatus(TicketStatus.CLOSED))
                    .items();
        }

        private String sent(String sql) {
            if (sql.contains("apply_to_each") && statements++ == 0) {
                team.ada().on(id).reply("Wait!");
            }
            return sql;
        }
    }

    @Test
    void one_that_refuses_stands_in_nobodys_way_and_is_tried_again_by_the_next_run() {
        TicketService tight =
                TicketService.builder(database.dataSource()).ticketLimit(1, 1).build();
        UUID full = pending();
        List<UUID> others = List.of(opened(), opened());
        for (UUID id : others) {
            past.agent(JANE).on(id).apply(Command.note("x"));
        }
        TicketQuery all = TicketQuery.all().createdBefore(WEEK_AGO);
        List<String> codes = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            PageRequest.oldestFirst(1)
                    .<BulkCommands.Result>forEach(
                            page -> tight.automation(ROBOT).run("full", all, page, SORRY),
                            one -> codes.add(
                                    one.refusal().map(refused -> refused.code()).orElse("done")));
        }
        assertThat(codes).as("each tried once by each run").hasSize(6).containsOnly("ticket.full");
        assertThat(written(full)).isZero();
        PageRequest.oldestFirst(1)
                .<BulkCommands.Result>forEach(
                        page -> automation.run("full", all, page, SORRY),
                        one -> codes.add(one.get().outcome().name()));
        assertThat(codes.subList(6, 9)).containsOnly("APPLIED");
    }

    @Test
    void in_a_transaction_of_the_hosts_it_is_part_of_that() throws SQLException {
        UUID id = pending();
        try (Connection tx = database.dataSource().getConnection()) {
            tx.setAutoCommit(false);
            Automation joined = team.tickets().joining(tx).automation(ROBOT);
            assertThat(joined.run("auto-close", PENDING, PAGE, changeStatus(TicketStatus.CLOSED))
                            .items())
                    .hasSize(1);
            tx.rollback();
        }
        assertThat(done(closeAll())).containsExactly(id);
    }

    @Test
    void it_takes_three_round_trips_and_a_fourth_where_waits_are_asked_for() throws SQLException {
        pending();
        opened();
        try (CountingProxy proxy = CountingProxy.before(database.url());
                Connection connection = DriverManager.getConnection(proxy.url())) {
            Automation counted = TicketService.builder(new SameConnection(connection))
                    .build()
                    .automation(ROBOT);
            counted.run("warm", TicketQuery.all().number(1), PAGE, SORRY);
            assertThat(proxy.count(() -> counted.run("auto-close", PENDING, PAGE, changeStatus(TicketStatus.CLOSED))))
                    .isEqualTo(3);
            assertThat(proxy.count(() -> counted.run("reminder", WAITING, PAGE, SORRY)))
                    .isEqualTo(4);
        }
    }

    @Test
    void all_faults_of_a_call_come_together_and_before_any_statement() {
        assertThatThrownBy(() -> automation.run(
                        "two\nlines", TicketQuery.all().tags("x".repeat(65)), PageRequest.oldestFirst(201), List.of()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("rule.control_char")
                .hasMessageContaining("query.tags[0].too_long (limit 64)")
                .hasMessageContaining("page_size.out_of_range (limit 200)")
                .hasMessageContaining("commands.required");
    }

    @Test
    void what_is_too_large_for_a_page_is_told_before_any_statement_however_many_are_due() throws SQLException {
        Command note = Command.note("x".repeat(400_000));
        try (CountingProxy proxy = CountingProxy.before(database.url());
                Connection counted = DriverManager.getConnection(proxy.url())) {
            TicketService service =
                    TicketService.builder(new SameConnection(counted)).build();
            assertThat(proxy.count(() -> assertThatThrownBy(() -> service.automation(ROBOT)
                                    .run("remind", PENDING, PageRequest.oldestFirst(200), List.of(note)))
                            .isInstanceOf(InvalidInput.class)
                            .hasMessage("commands.too_large (limit 67108864)")))
                    .isZero();
        }
        assertThat(automation
                        .run("remind", PENDING, PageRequest.oldestFirst(100), List.of(note))
                        .items())
                .isEmpty();
    }

    @Test
    void nobody_who_may_do_nothing_runs_a_rule() {
        pending();
        assertThatThrownBy(() -> team.tickets()
                        .automation(ADA)
                        .run("auto-close", PENDING, PAGE, changeStatus(TicketStatus.CLOSED)))
                .isInstanceOf(NotAllowed.class);
    }

    @Test
    void a_host_calls_it_from_a_scheduler_of_its_own() {
        UUID robotId = ROBOT;
        UUID forgotten = pending();
        UUID waiting = opened();
        UUID later = team.ticket();
        List<String> refused = new ArrayList<>();
        TicketService tickets = team.tickets();
        AgentDesk jane = team.jane();
        AgentHandle printer = jane.on(later);
        Instant monday = Instant.now().plus(3, ChronoUnit.DAYS);
        // region: automation
        Automation automation = tickets.automation(robotId); // a system actor, the same on all nodes
        Instant weekAgo = Instant.now().minus(7, ChronoUnit.DAYS);
        TicketQuery silent = TicketQuery.all().status(TicketStatus.PENDING).statusSinceBefore(weekAgo);
        PageRequest.oldestFirst(200)
                .<BulkCommands.Result>forEach(
                        page -> automation.run("auto-close", silent, page, reply("We close this."), close()),
                        one -> one.refusal().ifPresent(refusal -> refused.add(one.ticketId() + " " + refusal.code())));
        // endregion
        // region: reminder
        TicketQuery unanswered =
                TicketQuery.unsolved().unansweredSince(Instant.now().minus(4, ChronoUnit.HOURS));
        PageRequest.oldestFirst(200)
                .<BulkCommands.Result>forEach(
                        page -> automation.run("late", unanswered, page, tag("late"), changePriority(Priority.HIGH)),
                        one -> {});
        // endregion
        // region: snooze
        printer.snooze(monday); // by the clock it comes back then, or when its customer writes
        TicketQuery inbox = TicketQuery.unsolved().snoozed(false);
        Page<TicketSummary> awake = jane.find(inbox, PageRequest.oldestFirst(50));
        TicketQuery woken = TicketQuery.unsolved().wokeBefore(Instant.now()); // a rule's query, or a list of its own
        // endregion
        assertThat(refused).isEmpty();
        assertThat(jane.on(forgotten).ticket().status()).isEqualTo(TicketStatus.CLOSED);
        assertThat(jane.on(waiting).ticket().tags()).containsExactly("late");
        assertThat(awake.items()).extracting(TicketSummary::id).containsExactly(waiting);
        assertThat(jane.find(woken, PAGE).items()).isEmpty();
    }

    @Test
    void two_nodes_at_once_do_what_is_due_once() throws Exception {
        List<ImportedTicket> given = new ArrayList<>();
        for (int i = 0; i < TICKETS; i++) {
            UUID id = new UUID(i, 4711);
            Instant at = WEEK_AGO.minusSeconds(1 + i / 3).truncatedTo(ChronoUnit.MICROS);
            given.add(ImportedTicket.of(id, NewTicket.of("Ticket " + i, "Text"), ADA, at)
                    .events(List.of(new TicketEvent.StatusUpdate(
                            new TicketEvent.Header(
                                    new UUID(4711, i),
                                    id,
                                    1,
                                    at,
                                    new Author(JANE, "Jane", "Smith", Role.AGENT),
                                    Visibility.PUBLIC),
                            TicketStatus.NEW,
                            TicketStatus.PENDING))));
        }
        assertThat(team.tickets().imports().run(given.iterator()).imported()).isEqualTo(TICKETS);
        long start = System.nanoTime();
        List<int[]> nodes =
                atOnce(List.of(() -> node(PageRequest.oldestFirst(50)), () -> node(PageRequest.newestFirst(50))));
        long millis = (System.nanoTime() - start) / 1_000_000;
        int applied = nodes.stream().mapToInt(node -> node[0]).sum();
        System.out.printf(
                "due: %d tickets, two rules, 2 nodes at once: %d done, %d replayed, %d moved on, in %d ms%n",
                TICKETS,
                applied,
                nodes.stream().mapToInt(node -> node[1]).sum(),
                nodes.stream().mapToInt(node -> node[2]).sum(),
                millis);
        assertThat(applied).isEqualTo(2 * TICKETS);
        assertThat(nodes).as("both nodes did something").allMatch(node -> node[0] > 0);
        assertThat(count("e.type = 'message' and e.created_by = '" + ROBOT + "'", "true"))
                .isEqualTo(TICKETS);
        assertThat(count("e.type = 'message' and e.created_by = '" + ROBOT + "'", "x.n <> 1"))
                .isZero();
        assertThat(count("e.type = 'status-update' and e.body ->> 'new_value' = 'closed'", "x.n = 1"))
                .isEqualTo(TICKETS);
    }

    private int count(String events, String which) throws SQLException {
        return Integer.parseInt(
                database.query("select count(*) from (select count(*) as n from counterfoil.ticket_event e" + " where "
                                + events + " group by e.ticket_id) x where " + which)
                        .get(0));
    }

    /** A reminder, which leaves each ticket as due as it was, and then the closing. */
    private int[] node(PageRequest closing) {
        Automation node = database.service().automation(ROBOT);
        int[] counts = new int[3];
        run(page -> node.run("reminder", PENDING, page, SORRY), PAGE, counts);
        Command close = changeStatus(TicketStatus.CLOSED);
        run(page -> node.run("auto-close", PENDING, page, close), closing, counts);
        // What moved on because the other node reminded of it.
        run(page -> node.run("auto-close", PENDING, page, close), closing, counts);
        return counts;
    }

    private static void run(Function<PageRequest, Page<BulkCommands.Result>> rule, PageRequest first, int[] counts) {
        first.<BulkCommands.Result>forEach(rule, one -> {
            Optional<CommandResult<TicketEvent>> result = one.result();
            int kind = result.isEmpty() ? 2 : result.get().outcome() == CommandResult.Outcome.APPLIED ? 0 : 1;
            counts[kind]++;
        });
    }

    private static <T> List<T> atOnce(List<Callable<T>> nodes) throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(nodes.size());
        ExecutorService threads = Executors.newFixedThreadPool(nodes.size());
        try {
            List<Future<T>> running = nodes.stream()
                    .map(node -> threads.submit(() -> {
                        barrier.await();
                        return node.call();
                    }))
                    .toList();
            List<T> done = new ArrayList<>();
            for (Future<T> one : running) {
                done.add(one.get());
            }
            return done;
        } finally {
            threads.shutdownNow();
        }
    }
}
