package io.github.counterfoil.verification;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.BOB;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static io.github.counterfoil.testing.SupportTeam.TOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.error.CounterfoilException;
import io.github.counterfoil.error.TicketNotFound;
import io.github.counterfoil.event.CustomEventType;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.testing.Chance;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Priority;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tickets are what their histories say, and what is not is found. */
@Tag("storage")
@ExtendWith(Chance.class)
class VerificationTest {
    private static final CustomEventType ESCALATED = CustomEventType.publicType("escalated", 1);

    private TestDatabase database;
    private SupportTeam team;
    private UUID id;

    @BeforeEach
    void open() {
        database = TestDatabase.withSchema();
        team = SupportTeam.registered(TicketService.builder(database.connections())
                .eventType(ESCALATED)
                .build());
        id = DamageTest.worked(team);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whatever_was_done_through_the_desks_leaves_nothing_to_be_found() {
        Random random = Chance.random();
        UUID[] tickets = {
            id,
            team.ticket(),
            team.jane().open(BOB, NewTicket.of("T", "D").tags("a", "b")).id()
        };
        for (int i = 0; i < 400; i++) {
            UUID ticket = tickets[random.nextInt(tickets.length)];
            String text = "text " + random.nextInt(4);
            try {
                switch (random.nextInt(18)) {
                    case 0 -> team.jane().on(ticket).assign(random.nextBoolean() ? JANE : TOM);
                    case 1 -> team.jane().on(ticket).unassign(random.nextBoolean() ? JANE : TOM);
                    case 2 -> team.jane().on(ticket).reply(text);
                    case 3 -> team.jane().on(ticket).note(text);
                    case 4, 5 -> team.jane().on(ticket).close();
                    case 6 -> team.jane().on(ticket).reopen();
                    case 7 -> team.jane().on(ticket).setField("f" + random.nextInt(3), text);
                    case 8 -> team.jane().on(ticket).removeField("f" + random.nextInt(3));
                    case 9 -> team.jane().on(ticket).changePriority(Priority.values()[random.nextInt(3)]);
                    case 10 -> team.jane().on(ticket).changeTitle(text);
                    case 11 -> team.jane().on(ticket).changeDescription(text);
                    case 12 -> team.jane().on(ticket).tag("a", "t" + random.nextInt(3));
                    case 13 -> team.jane().on(ticket).untag("a", "t" + random.nextInt(3));
                    case 14 -> team.jane().on(ticket).moveToCustomer(random.nextBoolean() ? ADA : BOB);
                    case 15 -> team.ada().on(ticket).rate(1 + random.nextInt(5), null);
                    case 16 -> team.ada().on(ticket).reply(text);
                    default -> team.jane().on(ticket).record(ESCALATED, JsonValue.ofObject(Map.of()));
                }
            } catch (CounterfoilException e) {
                // Refused, and so nothing to verify.
            }
        }
        VerificationReport report = team.tickets().verifyAll();
        assertThat(report.discrepancies()).isEmpty();
        assertThat(report.tickets()).isEqualTo(3);
        assertThat(team.tickets().verify(id)).isEqualTo(new VerificationReport(1, List.of()));
        assertThat(database.service().verifyAll().discrepancies())
                .as("also to a host that does not know the custom type")
                .isEmpty();
    }

    @Test
    void tags_that_lists_know_otherwise_are_found() {
        UUID tagged = team.jane()
                .open(ADA, NewTicket.of("T", "D").tags("vip", "recall"))
                .id();
        assertThat(team.tickets().verify(tagged).discrepancies()).isEmpty();
        for (String change : List.of(
                "update counterfoil.ticket_tag set priority = 'high' where tag = 'vip'",
                "update counterfoil.ticket_tag set priority = 'medium', tag = 'other' where tag = 'vip'",
                "delete from counterfoil.ticket_tag where tag = 'other'")) {
            database.behindTheGuards(change);
            assertThat(team.tickets().verify(tagged).discrepancies())
                    .as(change)
                    .singleElement()
                    .asString()
                    .endsWith("ticket_tag differs");
        }
    }

    @Test
    void a_type_that_the_host_registered_after_its_events_came_in_makes_no_difference() {
        team.jane().on(id).record(ESCALATED, JsonValue.ofObject(Map.of()));
        JsonValue document = team.tickets().documents().ticket(id).orElseThrow();
        try (TestDatabase other = TestDatabase.withSchema()) {
            TicketService unregistered = SupportTeam.in(other).tickets();
            assertThat(unregistered
                            .documents()
                            .importTickets(List.of(document).iterator())
                            .imported())
                    .isEqualTo(1);
            TicketService registered = TicketService.builder(other.connections())
                    .eventType(ESCALATED)
                    .build();
            assertThat(registered.verify(id).discrepancies()).isEmpty();
        }
    }

    @Test
    void there_is_nothing_to_verify_where_there_is_no_ticket() {
        assertThatThrownBy(() -> team.tickets().verify(UUID.randomUUID())).isInstanceOf(TicketNotFound.class);
    }
}
