package io.github.counterfoil.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.event.CustomEventType;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.json.JsonValue.Kind;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JSON values, equal as PostgreSQL's are. */
class JsonValueTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "{\"b\": 1, \"a\": [true, null]} ~ {\"a\":[true,null],\"b\":1} ~ OBJECT",
                "[ ] ~ [] ~ ARRAY",
                "{ } ~ {} ~ OBJECT",
                "1e2 ~ 100 ~ NUMBER",
                "-0 ~ 0 ~ NUMBER",
                "1.10 ~ 1.10 ~ NUMBER",
                "1E-3 ~ 0.001 ~ NUMBER",
                "12345678901234567890123 ~ 12345678901234567890123 ~ NUMBER",
                "\"a\\u0041\\n\" ~ \"aA\\n\" ~ STRING",
                "false ~ false ~ BOOLEAN",
                "null ~ null ~ NULL",
            })
    void are_read_into_one_form(String json, String text, Kind kind) {
        JsonValue value = JsonValue.parse(json);
        assertThat(value.text()).isEqualTo(text);
        assertThat(value.kind()).isEqualTo(kind);
        assertThat(JsonValue.parse(value.text())).isEqualTo(value).hasSameHashCodeAs(value);
    }

    @Test
    void nothing_is_put_together_deeper_than_it_can_be_read() {
        JsonValue value = JsonValue.of("[{\\\"");
        for (int depth = 0; depth < 1_000; depth++) {
            value = depth % 2 == 0 ? JsonValue.ofArray(List.of(value)) : JsonValue.ofObject(Map.of("a", value));
        }
        JsonValue deepest = value;
        assertThat(JsonValue.parse(deepest.text())).isEqualTo(deepest);
        assertThatThrownBy(() -> JsonValue.ofArray(List.of(deepest))).hasMessage("value.too_deep (limit 1000)");
        assertThatThrownBy(() -> JsonValue.ofObject(Map.of("a", deepest))).hasMessage("value.too_deep (limit 1000)");
    }

    @Test
    void that_postgresql_stored_come_back_equal() {
        try (TestDatabase database = TestDatabase.empty()) {
            for (String json : List.of(
                    "{\"bb\": 1, \"a\": [1e2, -0, 1.10, 1E-3, 0.0, -1.50]}",
                    "[\"\\u001f\\\\ \\\"quoted\\\" é 😀\", {\"\": {}}]",
                    "1e300",
                    "-12.5e-10")) {
                JsonValue value = JsonValue.parse(json);
                String stored = database.value("select '" + value.text() + "'::jsonb::text");
                assertThat(JsonValue.parse(stored)).isEqualTo(value);
            }
        }
    }

    @Test
    void are_built_and_taken_apart() {
        JsonValue value = JsonValue.ofObject(Map.of(
                "z", JsonValue.ofArray(List.of(JsonValue.of(1), JsonValue.of(true), JsonValue.ofNull())),
                "a\"", JsonValue.of("line\nline")));
        assertThat(value.text()).isEqualTo("{\"a\\\"\":\"line\\nline\",\"z\":[1,true,null]}");
        assertThat(value).isEqualTo(JsonValue.parse(value.text()));
        assertThat(value.members().keySet()).containsExactly("a\"", "z");
        assertThat(value.members().get("a\"").string()).isEqualTo("line\nline");
        List<JsonValue> elements = value.members().get("z").elements();
        assertThat(elements.get(0).number()).isEqualByComparingTo("1");
        assertThat(elements.get(1).bool()).isTrue();
        assertThat(elements.get(2).kind()).isEqualTo(Kind.NULL);
        assertThat(JsonValue.of(new BigDecimal("1.50"))).isEqualTo(JsonValue.parse("1.50"));
        assertThat(JsonValue.of(0.5)).isEqualTo(JsonValue.parse("0.5"));
    }

    @Test
    void have_members_with_names_of_any_length_that_are_read_again() {
        String name = "n".repeat(60_000);
        JsonValue value = JsonValue.ofObject(Map.of(name, JsonValue.of(1)));
        assertThat(value.members()).containsOnlyKeys(name);
        assertThat(JsonValue.parse(value.text())).isEqualTo(value);
        try (TestDatabase database = TestDatabase.withSchema()) {
            CustomEventType odd = CustomEventType.privateType("odd", 1);
            SupportTeam team = SupportTeam.registered(
                    TicketService.builder(database.connections()).eventType(odd).build());
            UUID id = team.ticket();
            team.jane().on(id).record(odd, value);
            assertThat(team.jane().on(id).history(PageRequest.newestFirst(1)).items())
                    .first()
                    .isInstanceOfSatisfying(
                            TicketEvent.CustomEvent.class,
                            event -> assertThat(event.body().members()).containsKey(name));
            assertThat(team.tickets().verify(id).discrepancies()).isEmpty();
        }
    }

    @Test
    void are_not_taken_for_what_they_are_not() {
        assertThatThrownBy(() -> JsonValue.of("1").number())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a JSON STRING was read as a NUMBER");
        assertThat(JsonValue.parse("100")).isNotEqualTo(JsonValue.parse("100.0"));
        assertThat(JsonValue.of("secret")).hasToString("JsonValue[STRING]");
    }

    @Test
    void an_exponent_beyond_all_numbers_is_refused_alike_on_every_java_and_not_quoted() {
        for (String text : List.of("1e401", "1e2147483647", "1e2147483648", "1e99999999999", "[-1e-99999999999]")) {
            assertThatThrownBy(() -> JsonValue.parse(text))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessage("value.number_range (limit 400)");
        }
    }
}
