package io.github.counterfoil.leaks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is searched ends, whatever it is, and says when it was not searched whole. */
@Timeout(60)
class TracesTest {
    private static final String TOKEN = "canaryabcdef";

    private static boolean whole(Object value) {
        return Traces.each(value, text -> {});
    }

    @Test
    void any_30_characters_of_a_text_hold_its_token() {
        String text = Canaries.text(TOKEN);
        for (int at = 0; at + 30 <= text.length(); at++) {
            assertThat(text.substring(at, at + 30)).contains(TOKEN);
        }
    }

    @Test
    void tokens_are_found_in_any_case_and_of_any_locale_and_after_half_of_one() {
        Canaries canaries = new Canaries(new Random(1));
        String token = canaries.secret("a note");
        UUID anybody = new UUID(1, 2);
        assertThat(canaries.forbiddenTokens(anybody, token.toUpperCase(Locale.forLanguageTag("tr"))))
                .containsExactly(token);
        assertThat(canaries.forbiddenTokens(anybody, "canary" + token)).containsExactly(token);
        assertThat(canaries.forbiddenTokens(anybody, "canaryabcdef")).isEmpty();
    }

    @Test
    void ids_are_found_without_dashes_and_glued_to_others() {
        Canaries canaries = new Canaries(new Random(1));
        UUID agent = new UUID(0x0123456789abcdefL, 0xfedcba9876543210L);
        canaries.plant(agent, "the id of an agent", agent::equals);
        String digits = agent.toString().replace("-", "").toUpperCase(Locale.ROOT);
        UUID anybody = new UUID(1, 2);
        assertThat(canaries.forbiddenIds(anybody, "ab" + digits)).containsExactly(agent.toString());
        assertThat(canaries.forbiddenIds(agent, digits)).isEmpty();
    }

    @Test
    void what_holds_itself_is_searched_once() {
        List<Object> list = new ArrayList<>();
        Map<Object, Object> map = new HashMap<>();
        list.add(map);
        map.put("list", list);
        map.put("token", TOKEN);
        assertThat(Traces.of(list)).containsOnlyOnce(TOKEN);
        assertThat(whole(list)).isTrue();
    }

    @Test
    void what_is_nested_a_hundred_thousand_deep_is_searched_to_its_end() {
        Object nested = TOKEN;
        for (int i = 0; i < 100_000; i++) {
            nested = i % 2 == 0 ? List.of(nested) : new Object[] {nested};
        }
        assertThat(Traces.of(nested)).contains(TOKEN);
    }

    @Test
    void what_multiplies_itself_takes_no_more_than_it_is_large() {
        List<?> laughs = List.of(TOKEN);
        for (int i = 0; i < 60; i++) {
            laughs = List.of(laughs, laughs, laughs);
        }
        assertThat(Traces.of(laughs)).containsOnlyOnce(TOKEN);
        assertThat(whole(laughs)).isTrue();
    }

    @Test
    void a_bomb_of_gzip_and_one_inside_another_are_given_up() throws IOException {
        byte[] bomb = gzip(new byte[1 << 20], 256);
        assertThat(whole(bomb)).isFalse();
        assertThat(whole(gzip(bomb, 1))).isFalse();
    }

    @Test
    void what_is_encoded_too_often_is_given_up_and_what_is_encoded_often_is_found() {
        String encoded = TOKEN;
        for (int layer = 1; layer <= 20; layer++) {
            encoded = Base64.getEncoder().encodeToString(encoded.getBytes(StandardCharsets.UTF_8));
            if (layer == 8) {
                assertThat(Traces.of(encoded)).contains(TOKEN);
                assertThat(whole(encoded)).isTrue();
            }
        }
        assertThat(whole(encoded)).isFalse();
    }

    @Test
    void what_never_ends_is_given_up() {
        assertThat(whole(Stream.generate(() -> "again"))).isFalse();
        assertThat(whole(endless())).isFalse();
    }

    @Test
    void what_never_comes_is_waited_for_once() throws IOException {
        Budget budget = new Budget(Duration.ofMillis(200));
        List<Object> silent = new ArrayList<>();
        try (PipedOutputStream nothing = new PipedOutputStream()) {
            silent.add(new PipedInputStream(nothing));
            for (int i = 0; i < 1_000; i++) {
                silent.add(new CompletableFuture<String>());
            }
            silent.add(TOKEN);
            List<String> found = new ArrayList<>();
            new Walk(budget, new Decoding(budget, found::add)).through(silent);
            assertThat(found).contains(TOKEN);
            assertThat(budget.kept()).isFalse();
        }
    }

    @Test
    void what_fails_tells_why() {
        Supplier<String> failing = () -> {
            throw new IllegalStateException(TOKEN);
        };
        assertThat(Traces.of(failing)).contains(TOKEN);
        assertThat(Traces.of(CompletableFuture.failedFuture(new IllegalStateException(TOKEN))))
                .contains(TOKEN);
        assertThat(Traces.of(new Unprintable(TOKEN))).contains(TOKEN);
    }

    private record Unprintable(String text) {
        @Override
        public String toString() {
            throw new IllegalStateException("not ready");
        }
    }

    @Test
    void an_answer_that_could_not_be_searched_whole_fails_the_report() {
        LeakReport report = new LeakReport(7, 1, 1, List.of(), Set.of("export"));
        assertThatThrownBy(report::requireNone)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("export")
                .hasMessageContaining("seed 7");
    }

    private static byte[] gzip(byte[] part, int times) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            for (int i = 0; i < times; i++) {
                gzip.write(part);
            }
        }
        return out.toByteArray();
    }

    private static InputStream endless() {
        return new InputStream() {
            @Override
            public int read() {
                return 'a';
            }

            @Override
            public int read(byte[] into, int from, int length) {
                Arrays.fill(into, from, from + length, (byte) 'a');
                return length;
            }
        };
    }
}
