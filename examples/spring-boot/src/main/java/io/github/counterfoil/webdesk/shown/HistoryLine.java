package io.github.counterfoil.webdesk.shown;

import java.util.List;

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
}
