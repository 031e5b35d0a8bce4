package io.github.counterfoil.benchmark.report;

import io.github.counterfoil.benchmark.measure.Cost;
import io.github.counterfoil.benchmark.report.Results.Outcome;
import io.github.counterfoil.benchmark.report.Results.Setting;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Results as three tables: ratios side by side, all that was measured, all that was counted. */
public final class MarkdownReport {
    private final Results results;
    private final StringBuilder text = new StringBuilder();

    private MarkdownReport(Results results) {
        this.results = results;
    }

    public static String of(Results results) {
        MarkdownReport report = new MarkdownReport(results);
        report.ratios();
        report.times();
        report.costs();
        return report.text.toString();
    }

    private void ratios() {
        List<String> contestants = results.outcomes().values().stream()
                .flatMap(outcomes -> outcomes.keySet().stream())
                .distinct()
                .toList();
        if (contestants.isEmpty()) {
            return;
        }
        line("| ratio to the reference | " + String.join(" | ", contestants) + " |");
        line("|---|" + "---|".repeat(contestants.size()));
        results.outcomes()
                .keySet()
                .forEach(setting -> line("| " + setting.title(results.scale()) + " | "
                        + contestants.stream()
                                .map(contestant -> ratio(setting, contestant))
                                .collect(Collectors.joining(" | "))
                        + " |"));
        line("");
    }

    private String ratio(Setting setting, String contestant) {
        OptionalDouble ratio = results.ratio(setting, contestant);
        if (ratio.isEmpty()) {
            return "–";
        }
        return format(ratio.getAsDouble() < 0.1 ? "%.3f" : "%.2f", ratio.getAsDouble());
    }

    private void times() {
        if (results.outcomes().isEmpty()) {
            return;
        }
        line("| work | contestant | ratio | a second: median | least … most | p50 µs | p99 µs |");
        line("|---|---|---|---|---|---|---|");
        results.outcomes()
                .forEach((setting, outcomes) ->
                        outcomes.forEach((contestant, outcome) -> line("| " + setting.title(results.scale()) + " | "
                                + contestant + " | " + cells(setting, contestant, outcome) + " |")));
        line("");
    }

    private String cells(Setting setting, String contestant, Outcome outcome) {
        return ratio(setting, contestant) + " | "
                + rate(outcome.median()) + " | "
                + rate(outcome.least()) + " … " + rate(outcome.most()) + " | "
                + format("%,d", outcome.latencies().percentile(0.5) / 1_000) + " | "
                + format("%,d", outcome.latencies().percentile(0.99) / 1_000);
    }

    private void costs() {
        line("| one operation, counted | contestant | round trips | bytes up | bytes down | WAL bytes | heap kB |");
        line("|---|---|---|---|---|---|---|");
        results.costs()
                .forEach((workload, costs) -> costs.forEach((contestant, cost) -> line("| "
                        + workload.title(results.scale()).replace(", per event", ", one batch") + " | " + contestant
                        + " | "
                        + cells(cost) + " |")));
    }

    private static String cells(Cost cost) {
        String trips =
                cost.trips() == Math.rint(cost.trips()) ? format("%,.0f", cost.trips()) : format("%.2f", cost.trips());
        return trips + " | " + format("%,d | %,d", cost.up(), cost.down()) + " | "
                + (cost.wal() < 0 ? "–" : format("%,d", cost.wal())) + " | "
                + (cost.heap() < 0 ? "–" : format("%,.1f", cost.heap() / 1e3));
    }

    private static String rate(double rate) {
        return rate < 100 ? format("%.1f", rate) : format("%,.0f", rate);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
