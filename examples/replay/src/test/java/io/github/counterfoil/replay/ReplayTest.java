package io.github.counterfoil.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.counterfoil.embedded.EmbeddedPostgresql;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The replay of small logs, in both modes, and of logs that cannot be replayed. */
class ReplayTest {
    private static final List<String> LOG = List.of("""
            {"n":1,"t":"T-1","at":"2024-01-01T10:00:00Z","by":"Caller 7","role":"customer","op":"create",\
            "title":"No mail","description":"Since\u2028Monday","priority":"medium","channel":"phone",\
            "customer":"caller-7@log.example","tags":[]}""", """
            {"n":2,"t":"T-1","at":"2024-01-01T10:00:00Z","by":"Agent 1","role":"agent","op":"field-added",\
            "field":"impact","value":"2 - Medium"}""", """
            {"n":3,"t":"T-1","at":"2024-01-01T10:05:00Z","by":"Agent 1","role":"agent","op":"assign",\
            "agent":"Resolver 13"}""", """
            {"n":4,"t":"T-1","at":"2024-01-01T10:05:00Z","by":"Agent 1","role":"agent","op":"status",\
            "old":"new","new":"open"}""", """
            {"n":5,"t":"T-2","at":"2024-01-01T10:06:00Z","by":"Caller 8","role":"customer","op":"create",\
            "title":"No phone","description":"At all","priority":"low","channel":"email",\
            "customer":"caller-8@log.example","tags":[]}""", """
            {"n":6,"t":"T-1","at":"2024-01-01T11:00:00Z","by":"Resolver 13","role":"agent","op":"note",\
            "text":"Loose cable"}""", """
            {"n":7,"t":"T-1","at":"2024-01-01T11:00:00Z","by":"Resolver 13","role":"agent","op":"message",\
            "text":"Try again"}""", """
            {"n":8,"t":"T-1","at":"2024-01-01T11:30:00Z","by":"Caller 7","role":"customer","op":"message",\
            "text":"Works \ud83d\ude00"}""", """
            {"n":9,"t":"T-1","at":"2024-01-01T12:05:00Z","by":"Resolver 13","role":"agent","op":"status",\
            "old":"open","new":"closed"}""", """
            {"n":10,"t":"T-1","at":"2024-01-01T13:00:00Z","by":"Resolver 13","role":"agent","op":"status",\
            "old":"closed","new":"open"}""", """
            {"n":11,"t":"T-2","at":"2024-01-01T13:00:00Z","by":"Agent 1","role":"agent","op":"priority",\
            "old":"low","new":"high"}""");

    private static EmbeddedPostgresql postgresql;

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeAll
    static void start() {
        postgresql = EmbeddedPostgresql.startInMemory();
    }

    @AfterAll
    static void stop() {
        postgresql.close();
    }

    @Test
    void both_modes_leave_the_same_in_the_database() throws IOException {
        Path log = write("ops.jsonl", LOG);
        JsonNode imported = replay(0, log.toString());
        JsonNode live = replay(0, log.toString(), "--mode", "live");
        JsonNode threaded = replay(0, log.toString(), "--mode", "live", "--threads", "3");

        assertThat(imported.get("tickets").asInt()).isEqualTo(2);
        assertThat(imported.get("verified_tickets").asInt()).isEqualTo(2);
        assertThat(imported.get("discrepancies").asInt()).isZero();
        assertThat(imported.get("figures_resolved")).isEqualTo(imported.get("resolved_records_total"));
        assertThat(imported.get("figures_open_load")).isEqualTo(imported.get("assigned_and_not_closed_at_end"));
        assertThat(imported.get("top_resolvers")).hasToString("[[\"Resolver 13\",1]]");
        assertThat(imported.get("events_total").asInt()).isEqualTo(9);
        assertThat(imported.at("/events_by_type/message").asInt()).isEqualTo(2);
        assertThat(imported.at("/events_by_role/customer").asInt()).isEqualTo(1);
        assertThat(imported.at("/status_transitions/closed>open").asInt()).isEqualTo(1);
        assertThat(imported.get("reopen_events").asInt()).isEqualTo(1);
        assertThat(imported.get("resolved_records_total").asInt()).isEqualTo(1);
        assertThat(imported.get("resolution_seconds_since_last_assignment").asInt())
                .isEqualTo(7200);
        assertThat(imported.get("assigned_and_not_closed_at_end").asInt()).isEqualTo(1);
        imported.fieldNames().forEachRemaining(name -> {
            if (!Set.of("seconds", "operations_per_second", "verify_seconds").contains(name)) {
                assertThat(live.get(name)).as(name).isEqualTo(imported.get(name));
                assertThat(threaded.get(name)).as(name).isEqualTo(imported.get(name));
            }
        });
    }

    @Test
    void the_digests_are_those_that_the_format_defines() throws Exception {
        Path log = write("ops.jsonl", LOG.subList(4, 5));
        JsonNode result = replay(0, log.toString());
        assertThat(result.get("state_sha256").asText())
                .isEqualTo(sha256("T-2|new|low|||0|2024-01-01T10:06:00Z|2024-01-01T10:06:00Z\n"));
        assertThat(result.get("history_sha256").asText()).isEqualTo(sha256("T-2|" + sha256("") + "\n"));
    }

    @Test
    void a_compressed_log_is_read_as_well_and_what_was_not_kept_is_gone() throws IOException {
        Path log = folder.resolve("ops.jsonl.gz");
        try (OutputStream zipped = new GZIPOutputStream(Files.newOutputStream(log))) {
            zipped.write((String.join("\n", LOG) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        assertThat(replay(0, log.toString()).get("tickets").asInt()).isEqualTo(2);
        assertThat(count("select count(*) from pg_namespace where nspname like 'counterfoil_replay%'"))
                .isZero();
    }

    @Test
    void a_kept_replay_can_be_run_again_and_doubles_nothing() throws IOException {
        Path log = write("ops.jsonl", LOG);
        for (String mode : List.of("import", "live")) {
            JsonNode first = replay(0, log.toString(), "--keep", "--mode", mode);
            JsonNode second = replay(0, log.toString(), "--keep", "--mode", mode);
            assertThat(second.get("state_sha256")).isEqualTo(first.get("state_sha256"));
            assertThat(second.get("history_sha256")).isEqualTo(first.get("history_sha256"));
        }
        assertThat(count("select count(*) from counterfoil.tickets")).isEqualTo(4);
    }

    @Test
    void a_difference_from_what_was_expected_is_named_and_exits_with_1() throws IOException {
        Path log = write("ops.jsonl", LOG);
        Path expected = write(
                "expected.json",
                List.of("{\"tickets\": 3, \"events_by_type\": {\"message\": 2, \"note-added\": 9}, \"other\": 1}"));
        replay(1, log.toString(), "--expect", expected.toString());
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("differs: tickets: expected 3, found 2")
                .contains("differs: events_by_type.note-added: expected 9, found 1")
                .contains("differs: events_by_type.assignment-added: expected nothing, found 1")
                .doesNotContain("events_by_type.message");
    }

    @Test
    void what_cannot_be_replayed_is_named_in_one_line_and_exits_with_2() throws IOException {
        refused("ops.jsonl, line 1: not valid JSON (column 2)", "{oops");
        refused("ops.jsonl, line 1: not a JSON object", "[]");
        refused("ops.jsonl, line 2: unknown op", LOG.get(0), LOG.get(1).replace("field-added", "explode"));
        refused("ops.jsonl, line 2: agent is missing", LOG.get(0), LOG.get(2).replace("\"agent\":", "\"a\":"));
        refused(
                "ops.jsonl, line 2: role is none of [agent, customer]",
                LOG.get(0),
                LOG.get(1).replace("\"agent\"", "\"boss\""));
        refused("ops.jsonl, line 1: wrong order, the ticket is not created yet", LOG.get(1));
        refused("ops.jsonl, line 2: wrong order, the ticket was created before", LOG.get(0), LOG.get(0));
        refused("ops.jsonl, line 2: wrong order, at is before that of an earlier line", LOG.get(4), LOG.get(0));
        refused("ops.jsonl, line 2: old_value is not current", LOG.get(0), LOG.get(8));
        refused("ops.jsonl: holds no operation");
        refused(
                "ops.jsonl, line 1: at is not a time like 2016-02-29T01:16:00Z",
                LOG.get(0).replace("T10:00", " 10:00"));
    }

    @Test
    void a_live_replay_names_the_line_that_no_desk_can_do() throws IOException {
        String byCustomer = LOG.get(3).replace("Agent 1", "Caller 7").replace("\"agent\"", "\"customer\"");
        refusedIn(
                "live",
                "ops.jsonl, line 2: a customer's desk has no status; replay this log with --mode import",
                LOG.get(0),
                byCustomer);
        refusedIn("live", "ops.jsonl, line 2: does not fit what the ticket is at that point", LOG.get(0), LOG.get(8));
    }

    @Test
    void wrong_arguments_are_named_and_exit_with_2() throws IOException {
        Path log = write("ops.jsonl", LOG);
        for (String[] wrong : new String[][] {
            {},
            {log.toString(), "--mode", "fast"},
            {log.toString(), "--threads", "0"},
            {log.toString(), "--expect"},
            {log.toString(), "--verbose"},
            {log.toString(), log.toString()},
            {folder.resolve("missing.jsonl").toString()},
            {log.toString(), "--expect", folder.resolve("missing.json").toString()},
            {log.toString(), "--url", "jdbc:postgresql://127.0.0.1:1/none?connectTimeout=1"},
        }) {
            err.reset();
            assertThat(run(wrong)).isEqualTo(2);
            assertThat(err.toString(StandardCharsets.UTF_8).lines())
                    .singleElement()
                    .asString()
                    .startsWith("replay: ");
        }
    }

    private void refused(String message, String... lines) throws IOException {
        refusedIn("import", message, lines);
    }

    private void refusedIn(String mode, String message, String... lines) throws IOException {
        Path log = write("ops.jsonl", List.of(lines));
        err.reset();
        assertThat(run(log.toString(), "--mode", mode, "--url", postgresql.jdbcUrl()))
                .isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).endsWith("replay: " + message + "\n");
        assertThat(out.size()).isZero();
    }

    private JsonNode replay(int exit, String log, String... options) throws IOException {
        out.reset();
        String[] arguments = new String[options.length + 3];
        arguments[0] = log;
        arguments[1] = "--url";
        arguments[2] = postgresql.jdbcUrl();
        System.arraycopy(options, 0, arguments, 3, options.length);
        assertThat(run(arguments)).as(err.toString(StandardCharsets.UTF_8)).isEqualTo(exit);
        return new JsonMapper().readTree(out.toByteArray());
    }

    private int run(String... arguments) {
        return new Replay(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(arguments);
    }

    private Path write(String name, List<String> lines) throws IOException {
        return Files.writeString(folder.resolve(name), String.join("\n", lines));
    }

    private static int count(String sql) {
        try (var connection = postgresql.dataSource().getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
