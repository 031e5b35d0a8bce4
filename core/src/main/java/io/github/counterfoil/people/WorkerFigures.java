package io.github.counterfoil.people;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a worker did in a span of time, computed from the tickets' histories.
 *
 * @param openLoad tickets assigned now and not closed, whatever the span
 * @param resolved closings while assigned, in the span; a ticket closed twice counts twice
 * @param medianResolution of the times from the worker's assignment to each of these closings; empty if there were none
 * @param ninetiethResolution the 90th percentile of the same times
 * @param medianFirstResponse of the times from a ticket's creation to the first public message of an agent, where that
 *     message is this worker's and lies in the span; empty if there were none
 * @param averageRating of the ratings in the span of closings while assigned; empty if there were none
 */
public record WorkerFigures(
        int openLoad,
        int resolved,
        Optional<Duration> medianResolution,
        Optional<Duration> ninetiethResolution,
        Optional<Duration> medianFirstResponse,
        OptionalDouble averageRating) {}
