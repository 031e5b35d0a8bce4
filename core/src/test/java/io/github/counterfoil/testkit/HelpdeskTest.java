package io.github.counterfoil.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.command.Command;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.ticket.TicketQuery;
import io.github.counterfoil.ticket.TicketStatus;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a host tests what it builds on Counterfoil. */
class HelpdeskTest {
    private static final io.github.counterfoil.testing.TestDatabase GIVEN =
            io.github.counterfoil.testing.TestDatabase.unused();

    private static DataSource containers() {
        return GIVEN.dataSource();
    }

    /** Something that a host built. */
    private record Reminders(TicketService tickets, UUID robot, InstantSource clock) {
        static Reminders of(TicketService tickets, UUID robot, InstantSource clock) {
            return new Reminders(tickets, robot, clock);
        }

        void run() {
            tickets.automation(robot)
                    .run(
                            "remind",
                            TicketQuery.unsolved()
                                    .unansweredSince(clock.instant().minus(Duration.ofDays(1))),
                            PageRequest.oldestFirst(200),
                            List.of(Command.reply("We are still on it")));
        }
    }

    // region: test-kit
    private static final TestDatabase DATABASE = TestDatabase.of(containers()); // or TestDatabase.embedded()
    private static final TestClock CLOCK = TestClock.at("2026-01-05T09:00:00Z");
    private static final TicketService TICKETS =
            TicketService.builder(DATABASE.dataSource()).clock(CLOCK).build();

    private final TestDesk desk = TestDesk.of(TICKETS);

    @BeforeAll
    static void install() {
        DATABASE.install(TICKETS);
    }

    @BeforeEach
    void reset() {
        DATABASE.reset();
    }

    @Test
    void who_waits_longer_than_a_day_is_reminded_of() {
        UUID waiting = desk.ticket().assignedTo("Jane").note("She is angry").open();
        UUID answered = desk.ticket().of("Bob").answer("Try again").closed().open();
        CLOCK.advance(Duration.ofHours(25));

        Reminders.of(TICKETS, desk.agent("Robot"), CLOCK).run();

        desk.assertThat(waiting)
                .happened("assignment-added", "status-update", "note-added", "message")
                .hasStatus(TicketStatus.OPEN)
                .isAssignedTo(desk.agent("Jane"))
                .customerSees("We are still on it")
                .customerDoesNotSee("angry");
        desk.assertThat(answered).happened("message", "status-update");
    }
    // endregion

    @Test
    void and_the_next_test_finds_nothing_of_it() {
        assertThat(TICKETS.agent(desk.agent("Jane"))
                        .counts(Map.of("all", TicketQuery.all()))
                        .get("all")
                        .number())
                .isZero();
    }

    @AfterAll
    static void close() {
        DATABASE.close();
        GIVEN.close();
    }
}
