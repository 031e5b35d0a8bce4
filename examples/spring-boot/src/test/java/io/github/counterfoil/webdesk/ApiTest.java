package io.github.counterfoil.webdesk;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Both sides as JSON, over HTTP. */
class ApiTest {
    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void both_sides_work_on_a_ticket_and_each_gets_its_own_half() throws Exception {
        UUID command = UUID.randomUUID();
        String opening = "{\"title\": \"From a program\", \"description\": \"It burns.\"}";
        HttpResponse<String> opened = post("ada", "/api/portal/tickets", command, null, opening);
        assertThat(opened.statusCode()).isEqualTo(201);
        assertThat(opened.body()).contains("\"status\":\"new\"", "\"source_channel\":\"api\"");
        assertThat(post("ada", "/api/portal/tickets", command, null, opening).body())
                .as("sent again")
                .isEqualTo(opened.body());
        String id = opened.body().replaceAll("^\\{\"id\":\"([^\"]+)\".*", "$1");

        String agents = "/api/desk/tickets/" + id;
        assertThat(post(
                                "jane",
                                agents + "/commands",
                                UUID.randomUUID(),
                                null,
                                "[{\"command\": \"note\", \"text\": \"Known recall\"}]")
                        .body())
                .contains("\"outcome\":\"applied\"", "\"type\":\"note-added\"");
        assertThat(post(
                                "jane",
                                agents + "/commands",
                                UUID.randomUUID(),
                                1,
                                "[{\"command\": \"reply\", \"text\": \"Unplug it.\"}, {\"command\": \"close\"}]")
                        .statusCode())
                .isEqualTo(200);
        assertThat(get("jane", agents + "/history").body())
                .contains("note-added", "Known recall", "\"type\":\"message\"");
        assertThat(get("jane", "/api/desk/tickets?q=recall").body()).contains("From a program");

        String customers = "/api/portal/tickets/" + id;
        assertThat(get("ada", customers + "/history").body())
                .contains("\"type\":\"message\"", "Unplug it.", "\"created_by_name\":\"Jane\"")
                .doesNotContain("recall", "Smith");
        assertThat(get("ada", "/api/portal/tickets?q=recall").body()).contains("\"items\":[]");
        assertThat(post(
                                "ada",
                                customers + "/commands",
                                UUID.randomUUID(),
                                null,
                                "[{\"command\": \"rate\", \"rating\": 4}]")
                        .statusCode())
                .isEqualTo(200);
        assertThat(get("ada", customers).body()).contains("\"rating\":4");
        assertThat(get("bob", customers).statusCode()).isEqualTo(404);
    }

    @Test
    void a_refusal_is_a_problem_with_its_code_and_faults_and_nothing_that_was_typed() throws Exception {
        HttpResponse<String> invalid = post(
                "ada", "/api/portal/tickets", UUID.randomUUID(), null, "{\"title\": \"\", \"description\": \" \"}");
        assertThat(invalid.statusCode()).isEqualTo(422);
        assertThat(invalid.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(invalid.body())
                .contains(
                        "\"code\":\"input.invalid\"",
                        "{\"field\":\"title\",\"code\":\"blank\"",
                        "\"field\":\"description\"");

        String id = post(
                        "ada",
                        "/api/portal/tickets",
                        UUID.randomUUID(),
                        null,
                        "{\"title\": \"Stale\", \"description\": \"-\"}")
                .body()
                .replaceAll("^\\{\"id\":\"([^\"]+)\".*", "$1");
        HttpResponse<String> stale = post(
                "jane",
                "/api/desk/tickets/" + id + "/commands",
                UUID.randomUUID(),
                7,
                "[{\"command\": \"reply\", \"text\": \"secret\"}]");
        assertThat(stale.statusCode()).isEqualTo(412);
        assertThat(stale.body()).contains("\"code\":\"ticket.stale\"").doesNotContain("secret");
    }

    @Test
    void json_that_is_no_value_is_a_problem_with_its_faults_and_nothing_that_was_sent() throws Exception {
        String customers = "/api/portal/tickets/" + UUID.randomUUID() + "/commands";
        HttpResponse<String> agents =
                post("ada", customers, UUID.randomUUID(), null, "[{\"command\": \"note\", \"text\": \"secret\"}]");
        assertThat(agents.statusCode()).isEqualTo(422);
        assertThat(agents.body())
                .contains("{\"field\":\"command\",\"code\":\"unknown\"")
                .doesNotContain("secret");
        HttpResponse<String> unknown =
                post("ada", "/api/portal/tickets", UUID.randomUUID(), null, "{\"title\": 7, \"secret\": \"secret\"}");
        assertThat(unknown.statusCode()).isEqualTo(422);
        assertThat(unknown.body())
                .contains("not_a_string", "\"field\":\"description\"", "unknown_member")
                .doesNotContain("secret");
    }

    @Test
    void the_other_side_and_strangers_are_kept_out() throws Exception {
        assertThat(get("ada", "/api/desk/tickets").statusCode()).isEqualTo(403);
        assertThat(get("jane", "/api/portal/tickets").statusCode()).isEqualTo(403);
        HttpRequest anonymous = HttpRequest.newBuilder(URI.create(RunningDesk.address() + "/api/desk/tickets"))
                .build();
        assertThat(client.send(anonymous, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(401);
    }

    private HttpResponse<String> get(String who, String path) throws Exception {
        return client.send(request(who, path).GET().build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String who, String path, UUID commandId, Integer version, String json)
            throws Exception {
        HttpRequest.Builder request = request(who, path)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", commandId.toString())
                .POST(HttpRequest.BodyPublishers.ofString(json));
        if (version != null) {
            request.header("If-Match", version.toString());
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String who, String path) {
        String named =
                Base64.getEncoder().encodeToString((who + "@example.com:counterfoil").getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(URI.create(RunningDesk.address() + path))
                .header("Authorization", "Basic " + named);
    }
}
