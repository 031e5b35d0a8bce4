package io.github.counterfoil.desk;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.BOB;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.error.NotAllowed;
import io.github.counterfoil.error.TicketNotFound;
import io.github.counterfoil.event.CustomEventType;
import io.github.counterfoil.event.CustomerEvent;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.CustomerTicket;
import io.github.counterfoil.ticket.NewTicket;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who sees what, and who may do what: the two sides of the counter. */
@Tag("storage")
class SidesTest {
    private static final CustomEventType ESCALATED = CustomEventType.publicType("escalated", 1);
    private static final CustomEventType FRAUD_CHECK = CustomEventType.privateType("fraud-check", 2);

    private TestDatabase database;
    private SupportTeam team;

    @BeforeEach
    void open() {
        database = TestDatabase.withSchema();
        team = SupportTeam.registered(TicketService.builder(database.connections())
                .eventType(ESCALATED)
                .eventType(FRAUD_CHECK)
                .build());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void a_note_is_private_and_no_customer_sees_a_trace_of_it() {
        UUID id = team.ticket();
        CustomerTicket before = team.ada().ticket(id);
        CommandResult<TicketEvent> result = team.jane().note(id, "Known recall, see KB-7");

        assertThat(result.events()).singleElement().isInstanceOf(TicketEvent.NoteAdded.class);
        assertThat(result.events().get(0).visibility()).isEqualTo(Visibility.PRIVATE);
        assertThat(team.ada().ticket(id)).isEqualTo(before);
        assertThat(team.ada().history(id, PageRequest.oldestFirst(10)).items()).isEmpty();
    }

    @Test
    void a_registered_event_is_recorded_and_seen_by_whom_its_type_says() {
        UUID id = team.ticket();
        team.jane().record(id, ESCALATED, JsonValue.parse("{\"level\": 2}"));
        team.jane().record(id, FRAUD_CHECK, JsonValue.parse("{\"score\": 0.9}"));

        assertThat(team.jane().history(id, PageRequest.oldestFirst(10)).items())
                .allSatisfy(e -> assertThat(e).isInstanceOf(TicketEvent.CustomEvent.class))
                .extracting(TicketEvent::type)
                .containsExactly("escalated", "fraud-check");
        assertThat(team.ada().history(id, PageRequest.oldestFirst(10)).items())
                .singleElement()
                .isInstanceOfSatisfying(
                        CustomerEvent.CustomEvent.class,
                        e -> assertThat(e.body().members()).containsEntry("level", JsonValue.of(2)));
    }

    @Test
    void an_event_whose_type_nobody_registered_is_kept_and_is_private_whatever_it_says() {
        UUID id = team.ticket();
        team.jane().record(id, ESCALATED, JsonValue.parse("{\"level\": 2}"));
        TicketService plain = database.service();

        assertThat(plain.agent(JANE).history(id, PageRequest.oldestFirst(10)).items())
                .singleElement()
                .isInstanceOfSatisfying(TicketEvent.UnknownEvent.class, e -> {
                    assertThat(e.visibility()).isEqualTo(Visibility.PUBLIC);
                    assertThat(e.body()).isEqualTo(JsonValue.parse("{\"level\": 2, \"version\": 1}"));
                });
        assertThat(plain.customer(ADA).history(id, PageRequest.oldestFirst(10)).items())
                .isEmpty();
        assertThatThrownBy(() -> plain.agent(JANE).record(id, ESCALATED, JsonValue.ofObject(Map.of())))
                .hasMessage("event_type.unregistered");
    }

    @Test
    void a_foreign_ticket_and_no_ticket_give_the_same_answer() {
        UUID id = team.ticket();
        UUID none = UUID.randomUUID();
        for (UUID ticketId : List.of(id, none)) {
            for (Runnable call : List.<Runnable>of(
                    () -> team.bob().ticket(ticketId),
                    () -> team.bob().history(ticketId, PageRequest.oldestFirst(10)),
                    () -> team.bob().reply(ticketId, "Hello?"),
                    () -> team.bob().close(ticketId),
                    () -> team.bob().reopen(ticketId),
                    () -> team.bob().rate(ticketId, 5, null))) {
                assertThatThrownBy(call::run).isInstanceOf(TicketNotFound.class).hasMessage("no ticket " + ticketId);
            }
        }
    }

    @Test
    void who_is_not_registered_does_nothing_and_sees_nothing() {
        UUID id = team.ticket();
        UUID nobody = UUID.randomUUID();
        for (Runnable call : List.<Runnable>of(
                () -> team.tickets().agent(nobody).ticket(id),
                () -> team.tickets().agent(ADA).note(id, "Not mine"),
                () -> team.tickets().agent(nobody).history(id, PageRequest.oldestFirst(10)),
                () -> team.tickets().customer(JANE).reply(id, "Hello?"),
                () -> team.tickets().customer(nobody).open(NewTicket.of("T", "D")))) {
            assertThatThrownBy(call::run)
                    .isInstanceOfSatisfying(
                            NotAllowed.class, e -> assertThat(e.code()).isEqualTo("actor.unknown"));
        }
    }

    @Test
    void a_ticket_moves_to_another_customer_and_its_first_one_sees_it_no_more() {
        UUID id = team.ticket();
        assertThat(team.jane().moveToCustomer(id, BOB).events())
                .singleElement()
                .isInstanceOf(TicketEvent.CustomerUpdate.class);
        assertThat(team.bob().ticket(id).id()).isEqualTo(id);
        assertThatThrownBy(() -> team.ada().ticket(id)).isInstanceOf(TicketNotFound.class);
        assertThatThrownBy(() -> team.ada().reply(id, "Hello?")).isInstanceOf(TicketNotFound.class);
        assertThat(team.jane().ticket(id).customerEmail()).isEqualTo("bob@example.com");
    }

    @Test
    void a_ticket_that_may_not_be_there_can_be_looked_for() {
        UUID id = team.ticket();
        assertThat(team.ada().findTicket(id)).contains(team.ada().ticket(id));
        assertThat(team.jane().findTicket(id)).contains(team.jane().ticket(id));
        assertThat(team.bob().findTicket(id)).isEmpty();
        assertThat(team.jane().findTicket(UUID.randomUUID())).isEmpty();
        assertThatThrownBy(() -> team.tickets().customer(JANE).findTicket(id)).isInstanceOf(NotAllowed.class);
        assertThatThrownBy(() -> team.tickets().agent(ADA).findTicket(id)).isInstanceOf(NotAllowed.class);
    }
}
