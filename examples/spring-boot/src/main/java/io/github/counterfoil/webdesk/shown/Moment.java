package io.github.counterfoil.webdesk.shown;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A moment for people, which the page's script shows in their own time zone.
 *
 * @param iso for programs
 * @param text in UTC
 */
public record Moment(String iso, String text) {
    private static final DateTimeFormatter TEXT = DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    public static Moment of(Instant at) {
        return new Moment(at.toString(), TEXT.format(at));
    }
}
