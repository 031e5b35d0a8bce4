package io.github.counterfoil.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.internal.validation.TextRules;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.testing.Chance;
import io.github.counterfoil.ticket.CleanText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What comes in by mail, and what a ticket can be opened with. */
@ExtendWith(Chance.class)
class CleanTextTest {
    private static final String NONE = "(no subject)";

    /** Real texts, where they are at hand. */
    private static final Path DATA = Path.of(System.getProperty("counterfoil.data", "../../shared/data"));

    @Test
    void a_subject_that_is_missing_or_shows_nothing_gets_the_fallback() {
        for (String raw :
                new String[] {null, "", "  ", "\r\n\t", "\u200b\ufeff", "\u3164\u2800", "\0", "\u202e", "\u0007"}) {
            assertThat(CleanText.title(raw, NONE)).isEqualTo(NONE);
            assertThat(CleanText.name(raw, "Unknown")).isEqualTo("Unknown");
        }
    }

    @Test
    void a_subject_comes_out_as_one_line() {
        assertThat(CleanText.title("Re: a long\r\n subject\r\n\tin three", NONE))
                .isEqualTo("Re: a long subject in three");
        assertThat(CleanText.title("\tPrinter\u00a0on  fire\u2028now\u3000! ", NONE))
                .isEqualTo("Printer on fire now !");
        assertThat(CleanText.title("a\u0007b\u0000c\u009bd", NONE)).isEqualTo("abcd");
        assertThat(CleanText.title("\u200eשלום\u200f \u202eevil\u202c \u2066x\u2069", NONE))
                .isEqualTo("שלום evil x");
        assertThat(CleanText.title("zero\u200bwidth soft\u00adhyphen \ufefftwo", NONE))
                .isEqualTo("zerowidth softhyphen two");
        assertThat(CleanText.title("a\ud800b\udc00", NONE)).isEqualTo("a\ufffdb\ufffd");
        // What one was needed for is dropped itself.
        assertThat(CleanText.title("x\ufe0f\u200d\u2640", NONE)).isEqualTo("x\u2640");
    }

    @ParameterizedTest
    @MethodSource("kept")
    void what_is_a_title_already_stays_as_it_is(String title) {
        assertThat(CleanText.title(title, NONE)).isEqualTo(title);
        assertThat(CleanText.body(title, "")).isEqualTo(title);
    }

    static Stream<String> kept() {
        return Stream.concat(
                NeededJoiners.texts(), Stream.of("x".repeat(500), "😀".repeat(500), "=1+1", "<b>", "e\u0301"));
    }

    @Test
    void a_long_subject_is_cut_between_two_characters() {
        assertThat(CleanText.title("x".repeat(501), NONE)).isEqualTo("x".repeat(499) + "…");
        assertThat(CleanText.title("x".repeat(498) + "e\u0301" + "y", NONE)).isEqualTo("x".repeat(498) + "…");
        assertThat(CleanText.title("x".repeat(498) + " yz", NONE)).isEqualTo("x".repeat(498) + "…");
        assertThat(CleanText.title("x".repeat(497) + "👨\u200d👩\u200d👧 and more", NONE))
                .hasSizeLessThanOrEqualTo(502);
        assertThat(CleanText.name("n".repeat(101), "Unknown")).isEqualTo("n".repeat(99) + "…");
        assertThat(CleanText.title("a" + "\u0301".repeat(1_000_000), NONE)).hasSize(500);
    }

    @Test
    void a_body_is_kept_byte_for_byte_but_for_what_cannot_be_stored() {
        String body = " \u202e\ttext\r\n\u0007\u200b\ufeff\uffff ";
        assertThat(CleanText.body(body, "")).isEqualTo(body);
        assertThat(CleanText.body("a\0b\ud800", "")).isEqualTo("ab\ufffd");
        assertThat(CleanText.body(null, "")).isEmpty();
        assertThat(CleanText.body(" \r\n\u3164", "(empty)")).isEqualTo("(empty)");
        String longest = "é".repeat(2 * 1024 * 1024);
        assertThat(CleanText.body(longest, "")).isEqualTo(longest);
        assertThat(CleanText.body(longest + "é", "")).isEqualTo("é".repeat(2 * 1024 * 1024 - 2) + "…");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {"null,required", "'',blank", "' a',untrimmed"})
    void a_fallback_is_a_title_itself(String fallback, String code) {
        assertThatThrownBy(() -> CleanText.title("Title", fallback))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("fallback." + code);
    }

    @Test
    void a_fallback_of_a_body_is_one_that_can_be_stored() {
        assertThatThrownBy(() -> CleanText.body("Text", null)).hasMessage("fallback.required");
        assertThatThrownBy(() -> CleanText.body("Text", "\0")).hasMessage("fallback.nul_char");
    }

    @Test
    void whatever_comes_in_what_comes_out_is_taken() {
        Random random = Chance.random();
        List<String> pieces = pieces();
        for (int round = 0; round < 5_000; round++) {
            StringBuilder raw = new StringBuilder();
            for (int count = random.nextInt(12); count >= 0; count--) {
                raw.append(
                        random.nextInt(4) == 0
                                ? Character.toString(random.nextInt(0x110000))
                                : pieces.get(random.nextInt(pieces.size())));
            }
            check(raw.toString());
        }
    }

    @Test
    void real_texts_and_naughty_ones_come_out_as_ones_that_are_taken() throws IOException {
        List<String> texts = new ArrayList<>(pieces());
        for (JsonValue message : hardTexts()) {
            texts.add(message.members().get("title").string());
            texts.add(message.members().get("body").string());
        }
        naughty().forEach(text -> texts.add(text.string()));
        texts.forEach(CleanTextTest::check);
        assertThat(texts).hasSizeGreaterThan(Files.exists(DATA) ? 700 : 20);
    }

    private static void check(String raw) {
        String title = CleanText.title(raw, NONE);
        assertThat(TextRules.line(title, TextRules.MAX_TITLE))
                .as(JsonValue.of(title).text())
                .isNull();
        assertThat(CleanText.title(title, NONE)).isEqualTo(title);
        String name = CleanText.name(raw, "Unknown");
        assertThat(TextRules.line(name, TextRules.MAX_NAME))
                .as(JsonValue.of(name).text())
                .isNull();
        String body = CleanText.body(raw, "(empty)");
        assertThat(TextRules.content(body)).isNull();
        if (TextRules.content(raw) == null) {
            assertThat(body).isEqualTo(raw);
        }
        if (TextRules.line(raw, TextRules.MAX_TITLE) == null && !raw.contains("  ")) {
            assertThat(title).isEqualTo(raw);
        }
    }

    private static List<String> pieces() {
        return Stream.concat(
                        NeededJoiners.texts(),
                        Stream.of(
                                "",
                                " ",
                                "\t",
                                "\r\n ",
                                "\u0000",
                                "\u0007",
                                "\u0085",
                                "\u00a0",
                                "\u00ad",
                                "\u180e",
                                "\u200b",
                                "\u200c",
                                "\u200d",
                                "\u200e",
                                "\u2028",
                                "\u202e",
                                "\u2066",
                                "\u2800",
                                "\u3000",
                                "\u3164",
                                "\ufe0f",
                                "\ufeff",
                                "\ufffe",
                                "\ud800",
                                "\udfff",
                                "\udb40\udc01",
                                "\udb40\udd00",
                                "a",
                                "e\u0301",
                                "😀",
                                "\u2640",
                                "م",
                                "क",
                                "x".repeat(501),
                                "😀".repeat(501),
                                "\u0301".repeat(600),
                                "<script>alert(1)</script>",
                                "=cmd|' /C calc'!A0",
                                "(.¸¸.·´¯`·.¸¸.)"))
                .toList();
    }

    private static List<JsonValue> hardTexts() throws IOException {
        Path file = DATA.resolve("mozilla-threads/hard_text_dev.jsonl.gz");
        if (!Files.exists(file)) {
            return List.of();
        }
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            return lines.lines().map(JsonValue::parse).toList();
        }
    }

    private static List<JsonValue> naughty() throws IOException {
        Path file = DATA.resolve("naughty-strings/blns.json");
        return Files.exists(file) ? JsonValue.parse(Files.readString(file)).elements() : List.of();
    }
}
