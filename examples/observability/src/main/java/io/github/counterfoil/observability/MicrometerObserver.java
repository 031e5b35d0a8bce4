package io.github.counterfoil.observability;

import io.github.counterfoil.spi.CallObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;

/**
 * Metrics of calls: the timer {@code counterfoil.calls} by operation, side, outcome and error, the distribution {@code counterfoil.rows},
 * and the counter {@code counterfoil.repeats}. All tags are words of Counterfoil's own, of which there are few.
 */
public final class MicrometerObserver implements CallObserver {
    private final MeterRegistry registry;

    public MicrometerObserver(MeterRegistry registry) {
        this.registry = registry;
    }

    // region: micrometer
    @Override
    public Observation begin(Call call) {
        Tags calls = Tags.of("operation", call.operation(), "side", word(call.side()));
        return end -> {
            Timer.builder("counterfoil.calls")
                    .tags(calls.and(
                            "outcome", word(end.outcome()), "error", end.error().orElse("none")))
                    .register(registry)
                    .record(end.duration());
            DistributionSummary.builder("counterfoil.rows")
                    .tags(calls)
                    .register(registry)
                    .record(end.rows());
            Counter.builder("counterfoil.repeats")
                    .tags(calls)
                    .register(registry)
                    .increment(end.repeats());
        };
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
    // endregion
}
