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

    private static final int BUFFERS_OF_ROW = 20;
    private static final int BUFFERS_BESIDE = 60;

    /**
     * What one kind cost.
     *
     * @param rows that the caller got; -1 if it failed, as {@code told} says
     * @param buffers of 8 kB, hit or read
     * @param told the node that read the most rows, if those are many, or what failed; empty if there is nothing to tell
     */
    record Cost(int statements, int rows, long buffers, double milliseconds, String told) {
        long budget() {
            return (long) BUFFERS_OF_ROW * Math.max(0, rows) + BUFFERS_BESIDE;
        }

        boolean within() {
            return rows >= 0 && buffers <= budget();
        }
    }

    private final Map<String, Map<String, Cost>> costs = new LinkedHashMap<>();

    /**
     * Reads what is there and changes nothing.
     *
     * @param schema where the tickets are
     */
    static Budgets of(String url, String schema) throws SQLException {
        Budgets budgets = new Budgets();
        Subjects subjects;
        try (HikariDataSource plain = Volume.pool(Volume.dataSource(url), 2)) {
            subjects = Subjects.of(plain, Volume.service(plain, schema), schema);
        }
        for (String mode : MODES) {
            ExplainedStatements statements = new ExplainedStatements(Volume.dataSource(url), "force_" + mode + "_plan");
            try (HikariDataSource one = Volume.pool(statements.dataSource(), 1)) {
                for (Kind kind : Kinds.of(one, Volume.service(one, schema), subjects, schema)) {
                    budgets.costs
                            .computeIfAbsent(kind.name(), name -> new LinkedHashMap<>())
                            .put(mode, cost(kind, statements));
                }
            }
        }
        return budgets;
    }

    /** By kind and by {@code custom} or {@code generic}. */
    Map<String, Map<String, Cost>> costs() {
        return costs;
    }

    /** The second time, when all is prepared and in memory. */
    private static Cost cost(Kind kind, ExplainedStatements statements) {
        try {
            kind.work().rows();
            statements.take();
            int rows = kind.work().rows();
            return cost(rows, statements.take());
        } catch (SQLException | RuntimeException e) {
            statements.take();
            return new Cost(0, -1, 0, 0, "failed: " + e.getClass().getSimpleName() + state(e));
        }
    }

    private static String state(Throwable e) {
        return e instanceof SQLException sql ? " " + sql.getSQLState() : "";
    }

    private static Cost cost(int rows, List<Explained> statements) {
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
        return new Cost(statements.size(), rows, buffers, milliseconds, told);
    }

    /** The node that read the most rows of a table. */
    private static final class Most {
        private long rows;
        private String told = "";

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
            node.path("Plans").forEach(this::look);
        }
    }

    /** A table of all, those beyond their budget in bold. */
    String markdown() {
        StringJoiner lines = new StringJoiner("\n", "", "\n");
        lines.add(
                "| what | statements | rows | budget | buffers, custom plan | generic | ms, custom plan | generic | reads the most rows |");
        lines.add("|---|---|---|---|---|---|---|---|---|");
        costs.forEach((kind, both) -> lines.add(line(kind, both)));
        return lines.toString();
    }

    private static String line(String kind, Map<String, Cost> both) {
        List<String> cells = new ArrayList<>();
        Cost first = Objects.requireNonNull(both.get(MODES.get(0)));
        cells.add(kind);
        cells.add(Integer.toString(first.statements()));
        cells.add(first.rows() < 0 ? "–" : String.format(Locale.ROOT, "%,d", first.rows()));
        cells.add(String.format(Locale.ROOT, "%,d", first.budget()));
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
