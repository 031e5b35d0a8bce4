package io.github.counterfoil.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.jsontype.impl.LaissezFaireSubTypeValidator;
import io.github.counterfoil.change.ChangeFeed;
import io.github.counterfoil.command.Command;
import io.github.counterfoil.command.CustomerCommand;
import io.github.counterfoil.desk.Redaction;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.InvalidInput.Fault;
import io.github.counterfoil.event.Author;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.page.Page;
import io.github.counterfoil.people.AgentDisplay;
import io.github.counterfoil.people.NewWorker;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Reference;
import io.github.counterfoil.ticket.TicketQuery;
import io.github.counterfoil.ticket.TicketStatus;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.json.JsonMapper;

/** What anybody may send as JSON is read or refused, and no refusal repeats it. */
class JsonFromOutsideTest {
    private static final ObjectMapper JACKSON_2 = new ObjectMapper();
    private static final JsonMapper JACKSON_3 = JsonMapper.builder().build();

    private static final String SECRET = "4111111111111111";
    private static final UUID OTHER = new UUID(7, 7);

    /** Of another kind than any member is, or of another shape. */
    private static final List<String> WRONG = List.of(
            "null",
            "-0.5",
            "123456789012345678901234567890",
            "\"" + SECRET + "\\u0000\\ud800\"",
            "[]",
            "[\"" + SECRET + "\", {}, [[]]]",
            "{}",
            "{\"" + SECRET + "\": \"" + SECRET + "\"}",
            "[".repeat(400) + "]".repeat(400));

    static Stream<Class<?>> readTypes() {
        return JsonRoundTripTest.readTypes();
    }

    @Test
    void what_stands_in_a_body_under_a_headers_name_is_not_taken_for_the_header() {
        TicketEvent.Header header = new TicketEvent.Header(
                OTHER, OTHER, 3, Instant.EPOCH, new Author(OTHER, "Jane", "", Role.AGENT), Visibility.PRIVATE);
        JsonValue json = new TicketEvent.CustomEvent(
                        header,
                        "escalated",
                        JsonValue.parse(
                                "{\"counterfoil_seq\": 7, \"redacted\": [\"n\"], \"role\": \"customer\", \"n\": 1}"))
                .json();
        assertThat(TicketEvent.fromJson(json))
                .isEqualTo(new TicketEvent.CustomEvent(header, "escalated", JsonValue.parse("{\"n\": 1}")));
    }

    /** A host's own, as what it returns and takes. */
    record Hosts(String hostName, TicketStatus status, List<Command> commands) {}

    @ParameterizedTest
    @MethodSource("readTypes")
    void each_member_of_another_kind_is_read_or_refused(Class<?> type) throws IOException {
        JsonValue json =
                JsonSamples.of(type).get(JsonSamples.of(type).size() - 1).json();
        if (json.kind() != JsonValue.Kind.OBJECT || type == JsonValue.class) {
            return;
        }
        for (String name : json.members().keySet()) {
            Map<String, JsonValue> changed = new LinkedHashMap<>(json.members());
            for (String wrong : WRONG) {
                changed.put(name, JsonValue.parse(wrong));
                refusedOrRead(type, JsonValue.ofObject(changed).text());
            }
            changed.remove(name);
            refusedOrRead(type, JsonValue.ofObject(changed).text());
        }
    }

    @ParameterizedTest
    @MethodSource("readTypes")
    void what_is_nothing_of_the_kind_is_read_or_refused(Class<?> type) {
        WRONG.stream().filter(wrong -> !wrong.equals("null")).forEach(wrong -> refusedOrRead(type, wrong));
    }

    private static void refusedOrRead(Class<?> type, String json) {
        Throwable of2 = catchThrowable(() -> JACKSON_2.readValue(json, type));
        Throwable of3 = catchThrowable(() -> JACKSON_3.readValue(json, type));
        if (of2 == null) {
            assertThat(of3).isNull();
            return;
        }
        assertThat(of2).isInstanceOf(JsonMappingException.class).hasCauseInstanceOf(InvalidInput.class);
        assertThat(of3).isInstanceOf(DatabindException.class).hasCauseInstanceOf(InvalidInput.class);
        InvalidInput refusal = (InvalidInput) of2.getCause();
        assertThat(((InvalidInput) of3.getCause()).faults()).isEqualTo(refusal.faults());
        assertThat(refusal.faults()).isNotEmpty().hasSizeLessThanOrEqualTo(100).allSatisfy(fault -> {
            assertThat(fault.field()).matches("[a-z_]+(\\[[0-9]+])?(\\.[a-z_]+(\\[[0-9]+])?)*");
            assertThat(fault.code()).matches("[a-z_]+");
        });
        assertThat(of2.getMessage() + of3.getMessage()).doesNotContain(SECRET);
    }

    @Test
    void all_that_is_wrong_is_told_together() {
        JsonValue json =
                JsonValue.parse("{\"title\": 1, \"priority\": \"urgent\", \"tags\": [\"a\", 2], \"reference\": {}}");
        assertThatThrownBy(() -> NewTicket.fromJson(json))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        refusal -> assertThat(refusal.faults())
                                .containsExactlyInAnyOrder(
                                        new Fault("title", "not_a_string", null),
                                        new Fault("description", "required", null),
                                        new Fault("priority", "unknown", null),
                                        new Fault("tags[1]", "not_a_string", null),
                                        new Fault("reference.source", "required", null),
                                        new Fault("reference.id", "required", null)));
    }

    @Test
    void a_member_that_nobody_knows_is_refused_and_not_named() {
        assertThatThrownBy(() -> TicketQuery.fromJson(JsonValue.parse("{\"statuss\": [\"open\"]}")))
                .hasMessage("value.unknown_member");
    }

    @Test
    void a_member_that_comes_twice_is_refused() {
        String twice = "{\"text\": \"a\", \"text\": \"b\", \"command\": \"note\"}";
        assertThatThrownBy(() -> JACKSON_2.readValue(twice, Command.class))
                .hasCause(new InvalidInput("value", "duplicate_key", null));
        assertThatThrownBy(() -> JACKSON_3.readValue(twice, Command.class))
                .hasCause(new InvalidInput("value", "duplicate_key", null));
    }

    @Test
    void what_is_nested_too_deep_is_refused() {
        String deep = "[".repeat(1_001) + "]".repeat(1_001);
        assertThatThrownBy(() -> JsonValue.parse(deep)).hasMessage("value.too_deep (limit 1000)");
        // Jackson's own limits come first: 1,000 of Jackson 2, 500 of Jackson 3.
        assertThatThrownBy(() -> JACKSON_2.readValue(deep, JsonValue.class)).hasMessageContaining("nesting depth");
        assertThatThrownBy(() -> JACKSON_3.readValue(deep, JsonValue.class))
                .isInstanceOf(StreamConstraintsException.class);
    }

    @Test
    void a_long_text_is_read_whole() throws IOException {
        Command long4 = Command.note("ä\ud83d\ude00x".repeat(600_000));
        String json = long4.json().text();
        assertThat(JACKSON_2.readValue(json, Command.class)).isEqualTo(long4);
        assertThat(JACKSON_3.readValue(json, Command.class)).isEqualTo(long4);
    }

    @Test
    void of_many_wrong_values_a_hundred_are_told() {
        JsonValue many = JsonValue.parse("{\"any_tag\": [" + "1,".repeat(99_999) + "1]}");
        assertThatThrownBy(() -> TicketQuery.fromJson(many))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        refusal -> assertThat(refusal.faults()).hasSize(100));
        String fields = Stream.iterate(0, i -> i + 1)
                .limit(10_000)
                .map(i -> "\"f" + i + "\":1")
                .collect(Collectors.joining(",", "{\"fields\": {", "}}"));
        assertThat(TicketQuery.fromJson(JsonValue.parse(fields)).fields()).hasSize(10_000);
    }

    @Test
    void a_mapper_that_tells_types_reads_what_it_wrote() throws IOException {
        ObjectMapper typed = new ObjectMapper()
                .activateDefaultTyping(LaissezFaireSubTypeValidator.instance, ObjectMapper.DefaultTyping.NON_FINAL);
        Object[] values = {TicketStatus.OPEN, Command.note("a"), JsonSamples.ANY, TicketQuery.unsolved()};
        assertThat(typed.readValue(typed.writeValueAsString(values), Object[].class))
                .containsExactly(values);
    }

    @Test
    void constants_are_written_as_names_of_members_too() throws IOException {
        Map<TicketStatus, Integer> counts = Map.of(TicketStatus.PENDING, 1);
        assertThat(JACKSON_2.writeValueAsString(counts)).isEqualTo("{\"pending\":1}");
        assertThat(JACKSON_3.writeValueAsString(counts)).isEqualTo("{\"pending\":1}");
    }

    @Test
    void numbers_come_in_to_the_last_digit() throws IOException {
        for (String number :
                List.of("1.10", "1E+2", "1e400", "1180591620717411303424", "0." + "1234567890".repeat(30))) {
            assertThat(JACKSON_2.readValue("{\"a\":" + number + "}", JsonValue.class))
                    .isEqualTo(JsonValue.parse("{\"a\":" + number + "}"));
            assertThat(JACKSON_3.readValue("{\"a\":" + number + "}", JsonValue.class))
                    .isEqualTo(JsonValue.parse("{\"a\":" + number + "}"));
        }
        assertThatThrownBy(() -> JACKSON_2.readValue("1e401", JsonValue.class))
                .hasCause(new InvalidInput("value", "number_range", 400L));
    }

    @Test
    void a_customer_can_send_no_command_of_an_agents() {
        for (Command command : List.of(Command.note("a"), Command.assign(SampleValues.TICKET), Command.follow())) {
            String json = command.json().text();
            InvalidInput unknown = new InvalidInput("command", "unknown", null);
            assertThatThrownBy(() -> CustomerCommand.fromJson(command.json())).hasMessage(unknown.getMessage());
            assertThatThrownBy(() -> JACKSON_2.readValue(json, CustomerCommand.class))
                    .hasCause(unknown);
            assertThatThrownBy(() -> JACKSON_3.readValue(json, CustomerCommand.class))
                    .hasCause(unknown);
        }
        assertThat(CustomerCommand.fromJson(Command.reply("a").json())).isEqualTo(Command.reply("a"));
    }

    @Test
    void null_is_no_value_except_where_any_json_is() throws IOException {
        assertThat(JACKSON_2.readValue("null", Command.class)).isNull();
        assertThat(JACKSON_2.readValue("[null]", JsonValue[].class)).containsExactly(JsonValue.ofNull());
        assertThat(JACKSON_3.readValue("[null]", JsonValue[].class)).containsExactly(JsonValue.ofNull());
        assertThatThrownBy(() -> Command.fromJson(null)).hasMessage("value.required");
        assertThatThrownBy(() -> Command.fromJson(JsonValue.ofNull())).hasMessage("value.not_an_object");
    }

    @Test
    void values_stand_in_a_hosts_own() throws IOException {
        Hosts hosts = new Hosts("a", TicketStatus.PENDING, List.of(Command.close(), Command.note("b")));
        String json = JACKSON_2.writeValueAsString(hosts);
        assertThat(json).contains("\"status\":\"pending\"", "{\"command\":\"close\"}");
        assertThat(JACKSON_3.writeValueAsString(hosts)).isEqualTo(json);
        assertThat(JACKSON_2.readValue(json, Hosts.class)).isEqualTo(hosts);
        assertThat(JACKSON_3.readValue(json, Hosts.class)).isEqualTo(hosts);
        String unknown = json.replace("pending", SECRET);
        assertThatThrownBy(() -> JACKSON_2.readValue(unknown, Hosts.class))
                .hasCause(new InvalidInput("value", "unknown", null))
                .message()
                .contains("status")
                .doesNotContain(SECRET);
        assertThatThrownBy(() -> JACKSON_3.readValue(unknown, Hosts.class))
                .hasCause(new InvalidInput("value", "unknown", null))
                .message()
                .doesNotContain(SECRET);
    }

    @Test
    void a_hosts_own_stands_in_a_page() throws IOException {
        Page<Hosts> page = new Page<>(List.of(new Hosts("a", TicketStatus.OPEN, List.of())), Optional.of("c"));
        String json =
                "{\"items\":[{\"hostName\":\"a\",\"status\":\"open\",\"commands\":[]}],\"next\":\"c\",\"partial\":false}";
        assertThat(JACKSON_2.writeValueAsString(page)).isEqualTo(json);
        assertThat(JACKSON_3.writeValueAsString(page)).isEqualTo(json);
        assertThatThrownBy(page::json).isInstanceOf(IllegalStateException.class);
    }

    /** Constants of a host's. */
    private enum Colour {
        RED
    }

    @Test
    void constants_and_numbers_of_a_hosts_in_a_page_are_written_by_its_mapper() throws IOException {
        Page<Map<Colour, Double>> page = new Page<>(List.of(Map.of(Colour.RED, Double.NaN)), Optional.empty());
        String json = "{\"items\":[{\"RED\":\"NaN\"}],\"next\":null,\"partial\":false}";
        assertThat(JACKSON_2.writeValueAsString(page)).isEqualTo(json);
        assertThat(JACKSON_3.writeValueAsString(page)).isEqualTo(json);
    }

    @Test
    void trees_hold_what_a_text_does() throws IOException {
        // Trees of Jackson 2 leave out zeros at the end of a fraction, unless they are told not to.
        Command command =
                Command.setField("a", JsonValue.parse(JsonSamples.ANY.text().replace("1.10", "1.1")));
        assertThat(JsonValue.parse(JACKSON_2.valueToTree(command).toString())).isEqualTo(command.json());
        assertThat(JsonValue.parse(JACKSON_3.valueToTree(command).toString())).isEqualTo(command.json());
        assertThat(JACKSON_2.convertValue(command, Map.class)).containsEntry("command", "set-field");
    }

    @Test
    void a_moment_is_taken_with_any_offset_and_kept_to_the_nanosecond() {
        assertThat(Command.fromJson(JsonValue.parse(
                        "{\"command\": \"snooze\", \"until\": \"2026-01-02T05:04:05.123456789+02:00\"}")))
                .isEqualTo(Command.snooze(SampleValues.AT.plusNanos(123_456_789)));
    }

    @Test
    void a_zone_that_nobody_knows_is_unknown() {
        Map<String, JsonValue> members = new LinkedHashMap<>(
                NewWorker.of(SampleValues.TICKET, "a", "b", "c").json().members());
        members.put("timezone", JsonValue.of("Mars/Olympus"));
        assertThatThrownBy(() -> NewWorker.fromJson(JsonValue.ofObject(members)))
                .hasMessage("timezone.unknown");
    }

    @Test
    void faults_within_a_history_say_where() {
        ImportedTicket imported =
                (ImportedTicket) JsonSamples.of(ImportedTicket.class).get(1);
        JsonValue broken = JsonValue.parse(imported.json().text().replace("\"content\":\"text\"", "\"content\":7"));
        assertThatThrownBy(() -> ImportedTicket.fromJson(broken))
                .hasMessage("events[0].content.not_a_string, events[2].content.not_a_string");
    }

    @Test
    void a_fault_in_a_list_has_the_place_at_which_it_stands() {
        JsonValue json = JsonValue.parse("{\"assigned_to\": [1, \"x\"], \"status\": [null, \"open\", \"x\"]}");
        assertThatThrownBy(() -> TicketQuery.fromJson(json))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        refusal -> assertThat(refusal.faults())
                                .containsExactlyInAnyOrder(
                                        new Fault("assigned_to[0]", "not_a_string", null),
                                        new Fault("assigned_to[1]", "malformed", null),
                                        new Fault("status[0]", "not_a_string", null),
                                        new Fault("status[2]", "unknown", null)));
    }

    /** A host's own that changes what is given. */
    record Patch(String name, JsonValue value) {}

    @Test
    void a_value_that_is_not_there_is_not_the_value_null() throws IOException {
        Patch absent = new Patch("a", null);
        Patch empty = new Patch("a", JsonValue.ofNull());
        assertThat(JACKSON_2.readValue("{\"name\":\"a\"}", Patch.class)).isEqualTo(absent);
        assertThat(JACKSON_3.readValue("{\"name\":\"a\"}", Patch.class)).isEqualTo(absent);
        assertThat(JACKSON_2.readValue("{\"name\":\"a\",\"value\":null}", Patch.class))
                .isEqualTo(empty);
        assertThat(JACKSON_3.readValue("{\"name\":\"a\",\"value\":null}", Patch.class))
                .isEqualTo(empty);
    }

    @Test
    void nothing_is_redacted_because_a_name_was_left_out() {
        assertThatThrownBy(() -> Redaction.fromJson(JsonValue.parse("{\"reason\": \"a\"}")))
                .hasMessage("event_id.required");
        assertThat(Redaction.fromJson(JsonValue.parse("{\"event_id\": null}"))).isEqualTo(Redaction.ofWholeBeginning());
    }

    @Test
    void what_belongs_to_another_kind_is_refused_and_not_passed_over() {
        assertThatThrownBy(
                        () -> ChangeFeed.Start.fromJson(JsonValue.parse("{\"from\": \"now\", \"position\": \"12\"}")))
                .hasMessage("position.unexpected");
        assertThatThrownBy(() -> ChangeFeed.Start.fromJson(
                        JsonValue.parse("{\"from\": \"beginning\", \"moment\": \"2026-01-01T00:00:00Z\"}")))
                .hasMessage("moment.unexpected");
        assertThatThrownBy(
                        () -> AgentDisplay.fromJson(JsonValue.parse("{\"form\": \"full_name\", \"team\": \"Desk\"}")))
                .hasMessage("team.unexpected");
        assertThatThrownBy(() -> ImportedTicket.fromJson(JsonValue.parse(ImportedTicket.of(
                                SampleValues.TICKET, NewTicket.of("a", "b"), SampleValues.TICKET, Instant.EPOCH)
                        .reference(new Reference("a", "b"))
                        .json()
                        .text()
                        .replace("\"ticket_id\":\"" + SampleValues.TICKET, "\"ticket_id\":\"" + OTHER))))
                .hasMessage("references[0].ticket_id.mismatch");
    }

    @Test
    void many_numbers_that_are_long_only_when_written_out_are_refused() {
        String[] taken = {"[" + "1e400,".repeat(200) + "1]", "[" + "1e9,".repeat(100_000) + "1]"};
        for (String json : taken) {
            JsonValue value = JsonValue.parse(json);
            assertThat(JsonValue.parse(value.text())).isEqualTo(value);
        }
        String many = "{\"command\": \"rate\", \"a\": [" + "1e400,".repeat(100_000) + "1]}";
        assertThatThrownBy(() -> JACKSON_2.readValue(many, CustomerCommand.class))
                .hasCause(new InvalidInput("value", "number_range", 400L));
        assertThatThrownBy(() -> JACKSON_3.readValue(many, CustomerCommand.class))
                .hasCause(new InvalidInput("value", "number_range", 400L));
    }

    @Test
    void an_event_of_a_hosts_own_may_have_members_of_any_name() {
        TicketEvent.CustomEvent sample = JsonSamples.event(TicketEvent.CustomEvent.class);
        TicketEvent event = new TicketEvent.CustomEvent(
                sample.header(),
                "own",
                JsonValue.parse("{\"seq\": 1, \"number\": 2, \"ticket_id\": 3, \"header\": null}"));
        assertThat(TicketEvent.fromJson(event.json())).isEqualTo(event);
    }
}
