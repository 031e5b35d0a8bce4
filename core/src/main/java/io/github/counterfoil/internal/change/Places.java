package io.github.counterfoil.internal.change;

import io.github.counterfoil.change.ChangeFeed.Start;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.internal.access.Actor;
import io.github.counterfoil.internal.event.ChangeRepository.Place;
import io.github.counterfoil.internal.validation.Faults;
import io.github.counterfoil.internal.validation.MomentRules;
import io.github.counterfoil.internal.validation.Problem;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Places among the changes, as texts and as parameters. */
final class Places {
    private static final UUID NOBODY = new UUID(0, 0);
    private static final Pattern TEXT =
            Pattern.compile("(-1|[0-9]{1,18})\\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\\.([0-9]{1,10})");

    private Places() {}

    /** A side without a person: the host reads for all of it. */
    static Actor hosts(Role role) {
        return new Actor(role, NOBODY);
    }

    static String text(Place place) {
        return place.position() + "." + place.ticketId() + "." + place.seq();
    }

    private static Optional<Place> place(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long seq = Long.parseLong(matcher.group(3));
        return seq > Integer.MAX_VALUE
                ? Optional.empty()
                : Optional.of(
                        new Place(Long.parseLong(matcher.group(1)), UUID.fromString(matcher.group(2)), (int) seq));
    }

    static void check(Faults faults, Start start) {
        Start given = faults.value("start", start);
        given.moment().ifPresent(moment -> faults.add("moment", MomentRules.moment(moment)));
        given.position()
                .filter(text -> place(text).isEmpty())
                .ifPresent(text -> faults.add("position", Problem.of("invalid")));
    }

    /**
     * A start as the functions take it.
     *
     * @param at counts only if the kind says so, as does the place
     */
    record Beginning(String kind, Instant at, Place place) {
        static Beginning of(Start start) {
            return new Beginning(
                    start.toString(),
                    start.moment().orElse(Instant.EPOCH).truncatedTo(ChronoUnit.MICROS),
                    start.position().flatMap(Places::place).orElse(new Place(0, NOBODY, 0)));
        }

        /** By the names of the parameters, without the prefix. */
        Map<String, Object> values() {
            Map<String, Object> values = new HashMap<>();
            values.put("from", kind);
            values.put("at", at.atOffset(ZoneOffset.UTC));
            values.put("position", place.position());
            values.put("ticket", place.ticketId());
            values.put("seq", place.seq());
            return values;
        }
    }
}
