package io.github.counterfoil.plain;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.embedded.EmbeddedPostgresql;
import io.github.counterfoil.json.JsonValue;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The desk in a process of its own, as it is run, and stopped as a machine stops it. */
class PlainDeskTest {
    private static final EmbeddedPostgresql POSTGRESQL = EmbeddedPostgresql.startInMemory();
    private static final Pattern PORT = Pattern.compile("localhost:(\\d+)/");

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static Process desk;
    private static int port;

    @BeforeAll
    static void start() throws IOException {
        desk = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PlainDesk.class.getName(),
                        POSTGRESQL.jdbcUrl(),
                        "0")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader printed = desk.inputReader();
        Matcher line = PORT.matcher(String.valueOf(printed.readLine()));
        assertThat(line.find()).isTrue();
        port = Integer.parseInt(line.group(1));
    }

    @AfterAll
    static void stop() {
        desk.destroyForcibly();
        POSTGRESQL.close();
    }

    @Test
    void a_day_of_both_sides_and_then_a_stop_that_lets_the_call_in_flight_end() throws Exception {
        String id = bothSides();
        manyAtOnce(id);
        CompletableFuture<HttpResponse<String>> inFlight;
        try (Connection other = POSTGRESQL.dataSource().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("select from counterfoil.ticket where id = '" + id + "' for update");
            inFlight = CLIENT.sendAsync(
                    request("jane", "/tickets/" + id + "/commands", "[{\"command\": \"close\"}]"),
                    HttpResponse.BodyHandlers.ofString());
            await("select count(*) from pg_stat_activity where wait_event_type = 'Lock'", "1");
            desk.destroy(); // SIGTERM
            int status = 200;
            long end = System.nanoTime() + SECONDS.toNanos(20);
            while (status == 200 && System.nanoTime() < end) {
                Thread.sleep(10);
                status = send(request("jane", "/tickets", null)).statusCode();
            }
            assertThat(status).as("a new call").isEqualTo(503);
            assertThat(inFlight).isNotDone();
            assertThat(desk.isAlive()).isTrue();
            other.rollback();
        }
        assertThat(inFlight.get(5, SECONDS).statusCode()).isEqualTo(200);
        assertThat(desk.waitFor(8, SECONDS)).as("the process is over").isTrue();
        assertThat(desk.exitValue()).isEqualTo(143);
        await("select count(*) from pg_stat_activity where application_name = 'desk'", "0");
        assertThat(value("select status from counterfoil.ticket where id = '" + id + "'"))
                .isEqualTo("closed");
        assertThatThrownBy(() -> send(request("jane", "/tickets", null))).isInstanceOf(ConnectException.class);
        try (PlainDesk again = PlainDesk.open(POSTGRESQL.jdbcUrl(), 0)) {
            assertThat(again.port()).isPositive();
        }
    }

    private static String bothSides() throws Exception {
        String opening = "{\"title\": \"Printer on fire\", \"description\": \"It burns.\"}";
        HttpResponse<String> opened = send(request("ada", "/tickets", opening));
        assertThat(opened.statusCode()).as(opened.body()).isEqualTo(200);
        String id = JsonValue.parse(opened.body()).members().get("id").string();
        assertThat(send(request("ada", "/tickets", "{\"title\": \"\"}")).body())
                .contains("\"code\":\"input.invalid\"", "description required");
        HttpRequest note =
                request("jane", "/tickets/" + id + "/commands", "[{\"command\": \"note\", \"text\": \"Recall\"}]");
        assertThat(send(note).body()).contains("\"outcome\":\"applied\"");
        assertThat(send(note).body()).as("sent again").contains("\"outcome\":\"replayed\"");
        assertThat(send(request("jane", "/tickets/" + id + "/history", null)).body())
                .contains("Recall");
        assertThat(send(request("ada", "/tickets/" + id + "/history", null)).body())
                .doesNotContain("Recall");
        assertThat(send(request("nobody", "/tickets", null)).statusCode()).isEqualTo(401);
        assertThat(send(request("ada", "/tickets/" + UUID.randomUUID(), null)).statusCode())
                .isEqualTo(404);
        return id;
    }

    /** Many more than there are connections. */
    private static void manyAtOnce(String id) throws Exception {
        List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
        for (int call = 0; call < 60; call++) {
            calls.add(CLIENT.sendAsync(
                    request("jane", "/tickets/" + id + "/commands", "[{\"command\": \"reply\", \"text\": \"Hi\"}]"),
                    HttpResponse.BodyHandlers.ofString()));
        }
        for (CompletableFuture<HttpResponse<String>> call : calls) {
            assertThat(call.get(20, SECONDS).statusCode()).isEqualTo(200);
        }
        assertThat(value("select count(*) from counterfoil.ticket_event where type = 'message'"))
                .isEqualTo("60");
        assertThat(Integer.parseInt(value("select count(*) from pg_stat_activity where application_name = 'desk'")))
                .isBetween(1, 10);
    }

    @Test
    void what_is_no_call_is_refused_by_its_status_and_the_connection_stays() throws Exception {
        try (PlainDesk another = PlainDesk.open(POSTGRESQL.jdbcUrl(), 0)) {
            int at = another.port();
            String ticket = "/tickets/" + UUID.randomUUID();
            for (String body : List.of("{}", "7", "[", "")) {
                HttpResponse<String> refused = send(request(at, "jane", ticket + "/commands", body));
                assertThat(refused.statusCode()).as(body).isEqualTo(400);
                assertThat(refused.body()).isEqualTo("{\"code\":\"request\"}");
            }
            String close = "[{\"command\": \"close\"}]";
            assertThat(send(request(at, "jane", ticket + "/history", close)).statusCode())
                    .isEqualTo(405);
            assertThat(send(request(at, "jane", ticket, close)).statusCode()).isEqualTo(405);
            assertThat(send(request(at, "jane", ticket + "/commands", null)).statusCode())
                    .isEqualTo(405);

            HttpRequest open = request(at, "ada", "/tickets", "{\"title\": \"One\", \"description\": \"-\"}");
            assertThat(send(open).statusCode()).isEqualTo(200);
            String other = "{\"title\": \"Another\", \"description\": \"-\"}";
            HttpRequest reused = HttpRequest.newBuilder(open, (name, value) -> true)
                    .POST(HttpRequest.BodyPublishers.ofString(other))
                    .build();
            assertThat(send(reused).statusCode()).isEqualTo(409);
        }
    }

    @Test
    void calls_run_on_virtual_threads_where_java_has_them() throws Exception {
        Set<String> threads = ConcurrentHashMap.newKeySet();
        ExecutorService calls = CallThreads.start(4);
        try {
            for (int call = 0; call < 20; call++) {
                calls.execute(() -> threads.add(Thread.currentThread().toString()));
            }
        } finally {
            calls.shutdown();
        }
        assertThat(calls.awaitTermination(5, SECONDS)).isTrue();
        if (Runtime.version().feature() >= 21) {
            assertThat(threads).hasSize(20).allMatch(thread -> thread.startsWith("VirtualThread"));
        } else {
            assertThat(threads).hasSizeBetween(1, 4);
        }
    }

    private static HttpRequest request(String token, String path, String body) {
        return request(port, token, path, body);
    }

    private static HttpRequest request(int at, String token, String path, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + at + path))
                .header("Authorization", "Bearer " + token)
                .header("Idempotency-Key", UUID.randomUUID().toString());
        return (body == null ? request : request.POST(HttpRequest.BodyPublishers.ofString(body))).build();
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static void await(String sql, String expected) throws Exception {
        long end = System.nanoTime() + SECONDS.toNanos(20);
        while (!value(sql).equals(expected) && System.nanoTime() < end) {
            Thread.sleep(10);
        }
        assertThat(value(sql)).as(sql).isEqualTo(expected);
    }

    private static String value(String sql) throws SQLException {
        try (Connection connection = POSTGRESQL.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
