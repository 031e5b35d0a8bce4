package io.github.counterfoil.benchmark.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.github.counterfoil.TicketService;
import io.github.counterfoil.benchmark.volume.Budgets.Cost;
import io.github.counterfoil.embedded.EmbeddedPostgresql;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both modes with few tickets. How long they take is not looked at. */
class VolumeTest {
    private static final String SCHEMA = "few";
    private static final int TICKETS = 300;

    private static final ByteArrayOutputStream OUT = new ByteArrayOutputStream();
    private static final ByteArrayOutputStream PROGRESS = new ByteArrayOutputStream();

    @TempDir
    private static Path folder;

    private static EmbeddedPostgresql postgresql;
    private static HikariDataSource pool;
    private static TicketService tickets;
    private static boolean kept;

    @BeforeAll
    static void run() throws SQLException, IOException {
        postgresql = EmbeddedPostgresql.startInMemory();
        kept = run("budgets", "--output", folder.toString());
        pool = Volume.pool(Volume.dataSource(postgresql.jdbcUrl()), 1);
        tickets = Volume.service(pool, SCHEMA);
    }

    @AfterAll
    static void stop() {
        pool.close();
        postgresql.close();
    }

    private static boolean run(String mode, String... more) throws SQLException, IOException {
        List<String> words = new ArrayList<>(List.of(mode, "--url", postgresql.jdbcUrl(), "--schema", SCHEMA));
        words.addAll(List.of("--tickets", Integer.toString(TICKETS), "--importers", "2"));
        words.addAll(Arrays.asList(more));
        return new Volume(print(OUT), print(PROGRESS), words.toArray(String[]::new)).run();
    }

    private static PrintStream print(OutputStream stream) {
        return new PrintStream(stream, true, StandardCharsets.UTF_8);
    }

    @Test
    void every_ticket_is_what_its_history_says() {
        assertThat(tickets.verifyAll().tickets()).isEqualTo(TICKETS);
        assertThat(tickets.verifyAll().discrepancies()).isEmpty();
    }

    @Test
    void who_generates_again_doubles_nothing() throws SQLException, IOException {
        run("generate");
        assertThat(tickets.verifyAll().tickets()).isEqualTo(TICKETS);
    }

    @Test
    void it_tells_how_far_it_is() {
        assertThat(PROGRESS.toString(StandardCharsets.UTF_8).lines())
                .anyMatch(line -> line.matches(
                        "300 of 300 tickets, [0-9],[0-9]{3} events, [0-9,]+ tickets a second, 0 s remaining"));
        assertThat(OUT.toString(StandardCharsets.UTF_8).lines())
                .anyMatch(
                        line -> line.matches(
                                "300 tickets with [0-9],[0-9]{3} events in [0-9]+ s: [0-9,]+ tickets and [0-9,]+ events a second"));
    }

    @Test
    void what_following_changes_costs_is_told_for_each_way() throws SQLException, IOException {
        assertThat(run(
                        "changes",
                        "--schema",
                        "followed",
                        "--tickets",
                        "100",
                        "--changes",
                        "1000",
                        "--milliseconds",
                        "20"))
                .isTrue();
        assertThat(OUT.toString(StandardCharsets.UTF_8).lines())
                .filteredOn(line -> line.matches("\\| (pulled|read).*\\| [1-9][0-9,]* \\| [1-9][0-9,]* \\|"))
                .hasSize(3);
        assertThat(OUT.toString(StandardCharsets.UTF_8).lines())
                .filteredOn(
                        line -> line.matches(
                                "\\| (no consumer|a consumer that|announced).*\\| [1-9],[0-9]{3} \\| [0-9.]+ \\| [1-9][0-9,]* \\| [1-9][0-9,]* \\|"))
                .hasSize(4);
    }

    @Test
    void the_report_has_a_line_of_numbers_for_each_kind() throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve("budgets.md"));
        assertThat(lines.get(0)).isEqualTo("300 tickets.");
        List<String> kinds =
                lines.stream().filter(line -> line.startsWith("| ")).skip(1).toList();
        assertThat(kinds).hasSizeGreaterThan(30).allSatisfy(line -> {
            List<String> cells = List.of(line.substring(1).split(" \\| ", -1));
            assertThat(cells).hasSize(9);
            assertThat(cells.subList(1, 8)).allMatch(cell -> cell.matches("–|(\\*\\*)?[0-9,]+(\\.[0-9])?(\\*\\*)?"));
        });
    }

    @Test
    void a_list_is_one_statement_and_tells_the_buffers_of_both_plans() throws IOException {
        assertThat(Files.readAllLines(folder.resolve("budgets.md")))
                .anyMatch(
                        line -> line.matches(
                                "\\| all tickets, newest \\| 1 \\| 50 \\| 1,060 \\| \\D*[1-9][0-9,]*\\D* \\| \\D*[1-9][0-9,]*\\D* \\|.*"));
    }

    /** Among 300 tickets with some 3,600 events, and by a condition that no index serves. */
    @Test
    void a_scan_is_named() throws IOException {
        assertThat(Files.readAllLines(folder.resolve("budgets.md")))
                .anyMatch(line -> line.startsWith("| view: tickets where assigned_to @>")
                        && line.matches(".*\\| [A-Za-z ]+ on [a-z_]+: [0-9,]+ \\|"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"generate --what 1", "generate --tickets", "budgets --tickets 0", "budgets --importers a"})
    void what_cannot_be_done_is_told(String words) {
        assertThatThrownBy(() -> new Volume(print(OUT), print(PROGRESS), words.split(" ")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Among so few tickets PostgreSQL reads small tables whole, for each row again, and so some more buffers. */
    @Test
    void nothing_takes_two_statements_scans_or_fails() throws IOException {
        String report = Files.readString(folder.resolve("budgets.md"));
        assertThat(kept).isEqualTo(report.endsWith("Every budget is kept.\n"));
        assertThat(report.lines().filter(line -> line.startsWith("- ")))
                .allMatch(line -> line.matches(".*: [0-9,]+ buffers of [0-9,]+"));
    }

    @Test
    void a_budget_grows_with_the_rows() {
        assertThat(cost(50, 1_060, 1, "").broken()).isEmpty();
        assertThat(cost(50, 1_061, 1, "").broken()).isEqualTo("1,061 buffers of 1,060");
        assertThat(cost(0, 61, 1, "").broken()).isEqualTo("61 buffers of 60");
    }

    @Test
    void more_than_a_statement_a_scan_and_a_failure_keep_no_budget() {
        assertThat(cost(50, 1, 2, "").broken()).isEqualTo("2 statements");
        assertThat(cost(0, 1, 2, "").broken()).isEmpty();
        assertThat(cost(50, 1, 1, "ticket: 5,000 rows").broken()).isEqualTo("scans ticket: 5,000 rows");
        assertThat(new Cost(Bound.NONE, 0, -1, 0, 0, "failed: E", "").broken()).isEqualTo("failed: E");
        assertThat(new Cost(Bound.NONE, 2, 50, 9_999, 1, "", "ticket: 5,000 rows").broken())
                .isEmpty();
    }

    @Test
    void a_later_page_costs_as_much_as_the_first() {
        assertThat(pages(100, 120).broken()).isEmpty();
        assertThat(pages(100, 121).broken()).containsExactly("list, page 100, custom plan: 121 buffers, page 1 100");
    }

    private static Budgets pages(long first, long later) {
        Budgets budgets = new Budgets();
        budgets.put(new Kinds.Kind("list", Bound.ROWS, "", () -> 50), "custom", cost(50, first, 1, ""));
        budgets.put(new Kinds.Kind("list, page 100", Bound.ROWS, "list", () -> 50), "custom", cost(50, later, 1, ""));
        return budgets;
    }

    private static Cost cost(int rows, long buffers, int statements, String scanned) {
        return new Cost(Bound.ROWS, statements, rows, buffers, 1, "", scanned);
    }
}
