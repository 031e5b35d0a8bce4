package io.github.counterfoil.webdesk;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.command.Command;
import io.github.counterfoil.command.CustomerCommand;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.json.JsonValue;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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
                .contains("{\"field\":\"commands[0].command\",\"code\":\"unknown\"")
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

    @Test
    void faults_of_several_commands_come_together_each_with_its_place() throws Exception {
        String id = opened();
        HttpResponse<String> refused = post(
                "jane",
                "/api/desk/tickets/" + id + "/commands",
                UUID.randomUUID(),
                null,
                "[{\"command\": \"close\"}, {\"command\": \"note\", \"txet\": \"secret\"},"
                        + " {\"command\": \"tag\", \"tags\": [7]}, 7, {\"command\": \"close\", \"2. secret\": 1}]");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body())
                .contains(
                        fault("commands[1].text", "required"),
                        fault("commands[1].txet", "unknown_member"),
                        fault("commands[2].tags[0]", "not_a_string"),
                        fault("commands[3]", "not_an_object"),
                        fault("commands[4]", "unknown_member"))
                .doesNotContain("secret");
        HttpResponse<String> customers = post(
                "ada",
                "/api/portal/tickets/" + id + "/commands",
                UUID.randomUUID(),
                null,
                "[{\"command\": \"close\"}, {\"command\": \"reply\", \"text\": \"-\", \"attachments\": [{}]}]");
        assertThat(customers.body()).contains(fault("commands[1].attachments", "not_allowed"));
    }

    @Test
    void the_page_on_rest_has_every_command_with_its_members_and_whose_it_is() throws Exception {
        Set<Class<?>> commands = new LinkedHashSet<>(List.of(Command.class.getPermittedSubclasses()));
        commands.addAll(List.of(CustomerCommand.class.getPermittedSubclasses()));
        Map<String, String> expected = new TreeMap<>();
        for (Class<?> command : commands) {
            List<String> members = Stream.of(command.getRecordComponents())
                    .map(component -> "`" + worded(component.getName(), "_") + "`")
                    .toList();
            boolean agents = Command.class.isAssignableFrom(command);
            boolean customers = CustomerCommand.class.isAssignableFrom(command);
            expected.put(
                    worded(command.getSimpleName(), "-"),
                    members + (agents && customers ? " both" : agents ? " agents" : " customers"));
        }
        Map<String, String> page = new TreeMap<>();
        String text = Files.readString(Path.of("..", "..", "docs", "rest.md"));
        Matcher row = Pattern.compile("(?m)^\\| `([a-z-]+)` \\| (.*) \\| (both|agents|customers) \\|$")
                .matcher(text);
        while (row.find()) {
            List<String> members = Pattern.compile("`[a-z_]+`(?=[,;: ]|$)")
                    .matcher(row.group(2).replaceFirst(":.*", ""))
                    .results()
                    .map(MatchResult::group)
                    .toList();
            page.put(row.group(1), members + " " + row.group(3));
        }
        assertThat(page).isEqualTo(expected);
        assertThat(page.keySet()).allSatisfy(name -> assertThat(sentAs(name)).doesNotContain("command"));
    }

    /** The fields at fault of a command that has nothing but its name. */
    private static List<String> sentAs(String name) {
        JsonValue sent = JsonValue.ofObject(Map.of("command", JsonValue.of(name)));
        try {
            Object read = name.equals("rate") ? CustomerCommand.fromJson(sent) : Command.fromJson(sent);
            return read == null ? List.of("command") : List.of();
        } catch (InvalidInput e) {
            return e.faults().stream().map(InvalidInput.Fault::field).toList();
        }
    }

    private static String worded(String name, String between) {
        return name.replaceAll("(?<=.)([A-Z])", between + "$1").toLowerCase(Locale.ROOT);
    }

    private static String fault(String field, String code) {
        return "{\"field\":\"" + field + "\",\"code\":\"" + code + "\"";
    }

    private String opened() throws Exception {
        return post(
                        "ada",
                        "/api/portal/tickets",
                        UUID.randomUUID(),
                        null,
                        "{\"title\": \"Opened\", \"description\": \"-\"}")
                .body()
                .replaceAll("^\\{\"id\":\"([^\"]+)\".*", "$1");
    }

    @Test
    void what_cannot_be_read_is_a_problem_with_a_code_and_repeats_nothing() throws Exception {
        String commands = "/api/desk/tickets/" + UUID.randomUUID() + "/commands";
        problem(post("jane", commands, UUID.randomUUID(), null, "[{\"secret"), "request.unreadable", "");
        problem(get("jane", "/api/desk/tickets/no-id"), "request.invalid", fault("id", "malformed"));
        HttpRequest.Builder sent = request("jane", commands)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("[]"));
        HttpResponse.BodyHandler<String> text = HttpResponse.BodyHandlers.ofString();
        problem(client.send(sent.build(), text), "request.invalid", fault("Idempotency-Key", "required"));
        sent.header("Idempotency-Key", "secret");
        problem(client.send(sent.build(), text), "request.invalid", fault("Idempotency-Key", "malformed"));
        sent.setHeader("Idempotency-Key", UUID.randomUUID().toString()).header("If-Match", "\"secret\"");
        problem(client.send(sent.build(), text), "request.invalid", fault("If-Match", "malformed"));
    }

    private static void problem(HttpResponse<String> answer, String code, String fault) {
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains("\"code\":\"" + code + "\"", fault).doesNotContain("secret");
    }

    @Test
    void the_version_that_was_seen_may_stand_in_quotes_as_entity_tags_do() throws Exception {
        String commands = "/api/desk/tickets/" + opened() + "/commands";
        for (String version : new String[] {"\"0\"", "1"}) {
            HttpRequest.Builder sent = request("jane", commands)
                    .header("Content-Type", "application/json")
                    .header("Idempotency-Key", UUID.randomUUID().toString())
                    .header("If-Match", version)
                    .POST(HttpRequest.BodyPublishers.ofString("[{\"command\": \"note\", \"text\": \"Seen\"}]"));
            assertThat(client.send(sent.build(), HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .as(version)
                    .isEqualTo(200);
        }
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
