package io.github.counterfoil.desk;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.BOB;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.command.Command;
import io.github.counterfoil.error.NotAllowed;
import io.github.counterfoil.error.TicketNotFound;
import io.github.counterfoil.event.CustomEventType;
import io.github.counterfoil.event.CustomerEvent;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.people.NewWorker;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.CustomerTicket;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.TicketQuery;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who sees what, and who may do what: the two sides of the counter. */
@Tag("storage")
class SidesTest {
    private static final CustomEventType ESCALATED =
            CustomEventType.publicType("escalated", 1).showingWholeBody();
    private static final CustomEventType FRAUD_CHECK = CustomEventType.privateType("fraud-check", 2);

    @AutoClose
    private final TestDatabase database = TestDatabase.withSchema();

    private final SupportTeam team = SupportTeam.registered(TicketService.builder(database.connections())
            .eventType(ESCALATED)
            .eventType(FRAUD_CHECK)
            .build());

    @Test
    void a_note_is_private_and_no_customer_sees_a_trace_of_it() {
        UUID id = team.ticket();
        CustomerTicket before = team.ada().on(id).ticket();
        CommandResult<TicketEvent> result = team.jane().on(id).note("Known recall, see KB-7");

        assertThat(result.events()).singleElement().isInstanceOf(TicketEvent.NoteAdded.class);
        assertThat(result.events().get(0).visibility()).isEqualTo(Visibility.PRIVATE);
        assertThat(team.ada().on(id).ticket()).isEqualTo(before);
        assertThat(team.ada().on(id).history(PageRequest.oldestFirst(10)).items())
                .isEmpty();
    }

    @Test
    void a_registered_event_is_recorded_and_seen_by_whom_its_type_says() {
        UUID id = team.ticket();
        team.jane().on(id).record(ESCALATED, JsonValue.parse("{\"level\": 2}"));
        team.jane().on(id).record(FRAUD_CHECK, JsonValue.parse("{\"score\": 0.9}"));

        assertThat(team.jane().on(id).history(PageRequest.oldestFirst(10)).items())
                .allSatisfy(e -> assertThat(e).isInstanceOf(TicketEvent.CustomEvent.class))
                .extracting(TicketEvent::type)
                .containsExactly("escalated", "fraud-check");
        assertThat(team.ada().on(id).history(PageRequest.oldestFirst(10)).items())
                .singleElement()
                .isInstanceOfSatisfying(
                        CustomerEvent.CustomEvent.class,
                        e -> assertThat(e.body().members()).containsEntry("level", JsonValue.of(2)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jsonb_build_object('level', (repeat('[', 1001) || repeat(']', 1001))::jsonb)",
                "'{\"level\": 1e-500}'",
                "'{\"level\": 1e500}'",
                "jsonb_build_object('level', repeat('9', 1000)::jsonb)"
            })
    void an_event_that_nothing_can_read_breaks_no_page(String body) {
        UUID id = team.ticket();
        team.jane().on(id).reply("Before");
        team.jane().on(id).record(ESCALATED, JsonValue.parse("{\"level\": 2}"));
        team.jane().on(id).reply("After");
        database.behindTheGuards("update counterfoil.ticket_event set body = " + body + " where type = 'escalated'");

        PageRequest all = PageRequest.oldestFirst(10);
        assertThat(team.jane().on(id).history(all).items())
                .extracting(TicketEvent::type)
                .containsExactly("message", "escalated", "message");
        assertThat(team.jane().on(id).ticketWithHistory(all).history())
                .isEqualTo(team.jane().on(id).history(all));
        assertThat(team.ada().on(id).history(all).items())
                .extracting(CustomerEvent::type)
                .startsWith("message")
                .endsWith("message");
    }

    @Test
    void an_event_whose_type_nobody_registered_is_kept_and_is_private_whatever_it_says() {
        UUID id = team.ticket();
        team.jane().on(id).record(ESCALATED, JsonValue.parse("{\"level\": 2}"));
        TicketService plain = database.service();

        assertThat(plain.agent(JANE).on(id).history(PageRequest.oldestFirst(10)).items())
                .singleElement()
                .isInstanceOfSatisfying(TicketEvent.UnknownEvent.class, e -> {
                    assertThat(e.visibility()).isEqualTo(Visibility.PUBLIC);
                    assertThat(e.body()).isEqualTo(JsonValue.parse("{\"level\": 2, \"version\": 1}"));
                });
        assertThat(plain.customer(ADA)
                        .on(id)
                        .history(PageRequest.oldestFirst(10))
                        .items())
                .isEmpty();
        assertThatThrownBy(() -> plain.agent(JANE).on(id).record(ESCALATED, JsonValue.ofObject(Map.of())))
                .hasMessage("event_type.unregistered");
    }

    @Test
    void a_foreign_ticket_and_no_ticket_give_the_same_answer() {
        UUID id = team.ticket();
        UUID none = UUID.randomUUID();
        for (UUID ticketId : List.of(id, none)) {
            for (Runnable call : List.<Runnable>of(
                    () -> team.bob().on(ticketId).ticket(),
                    () -> team.bob().on(ticketId).history(PageRequest.oldestFirst(10)),
                    () -> team.bob().on(ticketId).reply("Hello?"),
                    () -> team.bob().on(ticketId).close(),
                    () -> team.bob().on(ticketId).reopen(),
                    () -> team.bob().on(ticketId).rate(5, null))) {
                assertThatThrownBy(call::run).isInstanceOf(TicketNotFound.class).hasMessage("no ticket " + ticketId);
            }
        }
    }

    @Test
    void an_id_at_the_desk_of_the_other_side_is_refused_by_the_first_call_as_that() {
        UUID id = team.ticket();
        AgentDesk ada = team.tickets().agent(ADA);
        CustomerDesk jane = team.tickets().customer(JANE);
        for (Runnable call : List.<Runnable>of(
                () -> ada.on(id).ticket(),
                () -> ada.on(id).note("Not mine"),
                () -> ada.on(id).at(0),
                () -> ada.onEach(List.of(id)).apply(Command.close()),
                () -> ada.open(ADA, NewTicket.of("T", "D")),
                () -> ada.find(TicketQuery.all(), PageRequest.oldestFirst(10)))) {
            assertThatThrownBy(call::run)
                    .isInstanceOfSatisfying(
                            NotAllowed.class, e -> assertThat(e.code()).isEqualTo("actor.is_customer"))
                    .hasMessageContaining("a worker's desk was asked for with the id of a customer: " + ADA);
        }
        for (Runnable call : List.<Runnable>of(
                () -> jane.on(id).findTicket(),
                () -> jane.on(id).history(PageRequest.oldestFirst(10)),
                () -> jane.on(id).reply("Hello?"),
                () -> jane.open(NewTicket.of("T", "D")),
                () -> jane.find(TicketQuery.all(), PageRequest.oldestFirst(10)))) {
            assertThatThrownBy(call::run)
                    .isInstanceOfSatisfying(
                            NotAllowed.class, e -> assertThat(e.code()).isEqualTo("actor.is_worker"))
                    .hasMessageContaining("a customer's desk was asked for with the id of a worker: " + JANE);
        }
        team.tickets().people().registerWorker(NewWorker.of(ADA, "ada.l@example.com", "Ada", "Lovelace"));
        assertThat(ada.on(id).ticket().id())
                .as("who is both is who they are asked to be")
                .isEqualTo(id);
    }

    @Test
    void who_is_not_registered_does_nothing_and_sees_nothing() {
        UUID id = team.ticket();
        UUID nobody = UUID.randomUUID();
        for (Runnable call : List.<Runnable>of(
                () -> team.tickets().agent(nobody).on(id).ticket(),
                () -> team.tickets().agent(nobody).on(id).history(PageRequest.oldestFirst(10)),
                () -> team.tickets().customer(nobody).open(NewTicket.of("T", "D")))) {
            assertThatThrownBy(call::run)
                    .isInstanceOfSatisfying(
                            NotAllowed.class, e -> assertThat(e.code()).isEqualTo("actor.unknown"));
        }
    }

    @Test
    void a_ticket_moves_to_another_customer_and_its_first_one_sees_it_no_more() {
        UUID id = team.ticket();
        assertThat(team.jane().on(id).moveToCustomer(BOB).events())
                .singleElement()
                .isInstanceOf(TicketEvent.CustomerUpdate.class);
        assertThat(team.bob().on(id).ticket().id()).isEqualTo(id);
        assertThatThrownBy(() -> team.ada().on(id).ticket()).isInstanceOf(TicketNotFound.class);
        assertThatThrownBy(() -> team.ada().on(id).reply("Hello?")).isInstanceOf(TicketNotFound.class);
        assertThat(team.jane().on(id).ticket().customerEmail()).isEqualTo("bob@example.com");
    }

    @Test
    void a_ticket_that_may_not_be_there_can_be_looked_for() {
        UUID id = team.ticket();
        assertThat(team.ada().on(id).findTicket()).contains(team.ada().on(id).ticket());
        assertThat(team.jane().on(id).findTicket()).contains(team.jane().on(id).ticket());
        assertThat(team.bob().on(id).findTicket()).isEmpty();
        assertThat(team.jane().on(UUID.randomUUID()).findTicket()).isEmpty();
        assertThatThrownBy(() -> team.tickets().customer(JANE).on(id).findTicket())
                .isInstanceOf(NotAllowed.class);
        assertThatThrownBy(() -> team.tickets().agent(ADA).on(id).findTicket()).isInstanceOf(NotAllowed.class);
    }

    @Test
    void an_assignment_that_was_changed_by_hand_into_no_uuid_hides_itself_alone() {
        UUID id = team.ticket();
        team.jane().on(id).assign(JANE);
        team.jane().on(id).reply("Hello");
        database.behindTheGuards(
                "update counterfoil.ticket_event set body = '{\"agent_id\": \"nobody\"}' where type = 'assignment-added'");
        assertThat(team.ada().on(id).history(PageRequest.oldestFirst(10)).items())
                .extracting(CustomerEvent::type)
                .contains("message")
                .doesNotContain("assignment-added");
        assertThat(team.jane().on(id).history(PageRequest.oldestFirst(10)).items())
                .extracting(TicketEvent::type)
                .contains("message", "assignment-added");
    }
}
