package io.github.counterfoil.verification;

import static io.github.counterfoil.testing.SupportTeam.JANE;
import static io.github.counterfoil.testing.SupportTeam.TOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.people.Figures;
import io.github.counterfoil.testing.Chance;
import io.github.counterfoil.ticket.TicketQuery;
import io.github.counterfoil.ticket.TicketStatus;
import io.github.counterfoil.ticket.TicketSummary;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Figures come from what was kept as it happened, and are what somebody counts who goes through all histories. */
@ExtendWith(Chance.class)
class ScannedFiguresTest {
    private static final int HISTORIES = 100;
    private static final Duration TICK = Duration.ofNanos(1_000);

    private final List<Instant> opened = new ArrayList<>();
    private final List<Took> closed = new ArrayList<>();
    private final List<Instant> reopened = new ArrayList<>();
    private final List<Took> responded = new ArrayList<>();
    private final List<Rated> rated = new ArrayList<>();

    private record Took(UUID worker, Instant from, Instant at) {
        Duration time() {
            return Duration.between(from, at);
        }
    }

    private record Rated(Instant at, int rating) {}

    @Test
    void figures_are_what_a_scan_of_all_histories_counts_in_any_zone() {
        try (HistoriesWorld world = new HistoriesWorld()) {
            Random random = Chance.random();
            LocalDate first = world.now().atZone(ZoneId.of("UTC")).toLocalDate();
            for (int history = 0; history < HISTORIES; history++) {
                RandomHistory.play(world, Chance.seed() + history);
                world.now(world.now().plus(Duration.ofMinutes(random.nextInt(300))));
            }
            TicketService tickets = world.team.tickets();
            scan(tickets);
            assertThat(List.of(closed.size(), reopened.size(), responded.size(), rated.size()))
                    .as("what there is to count")
                    .allMatch(count -> count > 5);
            LocalDate last = world.now().atZone(ZoneId.of("UTC")).toLocalDate();
            for (String zone : List.of("UTC", "Asia/Kolkata", "America/St_Johns", "Pacific/Kiritimati")) {
                // Some days before the end, so that what came later is taken back from the backlog.
                compare(tickets.figures(), first.minusDays(1), last.minusDays(3), ZoneId.of(zone));
            }
            assertThat(tickets.agent(JANE).figures().days(first, last, ZoneId.of("UTC")))
                    .isEqualTo(tickets.figures().days(first, last, ZoneId.of("UTC")));
            for (UUID worker : List.of(JANE, TOM)) {
                assertThat(tickets.figures()
                                .worker(worker, Instant.EPOCH, world.now().plus(Duration.ofDays(1)))
                                .medianFirstResponse())
                        .usingRecursiveComparison()
                        .withComparatorForType(ScannedFiguresTest::withinATick, Duration.class)
                        .isEqualTo(percentile(
                                0.5,
                                responded.stream()
                                        .filter(response -> response.worker().equals(worker))
                                        .toList()));
            }
        }
    }

    private void compare(Figures figures, LocalDate first, LocalDate last, ZoneId zone) {
        List<Figures.Day> counted = new ArrayList<>();
        for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
            Instant from = day.atStartOfDay(zone).toInstant();
            Instant to = day.plusDays(1).atStartOfDay(zone).toInstant();
            Predicate<Instant> of = at -> !at.isBefore(from) && at.isBefore(to);
            List<Took> responses =
                    responded.stream().filter(took -> of.test(took.at())).toList();
            List<Took> closings =
                    closed.stream().filter(took -> of.test(took.at())).toList();
            List<Rated> ratings =
                    rated.stream().filter(one -> of.test(one.at())).toList();
            counted.add(new Figures.Day(
                    day,
                    opened.stream().filter(of).count(),
                    closings.size(),
                    reopened.stream().filter(of).count(),
                    opened.stream().filter(to::isAfter).count()
                            - closed.stream()
                                    .filter(took -> to.isAfter(took.at()))
                                    .count()
                            + reopened.stream().filter(to::isAfter).count(),
                    responses.size(),
                    percentile(0.5, responses),
                    percentile(0.9, responses),
                    percentile(0.5, closings),
                    percentile(0.9, closings),
                    ratings.size(),
                    ratings.isEmpty()
                            ? OptionalDouble.empty()
                            : OptionalDouble.of(ratings.stream().collect(Collectors.averagingInt(Rated::rating)))));
        }
        List<Figures.Day> kept = figures.days(first, last, zone);
        assertThat(kept).as(zone.getId()).hasSameSizeAs(counted);
        for (int i = 0; i < kept.size(); i++) {
            assertThat(kept.get(i))
                    .as(zone.getId())
                    .usingRecursiveComparison()
                    .withComparatorForType(ScannedFiguresTest::withinATick, Duration.class)
                    .isEqualTo(counted.get(i));
        }
    }

    /** Between two values it lies on the line between them. */
    private static Optional<Duration> percentile(double share, List<Took> times) {
        if (times.isEmpty()) {
            return Optional.empty();
        }
        List<Duration> sorted = times.stream().map(Took::time).sorted().toList();
        double place = share * (sorted.size() - 1);
        long low = sorted.get((int) Math.floor(place)).dividedBy(TICK);
        long high = sorted.get((int) Math.ceil(place)).dividedBy(TICK);
        return Optional.of(TICK.multipliedBy(Math.round(low + (place - Math.floor(place)) * (high - low))));
    }

    /** PostgreSQL and Java round what lies between two values in ways of their own. */
    private static int withinATick(Duration one, Duration other) {
        return one.minus(other).abs().compareTo(TICK) <= 0 ? 0 : one.compareTo(other);
    }

    private void scan(TicketService tickets) {
        PageRequest request = PageRequest.oldestFirst(200);
        for (TicketSummary ticket :
                tickets.agent(JANE).find(TicketQuery.all(), request).items()) {
            opened.add(ticket.createdAt());
            TicketStatus status = TicketStatus.NEW;
            boolean answered = false;
            for (TicketEvent event :
                    tickets.agent(JANE).on(ticket.id()).history(request).items()) {
                if (event instanceof TicketEvent.StatusUpdate update && update.newValue() != status) {
                    if (update.newValue() == TicketStatus.CLOSED) {
                        closed.add(new Took(event.author().id(), ticket.createdAt(), event.createdAt()));
                    } else if (status == TicketStatus.CLOSED) {
                        reopened.add(event.createdAt());
                    }
                    status = update.newValue();
                } else if (event instanceof TicketEvent.FeedbackSubmitted feedback) {
                    rated.add(new Rated(event.createdAt(), feedback.rating()));
                } else if (!answered
                        && event instanceof TicketEvent.Message
                        && event.author().role() == Role.AGENT
                        && event.visibility() == Visibility.PUBLIC) {
                    responded.add(new Took(event.author().id(), ticket.createdAt(), event.createdAt()));
                    answered = true;
                }
            }
        }
    }
}
