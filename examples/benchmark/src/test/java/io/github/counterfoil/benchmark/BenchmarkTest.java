package io.github.counterfoil.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.benchmark.contestant.BenchmarkDatabase;
import io.github.counterfoil.benchmark.contestant.Contestant;
import io.github.counterfoil.benchmark.contestant.InProcess;
import io.github.counterfoil.benchmark.contestant.Pgbench;
import io.github.counterfoil.benchmark.contestant.StandardEntrant;
import io.github.counterfoil.benchmark.measure.Cost;
import io.github.counterfoil.benchmark.report.MarkdownReport;
import io.github.counterfoil.benchmark.report.Results;
import io.github.counterfoil.benchmark.report.Results.Setting;
import io.github.counterfoil.benchmark.sample.Person;
import io.github.counterfoil.benchmark.sample.Samples;
import io.github.counterfoil.benchmark.sample.Scale;
import io.github.counterfoil.benchmark.sample.Status;
import io.github.counterfoil.benchmark.sample.TicketSet;
import io.github.counterfoil.benchmark.store.TicketStore;
import io.github.counterfoil.benchmark.store.TicketStore.Queue;
import io.github.counterfoil.benchmark.store.TicketStore.Stored;
import io.github.counterfoil.benchmark.store.TicketStore.TicketPage;
import io.github.counterfoil.benchmark.workload.Workload;
import io.github.counterfoil.embedded.EmbeddedPostgresql;
import java.io.OutputStream;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A tiny run: whether each contestant does the work that it is measured by. How long it takes is not looked at. */
class BenchmarkTest {
    private static final int THREADS = 2;
    private static final int OPERATIONS = 3;
    /** The one that counts, the one before it, and the one before all. */
    private static final int ROUNDS = 3;
    /** What is done before and while the operations are counted. */
    private static final int COUNTED = 9 + 11;

    private static final Scale TINY = new Scale(1_000, 10, 2, 60, 120, 4, 2);
    private static final Samples SAMPLES = new Samples(TINY);

    private static EmbeddedPostgresql postgresql;
    private static BenchmarkDatabase database;
    private static Contest contest;
    private static Results results;

    @BeforeAll
    static void run() throws SQLException {
        postgresql = EmbeddedPostgresql.startInMemory();
        database = new BenchmarkDatabase(postgresql.jdbcUrl(), true);
        Options options = Options.parse("--quick", "--threads", Integer.toString(THREADS), "--commit", "off")
                .scale(TINY)
                .operations(OPERATIONS);
        contest = new Contest(options, database, new PrintStream(OutputStream.nullOutputStream()));
        results = contest.run();
    }

    @AfterAll
    static void stop() throws SQLException {
        contest.close();
        database.close();
        postgresql.close();
    }

    private static Map<String, TicketStore> stores(Workload workload) {
        Map<String, TicketStore> stores = new LinkedHashMap<>();
        for (Contestant contestant : contest.contestants()) {
            if (contestant instanceof InProcess java && contestant.workloads().contains(workload)) {
                stores.put(contestant.id(), java.store());
            }
        }
        return stores;
    }

    @Test
    void everybody_played_everything_that_they_take_part_in() {
        for (Workload workload : Workload.values()) {
            List<String> players = contest.contestants().stream()
                    .filter(contestant -> contestant.workloads().contains(workload))
                    .map(Contestant::id)
                    .toList();
            Setting setting = new Setting(workload, THREADS, false);
            assertThat(players).contains("counterfoil", StandardEntrant.reference(workload));
            assertThat(results.costs().get(workload)).containsOnlyKeys(players);
            assertThat(results.outcomes().get(setting))
                    .containsOnlyKeys(players)
                    .allSatisfy((id, outcome) -> {
                        assertThat(outcome.latencies().count()).as(id).isEqualTo(THREADS * OPERATIONS);
                        assertThat(results.ratio(setting, id).orElseThrow())
                                .as(id)
                                .isPositive();
                    });
        }
    }

    @Test
    void every_store_keeps_the_same_of_a_lifecycle() throws SQLException {
        Person customer = SAMPLES.customer(1);
        Person agent = SAMPLES.agent(2);
        for (Map.Entry<String, TicketStore> entry : stores(Workload.LIFECYCLE).entrySet()) {
            TicketStore store = entry.getValue();
            UUID ticket = store.open(customer, "Printer on fire", "It burns.");
            assertThat(store.stored(ticket)).isEqualTo(new Stored("new", 0, 0, 0, null, 0, 0));
            store.assign(ticket, agent);
            store.message(ticket, agent, "Unplug it.");
            store.message(ticket, customer, "Done.");
            store.note(ticket, agent, "Known recall.");
            store.changeStatus(ticket, agent, Status.PENDING);
            assertThat(store.stored(ticket))
                    .as(entry.getKey())
                    .isEqualTo(new Stored("pending", 5, 2, 1, agent.id(), 0, 0));
            store.close(ticket, agent);
            store.rate(ticket, customer, 4, "Quick.");
            int resolutions = entry.getKey().equals("literal") ? 0 : 1;
            assertThat(store.stored(ticket))
                    .as(entry.getKey())
                    .isEqualTo(new Stored("closed", 7, 2, 1, agent.id(), resolutions, 4));
        }
    }

    @Test
    void what_was_appended_is_there_and_nothing_was_lost() throws SQLException {
        for (TicketSet set : List.of(TicketSet.APPEND_EMPTY, TicketSet.APPEND_SHORT, TicketSet.APPEND_LONG)) {
            int before = SAMPLES.size(set) * SAMPLES.messages(set);
            int after = before + COUNTED + ROUNDS * THREADS * OPERATIONS;
            for (Map.Entry<String, TicketStore> entry :
                    stores(Workload.APPEND_LONG).entrySet()) {
                assertThat(sum(entry.getValue(), set)).as(entry.getKey()).isEqualTo(after);
            }
        }
    }

    @Test
    void each_triage_is_three_changes_and_each_bulk_one_for_each_ticket() throws SQLException {
        int operations = COUNTED + ROUNDS * THREADS * OPERATIONS;
        for (Map.Entry<String, TicketStore> entry : stores(Workload.TRIAGE).entrySet()) {
            assertThat(sum(entry.getValue(), TicketSet.TRIAGE))
                    .as(entry.getKey())
                    .isEqualTo(3 * operations);
            assertThat(sum(entry.getValue(), TicketSet.BULK)).as(entry.getKey()).isEqualTo(TINY.bulk() * operations);
        }
    }

    private static int sum(TicketStore store, TicketSet set) throws SQLException {
        int sum = 0;
        for (int n = 0; n < SAMPLES.size(set); n++) {
            sum += store.stored(Samples.ticketId(set, n)).changes();
        }
        return sum;
    }

    @Test
    void every_store_shows_the_newest_events_first() throws SQLException {
        for (Map.Entry<String, TicketStore> entry : stores(Workload.READ_LONG).entrySet()) {
            TicketPage page = entry.getValue().read(Samples.ticketId(TicketSet.READ_LONG, 1), SAMPLES.agent(1), 50);
            assertThat(page.events()).as(entry.getKey()).hasSize(50);
            assertThat(page.newest()).as(entry.getKey()).isEqualTo(SAMPLES.text(1L + TINY.longEvents() - 1));
        }
    }

    @Test
    void every_store_shows_the_same_queue() throws SQLException {
        // One ticket in fifty is this agent's, and of those the first three of each ten are open.
        List<UUID> open = IntStream.iterate(TINY.queue() - 43, n -> n >= 0, n -> n - 1)
                .filter(n -> n % Samples.AGENTS == 7 && n / Samples.AGENTS % 10 < 3)
                .mapToObj(n -> Samples.ticketId(TicketSet.QUEUE, n))
                .toList();
        assertThat(open).hasSize(6);
        for (Map.Entry<String, TicketStore> entry : stores(Workload.QUEUE).entrySet()) {
            Queue queue = entry.getValue().queue(SAMPLES.agent(7), 5);
            assertThat(queue.tickets()).as(entry.getKey()).hasSize(5);
            assertThat(queue.first()).as(entry.getKey()).isEqualTo(open.get(0));
            assertThat(queue.last()).as(entry.getKey()).isEqualTo(open.get(4));
        }
    }

    @Test
    void what_is_imported_is_there_whole() throws SQLException {
        int tickets = TINY.batch() * (COUNTED + ROUNDS * THREADS * OPERATIONS);
        for (Contestant contestant : contest.contestants()) {
            if (contestant instanceof InProcess java && contestant.workloads().contains(Workload.IMPORT)) {
                for (int n = 0; n < tickets; n++) {
                    Stored stored = java.store().stored(Samples.ticketId(TicketSet.IMPORT, n));
                    assertThat(stored.status()).isEqualTo("pending");
                    assertThat(stored.messages()).isEqualTo(Samples.IMPORTED_EVENTS - 2);
                    assertThat(stored.assignee()).isNotNull();
                }
            }
        }
    }

    @Test
    void pgbench_does_what_one_statement_does() throws SQLException {
        List<Pgbench> present = contest.contestants().stream()
                .filter(Pgbench.class::isInstance)
                .map(Pgbench.class::cast)
                .toList();
        assertThat(present.isEmpty()).isEqualTo(Pgbench.program().isEmpty());
        for (Pgbench pgbench : present) {
            // It counts by two runs, of 20 and of 120.
            int operations = 20 + 120 + ROUNDS * THREADS * OPERATIONS;
            assertThat(sum(pgbench.store(), TicketSet.APPEND_EMPTY)).isEqualTo(operations);
            assertThat(sum(pgbench.store(), TicketSet.TRIAGE)).isEqualTo(3 * operations);
        }
    }

    @Test
    void one_statement_is_one_round_trip_and_a_transaction_is_four() {
        Map<String, Cost> append = results.costs().get(Workload.APPEND_SHORT);
        assertThat(append.get("one-statement").trips()).isEqualTo(1);
        assertThat(append.get("classic").trips()).isEqualTo(4);
        assertThat(append.get("one-statement").up()).isGreaterThan(Samples.TEXT_LENGTH);
        assertThat(append.get("one-statement").wal()).isBetween(500L, 1_500L);
        assertThat(append.get("literal").wal()).isGreaterThan(10_000);
        Map<String, Cost> read = results.costs().get(Workload.READ_SHORT);
        assertThat(read.get("one-statement").trips()).isEqualTo(1);
        assertThat(read.get("one-statement").down()).isGreaterThan(Workload.PAGE * Samples.TEXT_LENGTH);
        assertThat(read.get("one-statement").wal()).isZero();
    }

    @Test
    void the_report_has_a_row_for_everything() {
        int rows = 1;
        for (Workload workload : Workload.values()) {
            rows += 1 + 2 * results.costs().get(workload).size();
        }
        List<String> lines = new ArrayList<>(MarkdownReport.of(results).lines().toList());
        lines.removeIf(line -> !line.startsWith("| ") || line.contains("contestant"));
        assertThat(lines).hasSize(rows);
    }

    @Test
    void every_workload_has_an_id_of_its_own() {
        assertThat(new TreeSet<>(
                        EnumSet.allOf(Workload.class).stream().map(Workload::id).toList()))
                .hasSize(Workload.values().length);
    }
}
