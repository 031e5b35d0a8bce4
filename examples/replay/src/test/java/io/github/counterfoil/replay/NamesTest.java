package io.github.counterfoil.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.counterfoil.embedded.EmbeddedPostgresql;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The names of people in a log are keys: whatever they are, each is one person with an address of its own. */
class NamesTest {
    private static EmbeddedPostgresql postgresql;

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private String url;

    @BeforeAll
    static void start() {
        postgresql = EmbeddedPostgresql.startInMemory();
    }

    @AfterAll
    static void stop() {
        postgresql.close();
    }

    @BeforeEach
    void createDatabase() throws SQLException {
        url = postgresql.jdbcUrl();
        query("drop database if exists names");
        query("create database names");
        url = url.replace("/postgres?", "/names?");
    }

    @Test
    void a_log_of_colliding_names_is_replayed_in_every_mode() throws IOException {
        replayedAsExpected("colliding-names");
    }

    @Test
    void a_log_whose_agents_open_for_customers_who_answer_later_is_replayed_in_every_mode() throws IOException {
        replayedAsExpected("answered-later");
    }

    private void replayedAsExpected(String name) throws IOException {
        Path log = copied(name + ".jsonl");
        Path expected = copied(name + ".expected.json");
        JsonNode lines = new JsonMapper().readTree(expected.toFile());
        for (List<String> mode : List.of(
                List.of("--mode", "import"), List.of("--mode", "live"), List.of("--mode", "live", "--threads", "4"))) {
            List<String> options = new ArrayList<>(List.of("--expect", expected.toString()));
            options.addAll(mode);
            JsonNode result = replay(0, log, options);
            assertThat(result.get("state_sha256").asText()).isEqualTo(stateDigest(lines.get("state_lines")));
            assertThat(result.get("history_sha256").asText()).isEqualTo(historyDigest(lines.get("history_lines")));
        }
    }

    @Test
    void addresses_are_those_of_the_log_then_readable_and_never_anothers() throws Exception {
        replay(0, copied("colliding-names.jsonl"), List.of("--keep"));
        assertThat(query("select email from counterfoil.customer order by created_at"))
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo("a-b@names.example"),
                        second -> assertThat(second).matches("a-b\\.[0-9a-f]{12}@names\\.example"),
                        third -> assertThat(third).matches("a-b\\.[0-9a-f]{12}@names\\.example"),
                        fourth -> assertThat(fourth).isEqualTo("n@names.example"));
        assertThat(query("select email from counterfoil.workers where email not like 'a-b.%'"))
                .contains(
                        "a-b@names.example",
                        "a--b@names.example",
                        "-a-b@names.example",
                        "a_b@names.example",
                        "a-b-names.example@names.example",
                        "zo\u00eb-\u00e5@names.example",
                        "zoe\u0308-\u00e5@names.example",
                        "-@names.example");
        List<String> before = query("select id || email from counterfoil.workers order by 1");
        replay(0, copied("colliding-names.jsonl"), List.of("--keep", "--mode", "live"));
        assertThat(query("select id || email from counterfoil.workers order by 1"))
                .isEqualTo(before)
                .hasSize(15);
    }

    @Test
    void a_ticket_belongs_to_who_answers_and_else_to_whose_address_it_names() throws Exception {
        replay(0, copied("answered-later.jsonl"), List.of("--keep"));
        assertThat(query("select title || ': ' || customer_email from counterfoil.tickets order by created_at"))
                .containsExactly(
                        "Broken kettle: mia@moss.example",
                        "Late parcel: mia@moss.example",
                        "Wrong size: tom.ash@shop.example",
                        "Refund: tom-ash@shop.example",
                        "Kettle again: mia@moss.example",
                        "Greeting card: mia-moss@shop.example");
    }

    @Test
    void people_of_an_earlier_log_keep_their_addresses() throws Exception {
        replay(0, log("A B", "a-b@log.example"), List.of("--keep"));
        replay(0, log("A-B", "a-b@log.example"), List.of("--keep"));
        assertThat(query("select email from counterfoil.customer order by created_at"))
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo("a-b@log.example"),
                        second -> assertThat(second).startsWith("a-b.").endsWith("@log.example"));
    }

    @Test
    void whatever_a_key_holds_makes_a_name_and_an_address() throws Exception {
        String many = "\ud83d\ude00\ud801\udc00".repeat(150);
        List<String> names = List.of(
                " ",
                "-",
                " -",
                "A -",
                "\u200b",
                "\u0000",
                "\t",
                "a\nb",
                "\u202eevil",
                "\u2029",
                "@",
                "a@b@c",
                "\"",
                many);
        List<String> lines = new ArrayList<>();
        for (String name : names) {
            lines.add(line(
                    "T-" + lines.size(), name, "customer", "c" + lines.size() + "@" + "long.".repeat(30) + "example"));
        }
        for (String name : names) {
            lines.add("{\"t\":\"T-0\",\"at\":\"2024-01-01T10:00:00Z\",\"by\":" + json(name)
                    + ",\"role\":\"agent\",\"op\":\"note\",\"text\":\"Text\"}");
        }
        Path log = Files.writeString(folder.resolve("ops.jsonl"), String.join("\n", lines));
        for (String mode : List.of("import", "live")) {
            JsonNode result = replay(0, log, List.of("--mode", mode));
            assertThat(result.get("tickets").asInt()).isEqualTo(names.size());
            assertThat(result.get("events_total").asInt()).isEqualTo(names.size());
        }
        assertThat(Naming.name("A -")).containsExactly("A -", "A -");
        assertThat(Naming.name("Anna Maria-Luise")).containsExactly("Anna Maria", "Luise");
        assertThat(Naming.name("\u200b")).containsExactly("?", "?");
        assertThat(Naming.name("x".repeat(300))[0]).hasSize(100);
    }

    @Test
    void what_is_no_key_and_what_is_no_address_is_named() throws IOException {
        refused("line 1: by is empty", line("T-1", "", "customer", "a@log.example"));
        refused(
                "line 1: by is not Unicode text",
                line("T-1", "x", "customer", "a@log.example").replace("\"x\"", "\"\\ud800\""));
        refused("line 1: t is empty", line("", "A", "customer", "a@log.example"));
        refused(
                "line 2: agent is empty",
                line("T-1", "A", "customer", "a@log.example"),
                "{\"t\":\"T-1\",\"at\":\"2024-01-01T10:00:00Z\",\"by\":\"A\",\"role\":\"agent\",\"op\":\"assign\",\"agent\":\"\"}");
        for (String address : List.of("", "nobody", "a b@log.example", "x".repeat(250) + "@log.example")) {
            refused(
                    "line 1: customer is no e-mail address of at most 254 characters",
                    line("T-1", "A", "agent", address));
        }
    }

    @Test
    void a_live_replay_names_the_line_in_which_a_customer_writes_to_anothers_ticket() throws IOException {
        Path log = Files.writeString(
                folder.resolve("ops.jsonl"),
                line("T-1", "A", "customer", "a@log.example")
                        + "\n{\"t\":\"T-1\",\"at\":\"2024-01-01T10:00:00Z\",\"by\":\"B\",\"role\":\"customer\",\"op\":\"message\",\"text\":\"Me too\"}");
        assertThat(replay(0, log, List.of()).get("events_total").asInt()).isEqualTo(1);
        assertThat(run(log, List.of("--mode", "live"))).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .endsWith("ops.jsonl, line 2: a customer's desk has no ticket of another customer;"
                        + " replay this log with --mode import\n");
    }

    private Path log(String by, String email) throws IOException {
        return Files.writeString(folder.resolve(by + ".jsonl"), line("T " + by, by, "customer", email));
    }

    private static String line(String ticket, String by, String role, String customer) throws IOException {
        return "{\"t\":" + json(ticket) + ",\"at\":\"2024-01-01T10:00:00Z\",\"by\":" + json(by) + ",\"role\":\"" + role
                + "\",\"op\":\"create\",\"title\":\"Title\",\"description\":\"Text\",\"priority\":\"low\","
                + "\"channel\":\"web\",\"customer\":" + json(customer) + ",\"tags\":[]}";
    }

    private static String json(String text) throws IOException {
        return new JsonMapper().writeValueAsString(text);
    }

    private void refused(String message, String... lines) throws IOException {
        Path log = Files.writeString(folder.resolve("ops.jsonl"), String.join("\n", lines));
        err.reset();
        assertThat(run(log, List.of())).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("replay: ops.jsonl, " + message + "\n");
    }

    private JsonNode replay(int exit, Path log, List<String> options) throws IOException {
        out.reset();
        assertThat(run(log, options)).as(err.toString(StandardCharsets.UTF_8)).isEqualTo(exit);
        return new JsonMapper().readTree(out.toByteArray());
    }

    private int run(Path log, List<String> options) {
        List<String> arguments = new ArrayList<>(List.of(log.toString(), "--url", url));
        arguments.addAll(options);
        return new Replay(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(arguments.toArray(String[]::new));
    }

    private Path copied(String resource) throws IOException {
        Path copy = folder.resolve(resource);
        try (InputStream in = NamesTest.class.getResourceAsStream(resource)) {
            Files.write(copy, in.readAllBytes());
        }
        return copy;
    }

    private List<String> query(String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            if (statement.execute(sql)) {
                ResultSet rows = statement.getResultSet();
                while (rows.next()) {
                    values.add(rows.getString(1));
                }
            }
        }
        return values;
    }

    private static String stateDigest(JsonNode lines) {
        return sha256(joined(lines));
    }

    private static String historyDigest(JsonNode linesByTicket) {
        return sha256(linesByTicket.properties().stream()
                .map(ticket -> ticket.getKey() + "|" + sha256(joined(ticket.getValue())) + "\n")
                .collect(Collectors.joining()));
    }

    private static String joined(JsonNode lines) {
        return StreamSupport.stream(lines.spliterator(), false)
                .map(line -> line.textValue() + "\n")
                .collect(Collectors.joining());
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
