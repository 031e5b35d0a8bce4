package io.github.counterfoil.webdesk.shown;

import io.github.counterfoil.page.Page;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/**
 * Something that happened, as it is shown.
 *
 * @param kind {@code ours} or {@code theirs} for what was written by either side, {@code note}, or {@code event}
 * @param text untrusted: templates escape it
 */
public record HistoryLine(String kind, String who, Moment at, String text, List<FileLink> files) {

    public static HistoryLine event(String who, Moment at, String text) {
        return new HistoryLine("event", who, at, text, List.of());
    }

    /** A page that was read from the newest event on, in the order in which people read it. */
    public static <E> List<HistoryLine> oldestFirst(Page<E> newestFirst, Function<E, HistoryLine> line) {
        List<HistoryLine> lines =
                new ArrayList<>(newestFirst.items().stream().map(line).toList());
        Collections.reverse(lines);
        return lines;
    }
}
