package io.github.counterfoil.quickstart;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Prints two columns side by side, with colours where there is a terminal that shows them. */
final class Terminal {
    private static final int COLUMN = 56;
    private static final String INDENT = "     ";

    private final PrintStream out;
    private final boolean colours;

    Terminal(PrintStream out, boolean colours) {
        this.out = out;
        this.colours = colours;
    }

    /** A terminal that a person looks at, unless they ask for none of it (https://no-color.org). */
    static boolean showsColours() {
        return System.console() != null && System.getenv("NO_COLOR") == null && !"dumb".equals(System.getenv("TERM"));
    }

    void heading(String text) {
        out.println();
        out.println(colour("1", text));
        out.println("=".repeat(text.length()));
    }

    /** A row of two cells; the left one dimmed if the right one is empty, since then only one side sees it. */
    void row(String left, String right) {
        List<String> leftLines = wrap(left);
        List<String> rightLines = wrap(right);
        for (int i = 0; i < Math.max(leftLines.size(), rightLines.size()); i++) {
            String cell = i < leftLines.size() ? leftLines.get(i) : "";
            String padded = cell + " ".repeat(COLUMN - cell.length());
            String other = i < rightLines.size() ? rightLines.get(i) : "";
            out.println((colour(right.isEmpty() ? "33" : "0", padded) + " | " + other).stripTrailing());
        }
    }

    void rule() {
        out.println("-".repeat(COLUMN) + "-+-" + "-".repeat(COLUMN));
    }

    void text(String text) {
        out.println(text);
    }

    private String colour(String code, String text) {
        return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    /** Broken at blanks; what follows the first line is indented like a numbered event. */
    private static List<String> wrap(String text) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        while (rest.length() > COLUMN) {
            int end = rest.lastIndexOf(' ', COLUMN);
            end = end <= INDENT.length() ? COLUMN : end;
            lines.add(rest.substring(0, end));
            rest = INDENT + rest.substring(end).stripLeading();
        }
        lines.add(rest);
        return lines;
    }
}
