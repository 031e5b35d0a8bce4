package io.github.counterfoil.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.command.Command;
import io.github.counterfoil.error.NotAllowed;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.TicketStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TestDeskTest {
    @AutoClose
    private final io.github.counterfoil.testing.TestDatabase server =
            io.github.counterfoil.testing.TestDatabase.withSchema();

    private final TestClock clock = TestClock.at("2026-01-05T09:00:00Z");
    private final TicketService tickets =
            TicketService.builder(server.connections()).clock(clock).build();
    private final TestDesk desk = TestDesk.of(tickets);

    @Test
    void a_name_is_one_person_on_each_side_of_the_counter() {
        assertThat(desk.customer("Ada")).isEqualTo(desk.customer("Ada")).isNotEqualTo(desk.agent("Ada"));
        assertThat(desk.admin("Ada")).isNotEqualTo(desk.agent("Ada"));
        assertThat(Stream.of("愛", "O'Neil", "oneil", "Oneil", "ONEIL", "Çağla", "a b", "A B", "x".repeat(100))
                        .map(desk::customer))
                .doesNotHaveDuplicates();
    }

    @Test
    void a_hosts_users_are_stored_before_a_person_is_registered_and_once() {
        List<UUID> users = new ArrayList<>();
        TestDesk other = desk.users(users::add);
        assertThat(users).isEmpty();
        UUID ada = other.customer("Ada");
        UUID jane = other.agent("Jane");
        other.customer("Ada");
        other.agent("Jane");
        assertThat(users).containsExactly(ada, jane);
    }

    @Test
    void what_happens_to_a_draft_happens_in_its_order_and_at_the_clocks_time() {
        UUID id = desk.ticket()
                .of("Bob")
                .title("No paper")
                .description("None")
                .priority(Priority.HIGH)
                .opening(ticket -> ticket.channel("web"))
                .assignedTo("Jane")
                .message("Hello?")
                .answer("Soon")
                .note("He is angry")
                .tags("paper", "late")
                .field("floor", JsonValue.of(3))
                .status(TicketStatus.PENDING)
                .with(Command.changePriority(Priority.LOW))
                .closed()
                .open();
        desk.assertThat(id)
                .isOf(desk.customer("Bob"))
                .hasTitle("No paper")
                .hasStatus(TicketStatus.CLOSED)
                .hasPriority(Priority.LOW)
                .isAssignedTo(desk.agent("Jane"))
                .hasTags("late", "paper")
                .hasField("floor", JsonValue.of(3))
                .hasMessage("Hello?")
                .hasMessage("Soon")
                .hasNote("He is angry")
                .customerSees("Soon")
                .customerDoesNotSee("angry")
                .happened(
                        "assignment-added",
                        "status-update",
                        "message",
                        "message",
                        "note-added",
                        "tag-added",
                        "tag-added",
                        "field-added",
                        "status-update",
                        "priority-update",
                        "status-update");
        assertThat(tickets.agent(desk.agent("Jane")).on(id).ticket().createdAt())
                .isEqualTo(clock.instant());
    }

    @Test
    void to_look_at_a_ticket_registers_nobody_and_names_of_members_are_no_texts() {
        UUID id = desk.ticket().open();
        desk.assertThat(id).customerDoesNotSee("title").customerSees("burns");
        assertThat(server.value("select count(*) from counterfoil.worker")).isEqualTo("0");
    }

    @Test
    void a_draft_may_be_opened_several_times() {
        TicketDraft draft = desk.ticket().note("Text");
        assertThat(draft.open()).isNotEqualTo(draft.open());
    }

    @Test
    void a_clock_stands_still_and_is_moved() {
        Instant start = clock.instant();
        assertThat(clock.instant()).isEqualTo(start);
        assertThat(clock.advance(Duration.ofNanos(1_999))).isEqualTo(start.plusNanos(1_000));
        clock.set(start.minusSeconds(1));
        assertThat(clock.instant()).isEqualTo(start.minusSeconds(1));
    }

    static Stream<Arguments> wrong() {
        return Stream.<Map.Entry<String, Consumer<TicketAssert>>>of(
                        Map.entry("expected title <Other>, found <Printer on fire>", t -> t.hasTitle("Other")),
                        Map.entry("expected status <closed>, found <open>", t -> t.hasStatus(TicketStatus.CLOSED)),
                        Map.entry("expected priority <high>", t -> t.hasPriority(Priority.HIGH)),
                        Map.entry("expected customer", t -> t.isOf(new UUID(0, 1))),
                        Map.entry("expected assignees <[]>", TicketAssert::isUnassigned),
                        Map.entry("expected tags <[b]>, found <[a]>", t -> t.hasTags("b")),
                        Map.entry(
                                "expected custom field f <1>, found <missing>", t -> t.hasField("f", JsonValue.of(1))),
                        Map.entry("expected events <[message]>", t -> t.happened("message")),
                        Map.entry("expected a message <No>, found [Line 1\nLine \"2\"]", t -> t.hasMessage("No")),
                        Map.entry("expected a note <No>, found [Text]", t -> t.hasNote("No")),
                        Map.entry("expected that the customer sees <Text>", t -> t.customerSees("Text")),
                        Map.entry(
                                "expected that the customer does not see <1\nLine \"2>",
                                t -> t.customerDoesNotSee("1\nLine \"2")))
                .map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void what_is_otherwise_fails_and_says_how(String message, Consumer<TicketAssert> wrong) {
        UUID id = desk.ticket()
                .assignedTo("Tom")
                .note("Text")
                .tags("a")
                .answer("Line 1\nLine \"2\"")
                .open();
        TicketAssert ticket = desk.assertThat(id);
        assertThatThrownBy(() -> wrong.accept(ticket))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("ticket " + id + ": " + message);
        ticket.customerSees("1\nLine \"2").hasMessage("Line 1\nLine \"2\"");
    }

    @Test
    void a_ticket_that_is_not_there_fails_too() {
        assertThatThrownBy(() -> desk.assertThat(new UUID(0, 9))).isInstanceOf(AssertionError.class);
    }

    @Test
    void what_a_service_refuses_is_refused_to_a_draft() {
        assertThatThrownBy(() -> desk.ticket()
                        .closed()
                        .with(Command.snooze(clock.instant().plusSeconds(60)))
                        .open())
                .isInstanceOfSatisfying(
                        NotAllowed.class, e -> assertThat(e.code()).isEqualTo("status.not_allowed"));
    }
}
