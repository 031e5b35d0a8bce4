package io.github.counterfoil.internal.validation;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which time zones Java and PostgreSQL read alike: the regions of the tz database, and UTC. */
public final class ZoneRules {
    /** PostgreSQL counts an offset towards the west, as POSIX does, and Java towards the east. */
    private static final Pattern OFFSET = Pattern.compile("(UTC|GMT|UT)?[+-].+");

    /** Java's own: PostgreSQL has no such file and takes the name for a rule, with daylight saving as it is in the USA today. */
    private static final String JAVAS_OWN = "SystemV/";

    /** To PostgreSQL these are abbreviations first, which know no daylight saving and mean what its settings say. */
    private static final Set<String> ABBREVIATIONS = Set.of("CET", "EET", "EST", "HST", "MET", "MST", "WET");

    private ZoneRules() {}

    /** The first problem, or null. */
    public static @Nullable Problem zone(@Nullable ZoneId zone) {
        if (zone == null) {
            return Problem.of("required");
        }
        return readAlike(zone) ? null : Problem.of("ambiguous");
    }

    /** Empty if this JVM does not know it, or reads it otherwise than PostgreSQL. */
    public static Optional<ZoneId> named(String name) {
        try {
            return Optional.of(ZoneId.of(name)).filter(ZoneRules::readAlike);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static boolean readAlike(ZoneId zone) {
        String id = zone.getId();
        return zone.equals(ZoneOffset.UTC)
                || !OFFSET.matcher(id).matches() && !id.startsWith(JAVAS_OWN) && !ABBREVIATIONS.contains(id);
    }
}
