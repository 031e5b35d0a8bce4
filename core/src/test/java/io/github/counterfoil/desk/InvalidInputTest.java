package io.github.counterfoil.desk;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.command.Command;
import io.github.counterfoil.command.CustomerCommand;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.event.CustomEventType;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.people.AgentDisplay;
import io.github.counterfoil.people.Customer;
import io.github.counterfoil.people.NewCustomer;
import io.github.counterfoil.people.NewWorker;
import io.github.counterfoil.spi.ConnectionSource;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.TicketStatus;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bad values get one clear error, before any SQL: the services here have no database at all. */
class InvalidInputTest {
    private static final UUID ID = UUID.randomUUID();
    private static final TicketService TICKETS = TicketService.builder(new WithoutDatabase())
            .eventType(CustomEventType.privateType("escalated", 1))
            .build();
    private static final AgentDesk AGENT = TICKETS.agent(JANE);
    private static final CustomerDesk CUSTOMER = TICKETS.customer(ADA);

    private record Case(String expected, Runnable call) {
        @Override
        public String toString() {
            return expected;
        }
    }

    static Stream<Case> titles() {
        Consumer<String> open = title -> CUSTOMER.open(NewTicket.of(title, "Text"));
        return cases(
                open,
                "title.required",
                null,
                "title.blank",
                "",
                "title.blank",
                " \u00a0\u200b\ufeff",
                "title.too_long (limit 500)",
                "x".repeat(501),
                "title.control_char",
                "a\r\nb",
                "title.control_char",
                "a\tb",
                "title.nul_char",
                "a\0b",
                "title.invalid_unicode",
                "a\ud800b",
                "title.invalid_unicode",
                "a\udc00",
                "title.invalid_unicode",
                "\udc00\ud800",
                "title.bidi_control",
                "a\u202eb");
    }

    static Stream<Case> contents() {
        Consumer<String> reply = text -> CUSTOMER.on(ID).reply(text);
        Consumer<String> note = text -> AGENT.on(ID).note(text);
        Consumer<String> describe = text -> AGENT.on(ID).changeDescription(text);
        return Stream.of(
                        cases(
                                reply,
                                "text.required",
                                null,
                                "text.blank",
                                " \n\t ",
                                "text.nul_char",
                                "a\0b",
                                "text.invalid_unicode",
                                "a\ud83d",
                                "text.too_large (limit 4194304)",
                                "x".repeat(4_194_305),
                                "text.too_large (limit 4194304)",
                                "é".repeat(2_097_153)),
                        cases(note, "text.blank", "\u200d"),
                        cases(describe, "description.required", null))
                .flatMap(cases -> cases);
    }

    static Stream<Case> fieldsAndValues() {
        Consumer<String> name = field -> AGENT.on(ID).setField(field, "value");
        Consumer<String> value = json -> AGENT.on(ID).setField("field", JsonValue.parse(json));
        return Stream.concat(
                cases(
                        name,
                        "name.required",
                        null,
                        "name.invalid",
                        "",
                        "name.invalid",
                        "x".repeat(65),
                        "name.invalid",
                        "a.b",
                        "name.invalid",
                        "a b",
                        "name.invalid",
                        "$a",
                        "name.invalid",
                        "__proto__"),
                cases(
                        value,
                        "value.malformed",
                        "",
                        "value.malformed",
                        "'a'",
                        "value.malformed",
                        "1 2",
                        "value.malformed",
                        "// comment\n1",
                        "value.duplicate_key",
                        "{\"a\":1,\"a\":2}",
                        "value.number_range (limit 308)",
                        "1e309",
                        "value.too_deep (limit 16)",
                        "[".repeat(17) + "]".repeat(17),
                        "value.too_deep (limit 1000)",
                        "[".repeat(100_000) + "]".repeat(100_000),
                        "value.number_range (limit 400)",
                        "1e999999999",
                        "value.number_range (limit 400)",
                        "1e-999999999",
                        "value.too_many_digits (limit 38)",
                        "1" + "0".repeat(38) + "1",
                        "value.nul_char",
                        "{\"a\": \"\\u0000\"}",
                        "value.nul_char",
                        "[{\"\\u0000\": 1}]",
                        "value.invalid_unicode",
                        "[\"\\ud800\"]",
                        "value.too_large (limit 16384)",
                        "\"" + "x".repeat(16_383) + "\""));
    }

    static Stream<Case> people() {
        Consumer<String> email = text -> TICKETS.people().registerCustomer(NewCustomer.of(ID, text, "Ada", "Lovelace"));
        Consumer<String> name =
                text -> TICKETS.people().registerCustomer(NewCustomer.of(ID, "ada@example.com", text, "Lovelace"));
        Consumer<String> language = text ->
                TICKETS.people().updateCustomer(ID, Customer.Changes.none().preferredLanguage(text));
        Consumer<String> skill = text -> TICKETS.people()
                .registerWorker(NewWorker.of(ID, "j@example.com", "J", "S").skills(new String[] {text}));
        return Stream.of(
                        cases(
                                email,
                                "email.required",
                                null,
                                "email.invalid",
                                "",
                                "email.invalid",
                                "ada",
                                "email.invalid",
                                "a@b@c",
                                "email.invalid",
                                "ada@example.com.",
                                "email.invalid",
                                "ada@example.com\r\nBcc: x@example.com",
                                "email.invalid",
                                "Ada <ada@example.com>",
                                "email.invalid (limit 254)",
                                "a".repeat(250) + "@x.io"),
                        cases(
                                name,
                                "first_name.required",
                                null,
                                "first_name.blank",
                                " ",
                                "first_name.too_long (limit 100)",
                                "x".repeat(101),
                                "first_name.control_char",
                                "A\nB"),
                        cases(language, "preferred_language.invalid", "xx_YY_bad"),
                        cases(language, "preferred_language.invalid (limit 35)", "a".repeat(36)),
                        cases(skill, "skills[0].required", null, "skills[0].too_long (limit 64)", "x".repeat(65)))
                .flatMap(cases -> cases);
    }

    static Stream<Case> others() {
        List<JsonValue> files = Collections.nCopies(21, JsonValue.ofObject(Map.of()));
        return Stream.of(
                new Case("ticket_id.required", () -> AGENT.on(null).close()),
                new Case("worker_id.required", () -> AGENT.on(ID).assign(null)),
                new Case("moment.required", () -> AGENT.on(ID).at(null)),
                new Case("status.not_reachable", () -> AGENT.on(ID).changeStatus(TicketStatus.NEW)),
                new Case("status.required", () -> AGENT.on(ID).changeStatus(null)),
                new Case("priority.required", () -> AGENT.on(ID).changePriority(null)),
                new Case("value.required", () -> AGENT.on(ID).setField("field", (JsonValue) null)),
                new Case("attachments.too_many (limit 20)", () -> AGENT.on(ID).reply("Text", files)),
                new Case("attachments[0].not_an_object", () -> AGENT.on(ID).reply("T", List.of(JsonValue.of(1)))),
                new Case("rating.out_of_range (limit 5)", () -> CUSTOMER.on(ID).rate(6, null)),
                new Case("rating.out_of_range (limit 1)", () -> CUSTOMER.on(ID).rate(0, null)),
                new Case("comment.nul_char", () -> CUSTOMER.on(ID).rate(5, "a\0")),
                new Case("tags.required", () -> AGENT.on(ID).tag()),
                new Case("tags[1].blank", () -> AGENT.on(ID).tag("a", "")),
                new Case("tags[0].required", () -> AGENT.on(ID).tag((String) null)),
                new Case(
                        "tags.not_allowed (limit 0)",
                        () -> CUSTOMER.open(NewTicket.of("T", "D").tags("a"))),
                new Case(
                        "channel.blank",
                        () -> CUSTOMER.open(NewTicket.of("T", "D").channel(" "))),
                new Case("command_id.required", () -> AGENT.on(ID).once((UUID) null)),
                new Case(
                        "event_type.unregistered",
                        () -> AGENT.on(ID)
                                .record(CustomEventType.publicType("escalated", 1), JsonValue.ofObject(Map.of()))),
                new Case(
                        "body.not_an_object",
                        () -> AGENT.on(ID).record(CustomEventType.privateType("escalated", 1), JsonValue.of(1))),
                new Case(
                        "body.counterfoil_seq.reserved, body.id.reserved, body.role.reserved, body.version.reserved",
                        () -> AGENT.on(ID)
                                .record(
                                        CustomEventType.privateType("escalated", 1),
                                        JsonValue.parse(
                                                "{\"id\": 1, \"counterfoil_seq\": 7, \"version\": 2, \"role\": \"agent\", \"x\": 1}"))),
                new Case("text.blank", () -> CUSTOMER.on(ID).reply("", List.of())),
                new Case("text.required", () -> CUSTOMER.on(ID).reply(null, List.of(JsonValue.ofObject(Map.of())))),
                new Case("version.out_of_range (limit 0)", () -> AGENT.on(ID).at(-1)),
                new Case(
                        "from.out_of_range (limit -62135510400), to.out_of_range (limit 253402214400)",
                        () -> TICKETS.figures().worker(ID, Instant.MIN, Instant.MAX)),
                new Case("deadline.out_of_range (limit 1)", () -> TICKETS.within(Duration.ZERO)),
                new Case("deadline.out_of_range (limit 86400000)", () -> TICKETS.within(Duration.ofDays(2))),
                new Case(
                        "schema.length (limit 1)",
                        () -> TicketService.builder(new WithoutDatabase()).schema("")),
                new Case(
                        "schema.length (limit 63)",
                        () -> TicketService.builder(new WithoutDatabase()).schema("x".repeat(64))),
                new Case(
                        "event_type_version.out_of_range (limit 1)",
                        () -> TicketService.builder(new WithoutDatabase())
                                .eventType(CustomEventType.publicType("escalated", 0))
                                .build()),
                new Case("team.blank", () -> AgentDisplay.team(" ")),
                new Case("value.not_finite", () -> JsonValue.of(Double.NaN)),
                new Case(
                        "event_type.reserved",
                        () -> TicketService.builder(new WithoutDatabase())
                                .eventType(CustomEventType.publicType("note-added", 1))
                                .build()),
                new Case(
                        "event_type.invalid",
                        () -> TicketService.builder(new WithoutDatabase())
                                .eventType(CustomEventType.publicType("Escalated", 1))
                                .build()));
    }

    @ParameterizedTest
    @MethodSource({"titles", "contents", "fieldsAndValues", "people", "others"})
    void gets_its_code_and_its_limit(Case bad) {
        assertThatThrownBy(bad.call()::run).isInstanceOf(InvalidInput.class).hasMessage(bad.expected());
    }

    @Test
    void all_faults_of_one_call_come_together() {
        NewTicket ticket = NewTicket.of("", " ").channel("\n").tags("fine", "", "x".repeat(65));
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> AGENT.open(null, ticket))
                .satisfies(e -> assertThat(e.faults())
                        .extracting(InvalidInput.Fault::toString)
                        .containsExactly(
                                "channel.control_char",
                                "customer_id.required",
                                "description.blank",
                                "tags[1].blank",
                                "tags[2].too_long (limit 64)",
                                "title.blank"));
    }

    @Test
    void a_command_of_the_other_side_is_refused_even_where_the_compiler_was_told_to_look_away() {
        @SuppressWarnings({"unchecked", "rawtypes"})
        List<CustomerCommand> smuggled = (List) List.of(Command.note("for the staff"), "no command");
        assertThatThrownBy(() -> CUSTOMER.on(ID).apply(smuggled))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("commands[0].not_allowed, commands[1].not_allowed");
    }

    @Test
    void a_custom_field_is_named_only_if_its_name_is_one() {
        NewTicket ticket = NewTicket.of("T", "D")
                .field("Serial-No", JsonValue.parse("[".repeat(17) + "]".repeat(17)))
                .field("ada@example.com", JsonValue.of("\0"))
                .field("bob@example.com", JsonValue.of("\0"));
        assertThatThrownBy(() -> AGENT.open(ID, ticket))
                .isInstanceOf(InvalidInput.class)
                .hasMessage(
                        "custom_fields.invalid, custom_fields.nul_char, custom_fields[Serial-No].too_deep (limit 16)");
    }

    @Test
    void the_largest_values_are_within_the_limits() {
        for (Runnable call : List.<Runnable>of(
                () -> AGENT.on(ID).changeTitle("😀".repeat(500)),
                () -> AGENT.on(ID).note("x".repeat(4_194_304)),
                () -> AGENT.on(ID).setField("x".repeat(64), JsonValue.parse("[".repeat(16) + "]".repeat(16))),
                () -> AGENT.on(ID).setField("a", JsonValue.of(new BigDecimal("9".repeat(38)))),
                () -> AGENT.on(ID).reply("<script>alert(1)</script> \u202e \u0007 \ufffe"),
                () -> CUSTOMER.on(ID).reply("", List.of(JsonValue.ofObject(Map.of()))),
                () -> AGENT.on(ID).changeTitle("=cmd|' /C calc'!A0"))) {
            assertThatThrownBy(call::run)
                    .as("the value is accepted, and then there is no database")
                    .hasMessageContaining("SQLSTATE");
        }
    }

    private static Stream<Case> cases(Consumer<String> call, String... expectedAndValue) {
        Stream.Builder<Case> cases = Stream.builder();
        for (int i = 0; i < expectedAndValue.length; i += 2) {
            String value = expectedAndValue[i + 1];
            cases.add(new Case(expectedAndValue[i], () -> call.accept(value)));
        }
        return cases.build();
    }

    /** Fails if anything gets as far as asking for a connection. */
    private static final class WithoutDatabase implements ConnectionSource {
        @Override
        public Connection open() throws SQLException {
            throw new SQLException("there is no database", "08001");
        }

        @Override
        public void release(Connection connection) {
            throw new AssertionError("nothing was opened");
        }
    }
}
