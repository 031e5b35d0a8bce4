package io.github.counterfoil.benchmark.volume;

import com.fasterxml.jackson.databind.JsonNode;
import com.zaxxer.hikari.HikariDataSource;
import io.github.counterfoil.benchmark.volume.ExplainedStatements.Explained;
import io.github.counterfoil.benchmark.volume.Kinds.Kind;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What each kind of reading costs the server, once with a plan made for its values and once with one for any. */
final class Budgets {
    private static final List<String> MODES = List.of("custom", "generic");
    /** Rows beyond those shown that a node may read before it is named. */
    private static final long NAMED_FROM = 1_000;

    /** A later page of a list may cost so many hundredths of the first. */
    private static final long LATER_PAGE = 120;

    /**
     * What one kind cost.
     *
     * @param rows that the caller got, or of which a figure was made; -1 if it failed, as {@code told} says
     * @param buffers of 8 kB, hit or read
     * @param told the node that read the most rows, if those are many, or what failed; empty if there is nothing to tell
     * @param scanned a table of which so many rows were read one after the other; empty if there is none
     */
    record Cost(Bound bound, int statements, int rows, long buffers, double milliseconds, String told, String scanned) {
        boolean within() {
            return !bound.promised() || buffers <= bound.of(rows);
        }

        /** What of the promise does not hold; empty if all does. A page that is empty asks once more, who it is that asks. */
        String broken() {
            if (rows < 0) {
                return told;
            } else if (!bound.promised()) {
                return "";
            } else if (!scanned.isEmpty() && !bound.scans()) {
                return "scans " + scanned;
            } else if (statements > (rows == 0 ? 2 : 1)) {
                return statements + " statements";
            }
            return within() ? "" : String.format(Locale.ROOT, "%,d buffers of %,d", buffers, bound.of(rows));
        }
    }

    private final Map<String, Map<String, Cost>> costs = new LinkedHashMap<>();
    private final Map<String, String> laterPages = new LinkedHashMap<>();

    /**
     * Reads what is there and changes nothing.
     *
     * @param schema where the tickets are
     * @param searches whether their texts can be searched
     */
    static Budgets of(String url, String schema, boolean searches) throws SQLException {
        Budgets budgets = new Budgets();
        Subjects subjects;
        try (HikariDataSource plain = Volume.pool(Volume.dataSource(url), 2)) {
            subjects = Subjects.of(plain, Volume.service(plain, schema), schema);
        }
        for (String mode : MODES) {
            ExplainedStatements statements = new ExplainedStatements(Volume.dataSource(url), "force_" + mode + "_plan");
            try (HikariDataSource one = Volume.pool(statements.dataSource(), 1)) {
                for (Kind kind : Kinds.of(one, Volume.service(one, schema), subjects, schema, searches)) {
                    budgets.put(kind, mode, cost(kind, statements));
                }
            }
        }
        return budgets;
    }

    void put(Kind kind, String mode, Cost cost) {
        costs.computeIfAbsent(kind.name(), name -> new LinkedHashMap<>()).put(mode, cost);
        if (!kind.first().isEmpty()) {
            laterPages.put(kind.name(), kind.first());
        }
    }

    /** A line for each promise that does not hold. */
    List<String> broken() {
        List<String> broken = new ArrayList<>();
        costs.forEach((kind, both) -> both.forEach((mode, cost) -> {
            if (!cost.broken().isEmpty()) {
                broken.add(kind + ", " + mode + " plan: " + cost.broken());
            }
            long first = buffersOf(laterPages.getOrDefault(kind, kind), mode);
            if (cost.buffers() * 100 > first * LATER_PAGE) {
                broken.add(String.format(
                        Locale.ROOT, "%s, %s plan: %,d buffers, page 1 %,d", kind, mode, cost.buffers(), first));
            }
        }));
        return broken;
    }

    private long buffersOf(String kind, String mode) {
        Map<String, Cost> both = Objects.requireNonNull(costs.get(kind));
        return Objects.requireNonNull(both.get(mode)).buffers();
    }

    /** The second time, when all is prepared and in memory. */
    private static Cost cost(Kind kind, ExplainedStatements statements) {
        try {
            kind.work().rows();
            statements.take();
            int rows = kind.work().rows();
            return cost(kind.bound(), rows, statements.take());
        } catch (SQLException | RuntimeException e) {
            statements.take();
            String failed = "failed: " + e.getClass().getSimpleName() + state(e);
            return new Cost(kind.bound(), 0, -1, 0, 0, failed, "");
        }
    }

    private static String state(Throwable e) {
        return e instanceof SQLException sql ? " " + sql.getSQLState() : "";
    }

    private static Cost cost(Bound bound, int rows, List<Explained> statements) {
        long buffers = 0;
        double milliseconds = 0;
        Most most = new Most();
        for (Explained statement : statements) {
            JsonNode own = statement.own().node();
            buffers += own.path("Shared Hit Blocks").asLong()
                    + own.path("Shared Read Blocks").asLong();
            milliseconds += statement.own().milliseconds();
            statement.plans().forEach(plan -> most.look(plan.node()));
        }
        String told = most.rows >= NAMED_FROM + rows ? most.told : "";
        return new Cost(bound, statements.size(), rows, buffers, milliseconds, told, most.scanned);
    }

    /** The node that read the most rows of a table, and a table that was read from one end. */
    private static final class Most {
        private long rows;
        private String told = "";
        private String scanned = "";

        void look(JsonNode node) {
            double read = node.path("Actual Rows").asDouble()
                    + node.path("Rows Removed by Filter").asDouble()
                    + node.path("Rows Removed by Index Recheck").asDouble();
            long all = Math.round(read * node.path("Actual Loops").asDouble());
            String of =
                    node.path("Relation Name").asText(node.path("Index Name").asText());
            if (!of.isEmpty() && all > rows) {
                rows = all;
                told = String.format(
                        Locale.ROOT, "%s on %s: %,d", node.path("Node Type").asText(), of, all);
            }
            if (node.path("Node Type").asText().equals("Seq Scan") && read >= NAMED_FROM) {
                scanned = String.format(Locale.ROOT, "%s: %,.0f rows", of, read);
            }
            node.path("Plans").forEach(this::look);
        }
    }

    /** A table of all, those beyond their budget in bold, and which promises do not hold. */
    String markdown() {
        StringJoiner lines = new StringJoiner("\n", "", "\n");
        lines.add(
                "| what | statements | rows | budget | buffers, custom plan | generic | ms, custom plan | generic | reads the most rows |");
        lines.add("|---|---|---|---|---|---|---|---|---|");
        costs.forEach((kind, both) -> lines.add(line(kind, both)));
        lines.add("");
        List<String> broken = broken();
        lines.add(broken.isEmpty() ? "Every budget is kept." : "Not kept:");
        broken.forEach(line -> lines.add("- " + line));
        return lines.toString();
    }

    private static String line(String kind, Map<String, Cost> both) {
        List<String> cells = new ArrayList<>();
        Cost first = Objects.requireNonNull(both.get(MODES.get(0)));
        cells.add(kind);
        cells.add(Integer.toString(first.statements()));
        cells.add(first.rows() < 0 ? "–" : String.format(Locale.ROOT, "%,d", first.rows()));
        cells.add(
                first.bound().promised()
                        ? String.format(Locale.ROOT, "%,d", first.bound().of(first.rows()))
                        : "–");
        MODES.forEach(mode -> cells.add(buffers(both.get(mode))));
        MODES.forEach(mode -> cells.add(milliseconds(both.get(mode))));
        cells.add(both.values().stream()
                .map(Cost::told)
                .distinct()
                .filter(told -> !told.isEmpty())
                .collect(Collectors.joining("; ")));
        return "| " + String.join(" | ", cells) + " |";
    }

    private static String buffers(@Nullable Cost cost) {
        if (cost == null || cost.rows() < 0) {
            return "–";
        }
        String number = String.format(Locale.ROOT, "%,d", cost.buffers());
        return cost.within() ? number : "**" + number + "**";
    }

    private static String milliseconds(@Nullable Cost cost) {
        return cost == null || cost.rows() < 0 ? "–" : String.format(Locale.ROOT, "%,.1f", cost.milliseconds());
    }
}
