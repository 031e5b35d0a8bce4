package io.github.counterfoil.people;

import static io.github.counterfoil.testing.SupportTeam.JANE;
import static io.github.counterfoil.testing.SupportTeam.TOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.github.counterfoil.TicketService;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.PersonNotFound;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.TicketStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a worker did, from the tickets' histories alone. */
@Tag("storage")
class FiguresTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void are_computed_over_any_span_and_a_ticket_closed_twice_counts_twice() {
        try (TestDatabase database = TestDatabase.withSchema()) {
            AtomicReference<Instant> clock = new AtomicReference<>(START);
            SupportTeam team = SupportTeam.registered(TicketService.builder(database.connections())
                    .clock(clock::get)
                    .build());
            Figures figures = team.tickets().figures();

            // Resolved after 1 hour, opened again, resolved again 4 hours after the assignment; rated 5, then 2.
            UUID twice = team.ticket();
            team.jane().on(twice).assign(JANE);
            at(clock, 30);
            team.jane().on(twice).reply("Looking");
            at(clock, 60);
            team.jane().on(twice).close();
            team.ada().on(twice).rate(5, null);
            at(clock, 240);
            team.jane().on(twice).reopen();
            team.jane().on(twice).close();
            team.ada().on(twice).rate(2, null);
            // Answered by Tom first; open still.
            UUID open = team.ticket();
            team.jane().on(open).assign(JANE);
            at(clock, 250);
            team.tom().on(open).reply("First");
            at(clock, 260);
            team.jane().on(open).reply("Second");

            Worker.Figures all = figures.worker(JANE, START, START.plus(Duration.ofDays(1)));
            assertThat(all.openLoad()).isEqualTo(1);
            assertThat(all.resolved()).isEqualTo(2);
            assertThat(all.medianResolution().orElseThrow()).isCloseTo(Duration.ofMinutes(150), Duration.ofMillis(1));
            assertThat(all.ninetiethResolution().orElseThrow())
                    .isCloseTo(Duration.ofMinutes(222), Duration.ofMillis(1));
            assertThat(all.medianFirstResponse()).contains(Duration.ofMinutes(30));
            assertThat(all.averageRating()).hasValue(3.5);

            Worker.Figures firstHour = figures.worker(JANE, START, START.plus(Duration.ofMinutes(61)));
            assertThat(firstHour.resolved()).isEqualTo(1);
            assertThat(firstHour.averageRating()).hasValue(5);
            assertThat(figures.worker(TOM, START, START.plus(Duration.ofDays(1)))
                            .medianFirstResponse()
                            .orElseThrow())
                    .isCloseTo(Duration.ofMinutes(10), Duration.ofMillis(1));
            Worker.Figures nothing = figures.worker(TOM, START, START);
            assertThat(nothing.resolved()).isZero();
            assertThat(nothing.medianResolution()).isEqualTo(Optional.empty());
            assertThat(nothing.averageRating()).isEmpty();
            assertThatThrownBy(() -> figures.worker(UUID.randomUUID(), START, START))
                    .isInstanceOf(PersonNotFound.class);
            assertThatThrownBy(() -> figures.worker(JANE, START, START.minusMillis(1)))
                    .isInstanceOf(InvalidInput.class);
        }
    }

    @Test
    void are_the_same_in_every_session() {
        try (TestDatabase database = TestDatabase.withSchema();
                HikariDataSource pool = database.pool(1)) {
            SupportTeam team = SupportTeam.in(database);
            for (int rating : List.of(5, 4, 4)) {
                UUID id = team.ticket();
                team.jane().on(id).assign(JANE);
                team.jane().on(id).reply("Looking");
                team.jane().on(id).close();
                team.ada().on(id).rate(rating, null);
            }
            database.behindTheGuards("update counterfoil.ticket_resolution set assigned_at = resolved_at"
                    + " - interval '49 hours 3 minutes 4.123456 seconds'");
            pool.setConnectionInitSql("set extra_float_digits = -15");
            Instant from = Instant.now().minus(Duration.ofDays(1));
            Instant to = from.plus(Duration.ofDays(2));
            Worker.Figures figures = team.tickets().figures().worker(JANE, from, to);
            assertThat(figures.medianResolution()).contains(Duration.parse("PT49H3M4.123456S"));
            assertThat(figures.averageRating()).hasValue(13.0 / 3);
            assertThat(TicketService.builder(pool).build().figures().worker(JANE, from, to))
                    .isEqualTo(figures);
        }
    }

    @Test
    void of_the_desk_reach_over_all_days_that_begin_in_every_zone() {
        try (TestDatabase database = TestDatabase.withSchema()) {
            Figures figures = SupportTeam.in(database).tickets().figures();
            LocalDate first = LocalDate.of(1, 1, 3);
            LocalDate last = LocalDate.of(9999, 12, 28);
            for (ZoneId zone : List.of(ZoneId.of("UTC"), ZoneId.of("+18:00"), ZoneId.of("-18:00"))) {
                assertThat(figures.days(first, first, zone)).hasSize(1);
                assertThat(figures.days(last, last, zone)).hasSize(1);
            }
            for (LocalDate beyond : List.of(first.minusDays(1), last.plusDays(1), LocalDate.MIN, LocalDate.MAX)) {
                LocalDate end = beyond.isBefore(first) ? first : last;
                assertThatThrownBy(() -> figures.days(beyond, beyond, ZoneId.of("UTC")))
                        .hasMessage("first.out_of_range (limit %1$d), last.out_of_range (limit %1$d)"
                                .formatted(end.toEpochDay()));
            }
        }
    }

    @Test
    void of_the_desk_are_asked_for_by_days_of_any_zone() {
        try (TestDatabase database = TestDatabase.withSchema()) {
            AtomicReference<Instant> clock = new AtomicReference<>(START);
            SupportTeam team = SupportTeam.registered(TicketService.builder(database.connections())
                    .clock(clock::get)
                    .build());
            TicketService tickets = team.tickets();
            // 18:30 in London is midnight in Kolkata.
            at(clock, 18 * 60 + 20);
            UUID id = team.ticket();
            at(clock, 18 * 60 + 40);
            team.jane().on(id).close();
            team.ticket();
            LocalDate monday = LocalDate.of(2026, 1, 1);
            // region: days
            ZoneId zone = ZoneId.of("Asia/Kolkata"); // where a day begins and ends is asked for, not stored
            List<Figures.Day> week = tickets.figures().days(monday, monday.plusDays(6), zone);
            long backlog = week.get(6).backlog(); // not closed when Sunday ended
            // endregion
            assertThat(backlog).isEqualTo(1);
            assertThat(week).extracting(Figures.Day::opened).startsWith(1L, 1L, 0L);
            assertThat(week).extracting(Figures.Day::closed).startsWith(0L, 1L, 0L);
            assertThat(week.get(1).medianResolution().orElseThrow())
                    .isCloseTo(Duration.ofMinutes(20), Duration.ofMillis(1));
            assertThatThrownBy(() -> tickets.figures().days(monday, monday.plusDays(366), zone))
                    .isInstanceOfSatisfying(
                            InvalidInput.class,
                            e -> assertThat(e.faults().toString()).contains("range.too_long (limit 366)"));
        }
    }

    @Test
    void a_second_reply_keeps_nothing_and_a_purged_ticket_counts_in_nothing() {
        try (TestDatabase database = TestDatabase.withSchema()) {
            SupportTeam team = SupportTeam.in(database);
            UUID id = team.ticket();
            team.jane().on(id).note("Careful");
            team.jane().on(id).reply("First");
            team.tom().on(id).reply("Second");
            team.jane().on(id).changeStatus(TicketStatus.PENDING);
            String facts = "select string_agg(kind || ' ' || seq, ', ' order by seq) from counterfoil.ticket_fact";
            assertThat(database.value(facts)).isEqualTo("responded 2");
            team.jane().on(id).close();
            team.jane().on(id).reopen();
            assertThat(database.value(facts)).isEqualTo("responded 2, closed 5, reopened 6");
            team.tickets().admin(SupportTeam.EVE).purge(id, UUID.randomUUID());
            assertThat(database.value(facts)).isNull();
            LocalDate today = LocalDate.now(ZoneOffset.UTC);
            assertThat(team.tickets().figures().days(today.minusDays(1), today, ZoneOffset.UTC))
                    .allSatisfy(day -> assertThat(day.opened() + day.closed() + day.responses() + day.backlog())
                            .isZero());
        }
    }

    private static void at(AtomicReference<Instant> clock, int minutes) {
        clock.set(START.plus(Duration.ofMinutes(minutes)));
    }
}
