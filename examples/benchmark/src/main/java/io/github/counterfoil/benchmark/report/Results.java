package io.github.counterfoil.benchmark.report;

import io.github.counterfoil.benchmark.contestant.StandardEntrant;
import io.github.counterfoil.benchmark.measure.Cost;
import io.github.counterfoil.benchmark.measure.Latencies;
import io.github.counterfoil.benchmark.measure.Slice;
import io.github.counterfoil.benchmark.sample.Scale;
import io.github.counterfoil.benchmark.workload.Workload;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** All that one run measured and counted. */
public final class Results {
    private final Scale scale;
    private final Map<Setting, Map<String, Outcome>> outcomes = new LinkedHashMap<>();
    private final Map<Workload, Map<String, Cost>> costs = new EnumMap<>(Workload.class);

    public Results(Scale scale) {
        this.scale = scale;
    }

    /**
     * What is measured together.
     *
     * @param toDisk whether a commit waits for the disk; of no meaning for reads
     */
    public record Setting(Workload workload, int threads, boolean toDisk) {
        /** For people. */
        public String title(Scale scale) {
            String commit = !workload.writes() ? "" : toDisk ? ", commit to disk" : ", commit not to disk";
            return workload.title(scale) + ", " + threads + (threads == 1 ? " thread" : " threads") + commit;
        }
    }

    /** What one contestant did in one setting, round by round. */
    public static final class Outcome {
        private final List<Double> rates = new ArrayList<>();
        private final Latencies latencies = new Latencies();

        private void add(Slice slice, int units) {
            rates.add(slice.rate() * units);
            latencies.add(slice.latencies());
        }

        /** A second, of all threads together, in each round. */
        public List<Double> rates() {
            return Collections.unmodifiableList(rates);
        }

        public double median() {
            return Results.median(rates);
        }

        public double least() {
            return Collections.min(rates);
        }

        public double most() {
            return Collections.max(rates);
        }

        /** Of single operations, over all rounds. */
        public Latencies latencies() {
            return latencies;
        }
    }

    public void add(Setting setting, String contestant, Slice slice) {
        outcomes.computeIfAbsent(setting, key -> new LinkedHashMap<>())
                .computeIfAbsent(contestant, key -> new Outcome())
                .add(slice, setting.workload().units(scale));
    }

    public void add(Workload workload, String contestant, Cost cost) {
        costs.computeIfAbsent(workload, key -> new LinkedHashMap<>()).put(contestant, cost);
    }

    public Scale scale() {
        return scale;
    }

    /** In the order in which they were measured. */
    public Map<Setting, Map<String, Outcome>> outcomes() {
        return Collections.unmodifiableMap(outcomes);
    }

    public Map<Workload, Map<String, Cost>> costs() {
        return Collections.unmodifiableMap(costs);
    }

    /** The median of the rounds' ratios to the reference, each within its round; empty if the reference did not take part. */
    public OptionalDouble ratio(Setting setting, String contestant) {
        Map<String, Outcome> all = outcomes.getOrDefault(setting, Map.of());
        Outcome reference = all.get(StandardEntrant.reference(setting.workload()));
        Outcome outcome = all.get(contestant);
        if (reference == null || outcome == null) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(median(IntStream.range(0, outcome.rates.size())
                .mapToObj(round -> outcome.rates.get(round) / reference.rates.get(round))
                .toList()));
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
