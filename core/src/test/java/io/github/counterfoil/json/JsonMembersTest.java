package io.github.counterfoil.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.internal.json.JsonMembers;
import io.github.counterfoil.internal.json.UnfitMember;
import io.github.counterfoil.ticket.Priority;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Objects that are read member by member, and what is wrong with a member, without its value. */
class JsonMembersTest {
    private static final JsonMembers MEMBERS = JsonMembers.read("""
            {"text": "a", "null": null, "number": 7, "long": 4294967297, "fraction": 1.50,
             "id": "00000000-0000-4000-8000-00000000000a", "short id": "1-1-1-1-1",
             "texts": ["a", "b"], "mixed": ["a", {"b": 1}], "object": {"z": 1, "a": "b"}, "priority": "high"}""");

    @Test
    void members_are_read_as_what_they_are() throws UnfitMember {
        assertThat(MEMBERS.text("text")).isEqualTo("a");
        assertThat(MEMBERS.optionalText("null")).isNull();
        assertThat(MEMBERS.optionalText("missing")).isNull();
        assertThat(MEMBERS.number("number")).isEqualTo(7);
        assertThat(MEMBERS.id("id")).isEqualTo(UUID.fromString("00000000-0000-4000-8000-00000000000a"));
        assertThat(MEMBERS.constant("priority", JsonMembersTest::priority)).isEqualTo(Priority.HIGH);
        assertThat(MEMBERS.value("fraction").text()).isEqualTo("1.50");
        assertThat(MEMBERS.value("null")).isEqualTo(JsonValue.ofNull());
        assertThat(MEMBERS.texts("texts")).containsExactly("a", "b");
        assertThat(MEMBERS.values("mixed")).containsExactly(JsonValue.of("a"), JsonValue.parse("{\"b\": 1}"));
        assertThat(MEMBERS.objects("mixed").get(0)).isEmpty();
        assertThat(MEMBERS.objects("mixed").get(1).orElseThrow().number("b")).isEqualTo(1);
        assertThat(MEMBERS.object("object").values().keySet()).containsExactly("z", "a");
        assertThat(MEMBERS.object("object").without(Set.of("z")).text()).isEqualTo("{\"a\":\"b\"}");
        assertThat(MEMBERS.has("null")).isTrue();
        assertThat(MEMBERS.hasValue("null")).isFalse();
        assertThat(MEMBERS.has("missing")).isFalse();
    }

    @Test
    void what_does_not_fit_is_named_and_not_told() throws UnfitMember {
        assertUnfit("text.required", () -> MEMBERS.object("object").text("text"));
        assertUnfit("null.required", () -> MEMBERS.text("null"));
        assertUnfit("number.not_a_string", () -> MEMBERS.text("number"));
        assertUnfit("number.not_a_string", () -> MEMBERS.optionalText("number"));
        assertUnfit("text.not_a_number", () -> MEMBERS.number("text"));
        assertUnfit("fraction.not_a_number", () -> MEMBERS.number("fraction"));
        assertUnfit("long.not_a_number", () -> MEMBERS.number("long"));
        assertUnfit("short id.malformed", () -> MEMBERS.id("short id"));
        assertUnfit("text.unknown", () -> MEMBERS.constant("text", JsonMembersTest::priority));
        assertUnfit("missing.required", () -> MEMBERS.value("missing"));
        assertUnfit("text.not_an_array", () -> MEMBERS.values("text"));
        assertUnfit("mixed.not_a_string", () -> MEMBERS.texts("mixed"));
        assertUnfit("texts.not_an_object", () -> MEMBERS.object("texts"));
        assertUnfit("z.unexpected", () -> MEMBERS.object("object").requireOnly(Set.of("a")));
        MEMBERS.object("object").requireOnly(Set.of("a", "b", "z"));
        assertThatThrownBy(() -> JsonMembers.read("[]")).hasMessageContaining("value.not_an_object");
        assertThat(MEMBERS).hasToString("JsonMembers[11]");
    }

    private static Optional<Priority> priority(String name) {
        return Arrays.stream(Priority.values())
                .filter(one -> one.wireName().equals(name))
                .findFirst();
    }

    private static void assertUnfit(String message, ThrowingCallable read) {
        assertThatThrownBy(read).isInstanceOf(UnfitMember.class).hasMessage(message);
    }
}
