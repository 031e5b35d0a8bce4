package io.github.counterfoil.desk;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.BOB;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.counterfoil.TicketService;
import io.github.counterfoil.command.Command;
import io.github.counterfoil.event.Author;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.testing.CountingProxy;
import io.github.counterfoil.testing.SameConnection;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Participants;
import io.github.counterfoil.ticket.Reference;
import io.github.counterfoil.ticket.TicketQuery;
import io.github.counterfoil.ticket.TicketStatus;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What calls may cost beside their one round trip: counted, so that what makes a call heavier shows where it was made. A
 * budget is a little more than what was counted.
 */
class BudgetsTest {
    private static final String MESSAGE = "x".repeat(300);
    private static final PageRequest FIFTY = PageRequest.newestFirst(50);

    private TestDatabase database;
    private CountingProxy proxy;
    private Connection connection;
    private TicketService tickets;
    private UUID id;

    @BeforeEach
    void open() throws SQLException {
        database = TestDatabase.withSchema();
        proxy = CountingProxy.before(database.url());
        connection = DriverManager.getConnection(proxy.url());
        tickets = TicketService.builder(new SameConnection(connection)).build();
        SupportTeam.registered(tickets);
        id = tickets.agent(JANE).open(ADA, NewTicket.of("Title", MESSAGE)).id();
        for (int i = 0; i < 100; i++) {
            tickets.agent(JANE).on(id).reply(MESSAGE);
        }
        for (int i = 0; i < 51; i++) {
            UUID other = tickets.agent(JANE)
                    .open(ADA, NewTicket.of("Title", MESSAGE))
                    .id();
            tickets.agent(JANE).on(other).assign(JANE);
        }
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        proxy.close();
        database.close();
    }

    private Map<String, Runnable> calls() {
        Map<String, Runnable> calls = new LinkedHashMap<>();
        calls.put("reply", () -> tickets.agent(JANE).on(id).reply(MESSAGE));
        calls.put("open", () -> tickets.agent(JANE).open(ADA, NewTicket.of("Title", MESSAGE)));
        calls.put("ticket", () -> tickets.agent(JANE).on(id).ticket());
        calls.put("ticket with history", () -> tickets.agent(JANE).on(id).ticketWithHistory(FIFTY));
        calls.put(
                "customer's ticket with history",
                () -> tickets.customer(ADA).on(id).ticketWithHistory(FIFTY));
        calls.put("list", () -> tickets.agent(JANE).find(TicketQuery.all().assignedTo(JANE), FIFTY));
        return calls;
    }

    /** A function of SQL that is not taken into the statement around it is parsed and planned again in each transaction. */
    @Test
    void commands_call_no_function_that_is_planned_anew_each_time() throws SQLException {
        String name = database.value("select current_database()");
        database.asSuperuser("alter database " + name + " set track_functions = 'all'");
        try (Connection tracked = DriverManager.getConnection(database.url());
                Statement statement = tracked.createStatement()) {
            TicketService service =
                    TicketService.builder(new SameConnection(tracked)).build();
            UUID other = service.agent(JANE)
                    .open(ADA, NewTicket.of("Title", MESSAGE).tags("vip"))
                    .id();
            AgentHandle handle = service.agent(JANE).on(other);
            handle.assign(JANE);
            handle.apply(
                    List.of(Command.reply(MESSAGE), Command.changeStatus(TicketStatus.PENDING), Command.tag("late")));
            handle.note(MESSAGE);
            handle.changeTitle("Another");
            handle.setField("plan", "gold");
            handle.close();
            service.customer(ADA).on(other).rate(5, "Fine");
            service.customer(ADA).on(other).reply(MESSAGE);
            handle.apply(Command.addParticipant(BOB, Participants.Kind.COPY), Command.follow());
            handle.once(new Reference("tracker", "BUG-1")).note(MESSAGE);
            handle.snooze(Instant.now().plusSeconds(3_600));
            service.agent(JANE).onEach(List.of(other, id)).apply(Command.tag("each"));
            statement.execute("select pg_stat_force_next_flush()");
            assertThat(called("l.lanname = 'plpgsql'")).contains("apply_command", "open_ticket", "append_event");
            assertThat(called("l.lanname = 'sql'")).isEmpty();
        } finally {
            database.asSuperuser("alter database " + name + " reset track_functions");
        }
    }

    private List<String> called(String which) {
        return database.query("select f.funcname from pg_stat_user_functions f join pg_proc p on p.oid = f.funcid"
                + " join pg_language l on l.oid = p.prolang where f.calls > 0 and " + which);
    }

    /** Of the calling thread, in kB of 1,000 bytes: the least of many calls, since the JVM's compilers change it. */
    @Test
    void a_call_allocates_no_more_heap_than_its_budget() {
        Map<String, Integer> budgets = Map.of(
                "reply", 14,
                "open", 16,
                "ticket", 7,
                "ticket with history", 125,
                "customer's ticket with history", 138,
                "list", 265);
        Map<String, Integer> counted = new LinkedHashMap<>();
        calls().forEach((name, call) -> counted.put(name, (int) (heap(200, call) / 1_000)));
        requireWithin(budgets, counted);
    }

    private static long heap(int times, Runnable call) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < times; i++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            call.run();
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }

    /** Ten tickets of 20 messages hold some 70 kB of texts. */
    @Test
    void an_import_is_one_round_trip_and_allocates_no_more_heap_than_its_budget() {
        List<List<ImportedTicket>> batches =
                Stream.generate(BudgetsTest::batch).limit(60).toList();
        int trips = proxy.count(() -> imported(batches.get(0)));
        assertThat(trips).isEqualTo(1);
        Iterator<List<ImportedTicket>> rest = batches.subList(1, batches.size()).iterator();
        requireWithin(Map.of("import", 745), Map.of("import", (int) (heap(59, () -> imported(rest.next())) / 1_000)));
    }

    private void imported(List<ImportedTicket> batch) {
        assertThat(tickets.imports().run(batch.iterator()).imported()).isEqualTo(batch.size());
    }

    private static List<ImportedTicket> batch() {
        Author author = new Author(JANE, "Jane", "Smith", Role.AGENT);
        Instant start = Instant.parse("2016-02-29T01:16:00Z");
        return Stream.generate(UUID::randomUUID)
                .limit(10)
                .map(id -> ImportedTicket.of(id, NewTicket.of("Title", MESSAGE), ADA, start)
                        .events(IntStream.rangeClosed(1, 20)
                                .mapToObj(seq -> new TicketEvent.Message(
                                        new TicketEvent.Header(
                                                UUID.randomUUID(),
                                                id,
                                                seq,
                                                start.plusSeconds(seq),
                                                author,
                                                Visibility.PUBLIC),
                                        MESSAGE,
                                        List.of()))
                                .toList()))
                .toList();
    }

    @Test
    void a_call_is_answered_in_no_more_bytes_than_its_budget() {
        Map<String, Integer> budgets = Map.of(
                "reply", 560,
                "open", 96,
                "ticket", 640,
                "ticket with history", 23_500,
                "customer's ticket with history", 24_000,
                "list", 15_800);
        Map<String, Integer> counted = new LinkedHashMap<>();
        calls().forEach((name, call) -> {
            // Once it is prepared, values come in their short form.
            for (int i = 0; i < 6; i++) {
                call.run();
            }
            counted.put(name, proxy.bytesDown(call));
        });
        requireWithin(budgets, counted);
    }

    private static void requireWithin(Map<String, Integer> budgets, Map<String, Integer> counted) {
        assertThat(counted.keySet()).isEqualTo(budgets.keySet());
        assertThat(counted)
                .as(counted.toString())
                .allSatisfy((name, count) -> assertThat(count).as(name).isLessThanOrEqualTo(budgets.get(name)));
    }
}
