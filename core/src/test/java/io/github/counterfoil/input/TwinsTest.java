package io.github.counterfoil.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.internal.validation.Problem;
import io.github.counterfoil.internal.validation.TextRules;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two texts that look the same and differ: refused where people tell things apart by them, and not in what they write. */
class TwinsTest {
    private static final List<String> CODES =
            List.of("control_char", "bidi_control", "invisible_char", "space_char", "untrimmed", "nul_char");

    @Test
    void no_white_space_and_no_format_character_of_unicode_gets_into_a_line() {
        IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(c -> Character.isWhitespace(c)
                        || Character.isSpaceChar(c)
                        || Character.isISOControl(c)
                        || (Character.getType(c) == Character.FORMAT && !isVisible(c)))
                .forEach(c -> {
                    String odd = Character.toString(c);
                    for (String text : List.of("a" + odd, odd + "a", "a" + odd + "b")) {
                        if (!text.equals("a b")) {
                            assertThat(code(TextRules.line(text, 100)))
                                    .as("U+%04X", c)
                                    .isIn(CODES);
                        }
                    }
                    assertThat(TextRules.email("a" + odd + "b@example.com"))
                            .as("U+%04X", c)
                            .isNotNull();
                    assertThat(TextRules.email("a@example" + odd + ".com"))
                            .as("U+%04X", c)
                            .isNotNull();
                    if (c != 0) {
                        assertThat(TextRules.content("a" + odd + "b")).isNull();
                    }
                });
    }

    /** Signs that stand before or below numbers and letters and are drawn, and what lays hieroglyphs out. */
    private static boolean isVisible(int c) {
        return (c >= 0x0600 && c <= 0x0605)
                || c == 0x06DD
                || c == 0x070F
                || c == 0x0890
                || c == 0x0891
                || c == 0x08E2
                || c == 0x110BD
                || c == 0x110CD
                || (c >= 0x13430 && c <= 0x1345F);
    }

    @Test
    void each_kind_has_its_code() {
        assertThat(code("a\u2028b")).isEqualTo("control_char");
        assertThat(code("a\u200eb")).isEqualTo("bidi_control");
        for (String invisible : List.of(
                "\u00ad",
                "\u034f",
                "\u115f",
                "\u17b4",
                "\u180e",
                "\u200b",
                "\u200c",
                "\u200d",
                "\u2060",
                "\u2800",
                "\u3164",
                "\ufe0f",
                "\ufeff",
                "\uffa0",
                "\ufff9",
                "\udb40\udc01",
                "\udb40\udc61",
                "\udb40\udd00")) {
            assertThat(code("a" + invisible + "b")).isEqualTo("invisible_char");
            assertThat(code("a" + invisible)).isEqualTo("invisible_char");
            assertThat(code(invisible)).isEqualTo("blank");
        }
        assertThat(code("a\u00a0b")).isEqualTo("space_char");
        assertThat(code("a\u3000")).isEqualTo("space_char");
        assertThat(code(" a")).isEqualTo("untrimmed");
        assertThat(code("a ")).isEqualTo("untrimmed");
        assertThat(code("a  b")).isNull();
        assertThat(code(TextRules.email("ada\u200b@example.com"))).isEqualTo("invisible_char");
        assertThat(code(TextRules.email("می\u200cخ@example.com"))).isEqualTo("invisible_char");
        assertThat(code(TextRules.email("ada@exam\u00a0ple.com"))).isEqualTo("space_char");
        assertThat(code(TextRules.email("ada@example.com\u202e"))).isEqualTo("bidi_control");
    }

    @ParameterizedTest
    @MethodSource("io.github.counterfoil.input.NeededJoiners#texts")
    void what_a_script_or_an_emoji_needs_is_kept(String text) {
        assertThat(code(text)).isNull();
        assertThat(code("a " + text + " b")).isNull();
    }

    @Test
    void what_is_needed_is_refused_elsewhere() {
        for (String text : List.of(
                "م\u200c",
                "a\u200cم",
                "👨\u200dx",
                "x\u200d👩",
                "a\ufe0f",
                "1\ufe0f",
                "a\udb40\udd00",
                "葛\ufe0f",
                "🏴\udb40\udc67",
                "😀\udb40\udc67\udb40\udc62\udb40\udc65\udb40\udc7f")) {
            assertThat(code(text)).as(text).isEqualTo("invisible_char");
        }
    }

    private static @Nullable String code(String line) {
        return code(TextRules.line(line, 100));
    }

    private static @Nullable String code(@Nullable Problem problem) {
        return problem == null ? null : problem.code();
    }
}
