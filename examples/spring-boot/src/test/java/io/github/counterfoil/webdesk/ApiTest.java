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
        String opening = "{\"title\": \"From a program\", \"text\": \"It burns.\"}";
        HttpResponse<String> opened = post("ada", "/api/portal/tickets", command, null, opening);
        assertThat(opened.statusCode()).isEqualTo(201);
        assertThat(opened.body()).contains("\"status\":\"new\"", "\"source_channel\":\"api\"");
        assertThat(post("ada", "/api/portal/tickets", command, null, opening).body())
                .as("sent again")
                .isEqualTo(opened.body());
        String id = opened.body().replaceAll("^\\{\"id\":\"([^\"]+)\".*", "$1");

        String agents = "/api/desk/tickets/" + id;
        assertThat(post("jane", agents + "/notes", UUID.randomUUID(), null, "{\"text\": \"Known recall\"}")
                        .body())
                .contains("\"outcome\":\"APPLIED\"", "\"type\":\"note-added\"");
        assertThat(post("jane", agents + "/replies", UUID.randomUUID(), 1, "{\"text\": \"Unplug it.\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(post("jane", agents + "/status", UUID.randomUUID(), null, "{\"status\": \"closed\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(get("jane", agents + "/history").body())
                .contains("note-added", "Known recall", "\"type\":\"message\"");
        assertThat(get("jane", "/api/desk/tickets?q=recall").body()).contains("From a program");

        String customers = "/api/portal/tickets/" + id;
        assertThat(get("ada", customers + "/history").body())
                .contains("\"type\":\"message\"", "Unplug it.", "\"author_name\":\"Jane\"")
                .doesNotContain("recall", "Smith");
        assertThat(get("ada", "/api/portal/tickets?q=recall").body()).contains("\"items\":[]");
        assertThat(post("ada", customers + "/rating", UUID.randomUUID(), null, "{\"rating\": 4}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(get("ada", customers).body()).contains("\"rating\":4");
        assertThat(get("bob", customers).statusCode()).isEqualTo(404);
    }

    @Test
    void a_refusal_is_a_problem_with_its_code_and_faults_and_nothing_that_was_typed() throws Exception {
        HttpResponse<String> invalid =
                post("ada", "/api/portal/tickets", UUID.randomUUID(), null, "{\"title\": \"\", \"text\": null}");
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
                        "{\"title\": \"Stale\", \"text\": \"-\"}")
                .body()
                .replaceAll("^\\{\"id\":\"([^\"]+)\".*", "$1");
        HttpResponse<String> stale =
                post("jane", "/api/desk/tickets/" + id + "/replies", UUID.randomUUID(), 7, "{\"text\": \"secret\"}");
        assertThat(stale.statusCode()).isEqualTo(412);
        assertThat(stale.body()).contains("\"code\":\"ticket.stale\"").doesNotContain("secret");
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
