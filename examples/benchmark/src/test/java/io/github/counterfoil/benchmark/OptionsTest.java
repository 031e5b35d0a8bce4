package io.github.counterfoil.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.benchmark.sample.Scale;
import io.github.counterfoil.benchmark.workload.Workload;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

    @Test
    void without_options_everything_is_played_at_full_size() {
        Options options = Options.parse();
        assertThat(options.workloads()).containsExactly(Workload.values());
        assertThat(options.scale()).isEqualTo(Scale.FULL);
        assertThat(options.threads()).containsExactly(1, 8);
        assertThat(options.toDisk()).containsExactly(false, true);
        assertThat(options.url()).isNull();
    }

    @Test
    void what_is_said_counts_more_than_quick_wherever_it_stands() {
        Options options = Options.parse(
                "--seconds", "0.2", "--workloads", "read-long,queue", "--tickets", "500", "--quick", "--commit", "on");
        assertThat(options.slice()).isEqualTo(Duration.ofMillis(200));
        assertThat(options.workloads()).containsExactly(Workload.READ_LONG, Workload.QUEUE);
        assertThat(options.scale()).isEqualTo(Scale.QUICK.withQueue(500));
        assertThat(options.rounds()).isEqualTo(1);
        assertThat(options.toDisk()).containsExactly(true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--what",
                "--threads",
                "--threads 0",
                "--threads a",
                "--rounds -1",
                "--seconds 0",
                "--seconds NaN",
                "--workloads search",
                "--commit maybe",
                "--tickets 1.5"
            })
    void what_cannot_be_done_is_told(String words) {
        assertThatThrownBy(() -> Options.parse(words.split(" "))).isInstanceOf(BadOption.class);
    }
}
