package io.github.counterfoil.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChanceTest {

    @Test
    void the_seed_is_the_same_in_every_build_unless_a_fresh_or_a_certain_one_is_asked_for() {
        assertThat(Chance.seed(null, null))
                .isEqualTo(Chance.seed(null, "false"))
                .isEqualTo(Chance.EVERY_BUILD);
        assertThat(Chance.seed("42", "true")).isEqualTo(42);
        assertThat(IntStream.range(0, 5)
                        .mapToLong(i -> Chance.seed(null, "true"))
                        .distinct()
                        .count())
                .isGreaterThan(1);
        assertThatThrownBy(() -> Chance.seed("x", null)).isInstanceOf(NumberFormatException.class);
    }

    @Test
    void each_generator_starts_where_the_seed_says() {
        assertThat(Chance.random().nextLong()).isEqualTo(Chance.random().nextLong());
    }

    @Test
    void a_failure_names_the_seed() {
        AssertionError failure = new AssertionError("failed");
        assertThatThrownBy(() -> new Chance().handleTestExecutionException(null, failure))
                .isSameAs(failure);
        assertThat(failure.getSuppressed())
                .singleElement()
                .satisfies(played -> assertThat(played).hasMessage("played with -Dcounterfoil.seed=" + Chance.seed()));
    }
}
