package io.github.counterfoil.documentation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Tables as boxes: those that others refer to in the middle, beside them who refers to them, below the rest. */
final class TablesPicture {
    private static final List<String> MIDDLE = List.of("ticket", "customer", "worker", "users");
    private static final int MARGIN = 24;
    private static final int WIDTH = 262;
    private static final int GAP = 112;
    private static final int HEAD = 28;
    private static final int ROW = 17;
    private static final int BETWEEN = 18;
    private static final int BELOW = 4;

    /** @param references the name of the table that the column refers to, or nothing */
    record Column(String name, String type, boolean key, String references) {}

    record Table(String name, List<Column> columns) {
        private int height() {
            return HEAD + columns.size() * ROW + 10;
        }

        private boolean refersToMiddle() {
            return columns.stream().anyMatch(column -> MIDDLE.contains(column.references()));
        }
    }

    private record Place(int x, int y, int width) {}

    private final Svg svg = new Svg();
    private final Map<String, Place> places = new HashMap<>();

    private TablesPicture() {}

    static String of(List<Table> tables) {
        return new TablesPicture().draw(tables);
    }

    private String draw(List<Table> tables) {
        int page = 2 * MARGIN + 3 * WIDTH + 2 * GAP;
        int[] bottoms = {MARGIN, MARGIN, MARGIN};
        List<Table> beside = new ArrayList<>();
        List<Table> below = new ArrayList<>();
        for (Table table : tables) {
            if (MIDDLE.contains(table.name())) {
                continue;
            }
            (table.refersToMiddle() ? beside : below).add(table);
        }
        MIDDLE.forEach(name -> tables.stream()
                .filter(table -> table.name().equals(name))
                .forEach(table -> bottoms[1] = put(table, MARGIN + WIDTH + GAP, bottoms[1], WIDTH)));
        beside.sort(Comparator.comparing(Table::height).reversed().thenComparing(Table::name));
        for (Table table : beside) {
            int side = bottoms[0] <= bottoms[2] ? 0 : 2;
            bottoms[side] = put(table, MARGIN + side * (WIDTH + GAP), bottoms[side], WIDTH);
        }
        int start = Math.max(Math.max(bottoms[0], bottoms[1]), bottoms[2]) + BETWEEN;
        int end = rest(below, start, (page - 2 * MARGIN - (BELOW - 1) * BETWEEN) / BELOW);
        for (Table table : tables) {
            draw(table);
        }
        tables.forEach(this::links);
        return svg.drawn("The tables of Counterfoil and what refers to what", page, end + MARGIN - BETWEEN);
    }

    private int rest(List<Table> below, int start, int width) {
        int[] bottoms = new int[BELOW];
        Arrays.fill(bottoms, start);
        below.sort(Comparator.comparing(Table::height).reversed().thenComparing(Table::name));
        for (Table table : below) {
            int shortest = 0;
            for (int column = 1; column < BELOW; column++) {
                shortest = bottoms[column] < bottoms[shortest] ? column : shortest;
            }
            bottoms[shortest] = put(table, MARGIN + shortest * (width + BETWEEN), bottoms[shortest], width);
        }
        return Arrays.stream(bottoms).max().orElse(start);
    }

    private int put(Table table, int x, int y, int width) {
        places.put(table.name(), new Place(x, y, width));
        return y + table.height() + BETWEEN;
    }

    private Place place(String table) {
        return Objects.requireNonNull(places.get(table), table);
    }

    private void draw(Table table) {
        Place at = place(table.name());
        svg.box("box", at.x(), at.y(), at.width(), table.height());
        svg.box("head", at.x(), at.y(), at.width(), HEAD - 4);
        svg.text("name", at.x() + 10, at.y() + 17, table.name());
        int y = at.y() + HEAD + 11;
        for (Column column : table.columns()) {
            boolean far = !column.references().isEmpty() && !MIDDLE.contains(column.references());
            svg.text(column.key() ? "key" : "column", at.x() + 10, y, column.name());
            svg.textToTheLeft("quiet", at.x() + at.width() - 10, y, far ? "→ " + column.references() : column.type());
            y += ROW;
        }
    }

    private void links(Table table) {
        Place from = place(table.name());
        for (int row = 0; row < table.columns().size(); row++) {
            String target = table.columns().get(row).references();
            if (!MIDDLE.contains(target)) {
                continue;
            }
            Place to = place(target);
            int fromY = from.y() + HEAD + 7 + row * ROW;
            int toY = to.y() + 12;
            if (from.x() < to.x()) {
                svg.link(from.x() + from.width(), fromY, to.x(), toY, GAP / 2);
            } else if (from.x() > to.x()) {
                svg.link(from.x(), fromY, to.x() + to.width(), toY, -GAP / 2);
            } else {
                svg.link(from.x(), fromY, to.x(), toY, -40);
            }
        }
    }
}
