package io.github.counterfoil.benchmark.report;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.counterfoil.benchmark.measure.Cost;
import io.github.counterfoil.benchmark.report.Results.Outcome;
import io.github.counterfoil.benchmark.report.Results.Setting;
import io.github.counterfoil.benchmark.workload.Workload;
import java.util.Map;

/** Results as JSON: each round's rate, so that others can compute from it. */
public final class JsonReport {
    private JsonReport() {}

    /** @param environment what the run was made with, by name */
    public static String of(Results results, Map<String, String> environment) {
        ObjectNode report = new JsonMapper().createObjectNode();
        environment.forEach(report.putObject("environment")::put);
        ArrayNode times = report.putArray("times");
        results.outcomes()
                .forEach((setting, outcomes) -> outcomes.forEach(
                        (contestant, outcome) -> addTime(times.addObject(), results, setting, contestant, outcome)));
        ArrayNode counts = report.putArray("counts");
        results.costs()
                .forEach((workload, costs) ->
                        costs.forEach((contestant, cost) -> addCost(counts.addObject(), workload, contestant, cost)));
        return report.toPrettyString() + "\n";
    }

    private static void addTime(ObjectNode time, Results results, Setting setting, String contestant, Outcome outcome) {
        time.put("workload", setting.workload().id());
        time.put("title", setting.workload().title(results.scale()));
        time.put("threads", setting.threads());
        if (setting.workload().writes()) {
            time.put("commit_to_disk", setting.toDisk());
        }
        time.put("contestant", contestant);
        results.ratio(setting, contestant).ifPresent(ratio -> time.put("ratio", ratio));
        time.put("median_per_second", outcome.median());
        ArrayNode rates = time.putArray("per_second");
        outcome.rates().forEach(rates::add);
        time.put("operations", outcome.latencies().count());
        time.put("p50_ns", outcome.latencies().percentile(0.5));
        time.put("p99_ns", outcome.latencies().percentile(0.99));
    }

    private static void addCost(ObjectNode count, Workload workload, String contestant, Cost cost) {
        count.put("workload", workload.id());
        count.put("contestant", contestant);
        count.put("round_trips", cost.trips());
        count.put("bytes_up", cost.up());
        count.put("bytes_down", cost.down());
        if (cost.wal() >= 0) {
            count.put("wal_bytes", cost.wal());
        }
        if (cost.heap() >= 0) {
            count.put("heap_bytes", cost.heap());
        }
    }
}
