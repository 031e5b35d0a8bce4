package io.github.counterfoil.documentation;

import java.util.List;

/** Bands from the host down to PostgreSQL, each with its parts. */
final class ArchitecturePicture {
    private static final int WIDTH = 1060;
    private static final int MARGIN = 24;
    private static final int PADDING = 16;
    private static final int CHIP = 28;
    private static final int LETTER = 7;

    record Band(String title, String remark, List<String> parts) {}

    private ArchitecturePicture() {}

    static String of(List<Band> bands) {
        Svg svg = new Svg();
        int y = MARGIN;
        for (int band = 0; band < bands.size(); band++) {
            int bottom = draw(svg, bands.get(band), y);
            if (band + 1 < bands.size()) {
                svg.text("tip", WIDTH / 2, bottom + 19, "▼");
            }
            y = bottom + 28;
        }
        return svg.drawn("The parts of Counterfoil", WIDTH, y - 28 + MARGIN);
    }

    /** Where it ends. */
    private static int draw(Svg svg, Band band, int top) {
        int height = height(band);
        svg.box("band", MARGIN, top, WIDTH - 2 * MARGIN, height);
        svg.text("title", MARGIN + PADDING, top + 26, band.title());
        svg.textToTheLeft("quiet", WIDTH - MARGIN - PADDING, top + 25, band.remark());
        int x = MARGIN + PADDING;
        int y = top + 40;
        for (String part : band.parts()) {
            int width = width(part);
            if (x + width > WIDTH - MARGIN - PADDING) {
                x = MARGIN + PADDING;
                y += CHIP + 8;
            }
            svg.box("box chip", x, y, width, CHIP);
            svg.text("part", x + 10, y + 18, part);
            x += width + 8;
        }
        return top + height;
    }

    private static int height(Band band) {
        int rows = 1;
        int x = MARGIN + PADDING;
        for (String part : band.parts()) {
            if (x + width(part) > WIDTH - MARGIN - PADDING) {
                x = MARGIN + PADDING;
                rows++;
            }
            x += width(part) + 8;
        }
        return 40 + rows * (CHIP + 8) + 8;
    }

    private static int width(String part) {
        return part.length() * LETTER + 26;
    }
}
