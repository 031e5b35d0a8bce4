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
import java.time.Duration;
import java.time.Instant;
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

    private static void at(AtomicReference<Instant> clock, int minutes) {
        clock.set(START.plus(Duration.ofMinutes(minutes)));
    }
}
