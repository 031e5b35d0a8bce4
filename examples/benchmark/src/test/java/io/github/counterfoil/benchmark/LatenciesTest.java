package io.github.counterfoil.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.counterfoil.benchmark.measure.Latencies;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {

    @Test
    void percentiles_are_right_within_two_percent() {
        Latencies latencies = new Latencies();
        LongStream.rangeClosed(1, 100_000).forEach(n -> latencies.add(n * 1_000));
        assertThat((double) latencies.percentile(0.5)).isCloseTo(50e6, within(1e6));
        assertThat((double) latencies.percentile(0.99)).isCloseTo(99e6, within(2e6));
        assertThat((double) latencies.percentile(1)).isCloseTo(100e6, within(2e6));
        assertThat(latencies.count()).isEqualTo(100_000);
    }

    @Test
    void short_times_are_exact_and_the_longest_has_its_place() {
        Latencies latencies = new Latencies();
        latencies.add(100);
        assertThat(latencies.percentile(0.5)).isEqualTo(100);
        Latencies longest = new Latencies();
        longest.add(Long.MAX_VALUE);
        longest.add(latencies);
        assertThat(longest.percentile(1)).isGreaterThan(Long.MAX_VALUE / 100 * 98);
        assertThat(longest.percentile(0.5)).isEqualTo(100);
    }

    @Test
    void nothing_measured_has_no_time() {
        assertThat(new Latencies().percentile(0.5)).isZero();
    }
}
