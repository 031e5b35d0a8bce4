package io.github.counterfoil.benchmark.report;

import io.github.counterfoil.benchmark.report.Results.Setting;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** Ratios to the reference as bars, one group for each setting, as SVG. */
public final class Chart {
    private static final int WIDTH = 760;
    private static final int LEFT = 120;
    private static final int UNIT = 400;
    private static final double MOST = 1.4;
    private static final int BAR = 14;
    private static final int HEADING = 26;
    private static final List<String> COLOURS =
            List.of("#d1495b", "#30638e", "#8fb8de", "#edae49", "#7a9e7e", "#8d80ad", "#9a9a9a", "#5c4d3c");

    private final Results results;
    private final List<String> contestants;
    private final StringBuilder svg = new StringBuilder();
    private int y = 10;

    private Chart(Results results) {
        this.results = results;
        this.contestants = results.outcomes().values().stream()
                .flatMap(outcomes -> outcomes.keySet().stream())
                .distinct()
                .toList();
    }

    public static String of(Results results) {
        Chart chart = new Chart(results);
        results.outcomes().forEach((setting, outcomes) -> chart.group(setting, outcomes));
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" font-size=\"11\">%n"
                        .formatted(WIDTH, chart.y + 10)
                + "<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n" + chart.svg + "</svg>\n";
    }

    private void group(Setting setting, Map<String, Results.Outcome> outcomes) {
        y += HEADING;
        text(4, y - 8, "start", "bold", setting.title(results.scale()));
        int top = y;
        outcomes.keySet().forEach(contestant -> bar(setting, contestant));
        line(LEFT + UNIT, top, y);
    }

    private void bar(Setting setting, String contestant) {
        OptionalDouble ratio = results.ratio(setting, contestant);
        text(LEFT - 6, y + BAR - 4, "end", "normal", contestant);
        if (ratio.isPresent()) {
            double width = Math.max(1, Math.min(MOST, ratio.getAsDouble()) * UNIT);
            add(
                    "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>",
                    LEFT, y + 1, width, BAR - 2, COLOURS.get(contestants.indexOf(contestant) % COLOURS.size()));
            String label = String.format(Locale.ROOT, ratio.getAsDouble() < 0.1 ? "%.3f" : "%.2f", ratio.getAsDouble());
            text((int) (LEFT + width) + 5, y + BAR - 4, "start", "normal", label);
        }
        y += BAR;
    }

    private void text(int x, int y, String anchor, String weight, String text) {
        add("<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" font-weight=\"%s\">%s</text>", x, y, anchor, weight, text);
    }

    private void line(int x, int from, int to) {
        add("<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"#333\" stroke-dasharray=\"2,2\"/>", x, from, x, to);
    }

    private void add(String pattern, Object... values) {
        svg.append(String.format(Locale.ROOT, pattern, values)).append('\n');
    }
}
