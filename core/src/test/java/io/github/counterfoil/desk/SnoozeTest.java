package io.github.counterfoil.desk;

import static io.github.counterfoil.testing.SupportTeam.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.command.Command;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.NotAllowed;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.Participants;
import io.github.counterfoil.ticket.TicketQuery;
import io.github.counterfoil.ticket.TicketQuery.Count;
import io.github.counterfoil.ticket.TicketStatus;
import io.github.counterfoil.ticket.TicketSummary;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Tickets that are put off until a moment. */
class SnoozeTest {
    private static final TicketQuery AWAKE = TicketQuery.all().snoozed(false);
    private static final TicketQuery SNOOZED = TicketQuery.all().snoozed(true);

    @AutoClose
    private final TestDatabase database = TestDatabase.withSchema();

    private final SupportTeam team = SupportTeam.in(database);
    private final UUID id = team.ticket();
    private final AgentHandle ticket = team.jane().on(id);
    private final Instant tomorrow = Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.MICROS);

    private List<UUID> found(TicketQuery query) {
        return team.jane().find(query, PageRequest.newestFirst(10)).items().stream()
                .map(TicketSummary::id)
                .toList();
    }

    private void assertAwake() {
        assertThat(ticket.ticket().snoozedUntil()).isEmpty();
        assertThat(found(AWAKE)).containsExactly(id);
        assertThat(found(SNOOZED)).isEmpty();
    }

    private void assertSnoozed() {
        assertThat(ticket.ticket().snoozedUntil()).contains(tomorrow);
        assertThat(found(AWAKE)).isEmpty();
        assertThat(found(SNOOZED)).containsExactly(id);
    }

    @Test
    void one_that_is_put_off_is_not_awake_until_it_is_brought_back() {
        UUID other = team.ticket();
        CommandResult<TicketEvent> result = ticket.snooze(tomorrow);
        assertThat(result.events()).singleElement().isInstanceOfSatisfying(TicketEvent.SnoozeUpdate.class, event -> {
            assertThat(event.until()).isEqualTo(tomorrow);
            assertThat(event.visibility()).isEqualTo(Visibility.PRIVATE);
        });
        assertThat(found(AWAKE)).containsExactly(other);
        assertThat(found(SNOOZED)).containsExactly(id);
        assertThat(team.jane().counts(Map.of("awake", AWAKE, "snoozed", SNOOZED)))
                .isEqualTo(Map.of("awake", new Count(1, false), "snoozed", new Count(1, false)));
        assertThat(ticket.snooze(tomorrow).outcome()).isEqualTo(CommandResult.Outcome.UNCHANGED);
        assertThat(ticket.unsnooze().events())
                .singleElement()
                .isInstanceOfSatisfying(
                        TicketEvent.SnoozeUpdate.class,
                        event -> assertThat(event.until()).isNull());
        assertThat(found(AWAKE)).containsExactly(other, id);
        assertThat(ticket.unsnooze().outcome()).isEqualTo(CommandResult.Outcome.UNCHANGED);
        assertThat(ticket.at(1).snoozedUntil()).contains(tomorrow);
        assertThat(ticket.at(2).snoozedUntil()).isEmpty();
        assertThat(team.tickets().verifyAll().discrepancies()).isEmpty();
    }

    @Test
    void its_time_brings_it_back_and_writes_nothing() throws InterruptedException {
        Instant soon = Instant.now().plusMillis(400).truncatedTo(ChronoUnit.MICROS);
        int version = ticket.snooze(soon).version();
        assertThat(found(SNOOZED)).containsExactly(id);
        assertThat(found(TicketQuery.all().wokeFrom(Instant.EPOCH))).isEmpty();
        while (!found(SNOOZED).isEmpty()) {
            Thread.sleep(20);
        }
        assertThat(Instant.now()).isAfterOrEqualTo(soon);
        assertThat(found(AWAKE)).containsExactly(id);
        assertThat(found(TicketQuery.all().wokeFrom(soon))).containsExactly(id);
        assertThat(found(TicketQuery.all().wokeFrom(soon.plusNanos(1)))).isEmpty();
        assertThat(found(TicketQuery.all().wokeBefore(soon))).isEmpty();
        assertThat(ticket.ticket().version()).isEqualTo(version);
        assertThat(ticket.ticket().snoozedUntil()).contains(soon);
        ticket.unsnooze();
        assertThat(found(TicketQuery.all().wokeFrom(Instant.EPOCH))).isEmpty();
    }

    @Test
    void a_message_of_a_customers_brings_it_back_and_an_agents_does_not() {
        ticket.apply(Command.snooze(tomorrow), Command.reply("I will look again tomorrow."));
        ticket.note("Waiting for the vendor.");
        assertSnoozed();
        team.ada().on(id).reply("It still burns.");
        assertAwake();
        ticket.addParticipant(BOB, Participants.Kind.COPY);
        ticket.snooze(tomorrow);
        assertSnoozed();
        team.bob().on(id).reply("Mine too.");
        assertAwake();
        assertThat(team.tickets().verifyAll().discrepancies()).isEmpty();
    }

    @Test
    void closing_brings_it_back_and_what_is_closed_is_not_put_off() {
        ticket.snooze(tomorrow);
        ticket.changeStatus(TicketStatus.PENDING);
        assertSnoozed();
        ticket.close();
        assertAwake();
        assertThatThrownBy(() -> ticket.snooze(tomorrow))
                .isInstanceOfSatisfying(
                        NotAllowed.class, e -> assertThat(e.code()).isEqualTo("status.not_allowed"));
        ticket.reopen();
        assertAwake();
        assertThat(team.tickets().verifyAll().discrepancies()).isEmpty();
    }

    @Test
    void a_moment_that_has_passed_or_is_far_ahead_is_refused_with_the_end_that_it_passed() {
        Instant now = Instant.now();
        assertThatThrownBy(() -> ticket.snooze(now.minusSeconds(60))).isInstanceOfSatisfying(InvalidInput.class, e -> {
            assertThat(e.getMessage()).startsWith("until.out_of_range (limit ");
            assertThat(limit(e)).isCloseTo(now.getEpochSecond(), within60());
        });
        Instant last = now.plus(Duration.ofDays(3653));
        assertThatThrownBy(() -> ticket.apply(Command.tag("later"), Command.snooze(last.plusSeconds(60))))
                .isInstanceOfSatisfying(InvalidInput.class, e -> {
                    assertThat(e.getMessage()).startsWith("commands[1].until.out_of_range (limit ");
                    assertThat(limit(e)).isCloseTo(last.getEpochSecond(), within60());
                });
        assertThatThrownBy(() -> ticket.snooze(null)).hasMessage("until.required");
        assertThatThrownBy(() -> ticket.apply(Command.snooze(Instant.MAX), Command.note(" ")))
                .hasMessageContaining("commands[0].until.out_of_range")
                .hasMessageContaining("commands[1].text.blank");
        assertThat(ticket.ticket().version()).isZero();
        ticket.snooze(last.minusSeconds(60));
        assertThat(ticket.snooze(tomorrow.plusNanos(1)).outcome()).isEqualTo(CommandResult.Outcome.APPLIED);
        assertThat(ticket.ticket().snoozedUntil()).contains(tomorrow.plus(1, ChronoUnit.MICROS));
    }

    private static long limit(InvalidInput refused) {
        return refused.faults().get(0).limit();
    }

    private static Offset<Long> within60() {
        return Offset.offset(60L);
    }

    @Test
    void customers_sense_nothing_of_it() {
        team.jane().on(id).reply("Hello");
        CustomerHandle own = team.ada().on(id);
        Object before = List.of(
                own.ticket(),
                own.history(PageRequest.oldestFirst(10)),
                team.ada().find(TicketQuery.all(), PageRequest.newestFirst(10)));
        ticket.snooze(tomorrow);
        assertThat(List.of(
                        own.ticket(),
                        own.history(PageRequest.oldestFirst(10)),
                        team.ada().find(TicketQuery.all(), PageRequest.newestFirst(10))))
                .isEqualTo(before);
    }

    @Test
    void what_is_put_off_is_in_its_document_and_comes_in_elsewhere() {
        ticket.snooze(tomorrow);
        String document = team.tickets().documents().ticket(id).orElseThrow().text();
        assertThat(document)
                .contains("snooze-update", "\"until\":\"" + tomorrow.toString().substring(0, 19));
        try (TestDatabase elsewhere = TestDatabase.withSchema()) {
            SupportTeam others = SupportTeam.in(elsewhere);
            assertThat(others.tickets()
                            .documents()
                            .importTickets(List.of(JsonValue.parse(document)).iterator())
                            .faults())
                    .isEmpty();
            assertThat(others.jane().on(id).ticket().snoozedUntil()).contains(tomorrow);
            assertThat(others.tickets().verifyAll().discrepancies()).isEmpty();
        }
    }
}
