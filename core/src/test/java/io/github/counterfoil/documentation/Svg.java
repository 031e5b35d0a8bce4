package io.github.counterfoil.documentation;

import java.util.Locale;

/** A picture in the making, readable on a light and on a dark page. */
final class Svg {
    private static final String STYLE = """
            <style>
              text { font-family: ui-sans-serif, system-ui, "Segoe UI", Helvetica, Arial, sans-serif; font-size: 12px; fill: #1f2937 }
              .page { fill: #ffffff } .box { fill: #f8fafc; stroke: #cbd5e1 } .band { fill: #f1f5f9; stroke: none }
              .head { fill: #0f766e } .name { fill: #ffffff; font-weight: 600; font-size: 13px }
              .title { font-weight: 600; font-size: 15px } .key { font-weight: 600 } .quiet { fill: #64748b; font-size: 11px }
              .link { fill: none; stroke: #0f766e; stroke-opacity: .55; stroke-width: 1.3 } .tip { fill: #0f766e }
              @media (prefers-color-scheme: dark) {
                text { fill: #e2e8f0 } .page { fill: #0d1117 } .box { fill: #161b22; stroke: #30363d } .band { fill: #161b22 }
                .chip { stroke: #30363d; fill: #0d1117 } .head { fill: #115e59 } .quiet { fill: #94a3b8 }
                .link { stroke: #5eead4 } .tip { fill: #5eead4 }
              }
            </style>
            """;

    private final StringBuilder elements = new StringBuilder();

    void box(String kind, int x, int y, int width, int height) {
        add("<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"6\"/>", kind, x, y, width, height);
    }

    void text(String kind, int x, int y, String text) {
        add("<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>", kind, x, y, escaped(text));
    }

    void textToTheLeft(String kind, int x, int y, String text) {
        add("<text class=\"%s\" x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>", kind, x, y, escaped(text));
    }

    /** From a point to a box, which it meets at its left or right side. */
    void link(int fromX, int fromY, int toX, int toY, int bend) {
        add(
                "<path class=\"link\" d=\"M%d %d C%d %d %d %d %d %d\"/>",
                fromX, fromY, fromX + bend, fromY, toX + (toX == fromX ? bend : -bend), toY, toX, toY);
        add("<circle class=\"tip\" cx=\"%d\" cy=\"%d\" r=\"3\"/>", toX, toY);
    }

    String drawn(String title, int width, int height) {
        return ("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\" aria-label=\"%s\">%n"
                        + "%s<rect class=\"page\" width=\"%d\" height=\"%d\"/>%n%s</svg>%n")
                .formatted(width, height, width, height, escaped(title), STYLE, width, height, elements)
                .replace("\r\n", "\n");
    }

    private void add(String element, Object... values) {
        elements.append(String.format(Locale.ROOT, element, values)).append('\n');
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
