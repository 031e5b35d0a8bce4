package io.github.counterfoil.desk;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.counterfoil.TicketService;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.testing.CountingProxy;
import io.github.counterfoil.testing.SameConnection;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.TicketFilter;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
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
        calls.put("list", () -> tickets.agent(JANE).list(TicketFilter.all().assignedTo(JANE), FIFTY));
        return calls;
    }

    /** Of the calling thread, in kB of 1,000 bytes: the least of many calls, since the JVM's compilers change it. */
    @Test
    void a_call_allocates_no_more_heap_than_its_budget() {
        Map<String, Integer> budgets = Map.of(
                "reply", 14,
                "open", 16,
                "ticket", 5,
                "ticket with history", 125,
                "customer's ticket with history", 138,
                "list", 206);
        Map<String, Integer> counted = new LinkedHashMap<>();
        calls().forEach((name, call) -> counted.put(name, (int) (heap(call) / 1_000)));
        requireWithin(budgets, counted);
    }

    private static long heap(Runnable call) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 200; i++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            call.run();
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }

    @Test
    void a_call_is_answered_in_no_more_bytes_than_its_budget() {
        Map<String, Integer> budgets = Map.of(
                "reply", 560,
                "open", 80,
                "ticket", 600,
                "ticket with history", 23_500,
                "customer's ticket with history", 24_000,
                "list", 28_000);
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
