package io.github.counterfoil.people;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.NotAllowed;
import io.github.counterfoil.error.PersonNotFound;
import io.github.counterfoil.json.AsJson;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;

/**
 * What the desk and its workers did: for the host, and for agents, who read the same. That of an agent throws {@link NotAllowed}
 * ({@code actor.unknown}) if the worker is not registered or not active. Each call is one statement; one of an agent's that finds
 * nothing asks with a second one whether they may ask at all.
 *
 * <p>All is counted from what was kept as it happened, not from the histories, and as the staff sees it: what an import brought for the
 * staff alone counts, at the time that the import gave it. Tickets that were purged count in nothing, also where they did before. Redacting
 * and erasing change no figure. A response is an agent's message that its customer sees; what a system actor sends is nobody's.
 */
public interface Figures {

    /**
     * A worker's figures over a span of time.
     *
     * @param from included; in the years 1 to 9999, less a day at either end
     * @param to not included; likewise
     * @throws InvalidInput {@code range.invalid} if it ends before it begins
     * @throws PersonNotFound {@code worker.not_found}
     */
    Worker.Figures worker(UUID workerId, Instant from, Instant to);

    /**
     * The whole desk, day by day, in order. It costs more the longer ago the first day is, since the backlog of a day follows from
     * what is open now and from what happened since.
     *
     * @param first the first day; 0001-01-03 at the earliest
     * @param last the last day, included; 9999-12-28 at the latest; at most 366 days in all
     * @param zone where days begin and end, whatever its offset
     * @throws InvalidInput {@code range.invalid} if it ends before it begins, {@code range.too_long}
     */
    List<Day> days(LocalDate first, LocalDate last, ZoneId zone);

    /**
     * One day of the whole desk.
     *
     * @param opened tickets
     * @param closed closings; a ticket closed twice counts twice
     * @param reopened closed tickets that were opened again
     * @param backlog tickets that were not closed when the day ended; for a day that has not ended, now
     * @param responses first responses to tickets
     * @param medianResponse of the times from a ticket's opening to its first response, of the responses of the day; empty if
     *     there were none
     * @param ninetiethResponse the 90th percentile of the same times
     * @param medianResolution of the times from a ticket's opening to the closings of the day; empty if there were none
     * @param ninetiethResolution the 90th percentile of the same times
     * @param ratings that were given
     * @param averageRating of these; empty if there were none
     */
    record Day(
            LocalDate day,
            long opened,
            long closed,
            long reopened,
            long backlog,
            long responses,
            Optional<Duration> medianResponse,
            Optional<Duration> ninetiethResponse,
            Optional<Duration> medianResolution,
            Optional<Duration> ninetiethResolution,
            long ratings,
            OptionalDouble averageRating)
            implements AsJson {}
}
