package io.github.counterfoil.imports;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.BOB;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static io.github.counterfoil.ticket.Participants.Kind.COPY;
import static io.github.counterfoil.ticket.Participants.Kind.REQUESTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.desk.AgentHandle;
import io.github.counterfoil.error.NotAllowed;
import io.github.counterfoil.event.Author;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.people.NewCustomer;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Participants;
import io.github.counterfoil.ticket.Ticket;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A history from elsewhere says who takes part. */
@Tag("storage")
class ImportedParticipantsTest {
    private static final PageRequest PAGE = PageRequest.oldestFirst(50);
    private static final UUID CARL = UUID.fromString("00000000-0000-4000-8000-00000000000c");
    private static final Instant AT = Instant.parse("2024-01-01T10:00:00Z");

    @AutoClose
    private final TestDatabase database = TestDatabase.withSchema();

    private final SupportTeam team = SupportTeam.in(database);

    @Test
    void what_was_exported_comes_in_again_and_grows() {
        UUID id = team.ticket();
        AgentHandle ticket = team.jane().on(id);
        team.tickets().people().registerCustomer(NewCustomer.of(CARL, "carl@example.com", "Carl", ""));
        ticket.addParticipant(BOB, COPY);
        ticket.addParticipant(CARL, COPY);
        ticket.addParticipant(BOB, REQUESTER);
        ticket.removeParticipant(CARL);
        List<TicketEvent> events = ticket.history(PAGE).items();
        Ticket before = ticket.ticket();
        JsonValue document = team.tickets().documents().ticket(id).orElseThrow();

        try (TestDatabase elsewhere = TestDatabase.withSchema()) {
            SupportTeam other = SupportTeam.in(elsewhere);
            ImportedTicket imported = ImportedTicket.of(
                    id, NewTicket.of(before.title(), before.description()).channel("web"), ADA, before.createdAt());
            assertThat(run(other, imported.events(events.subList(0, 2))).faults())
                    .singleElement()
                    .satisfies(fault ->
                            assertThat(fault.field() + "." + fault.code()).isEqualTo("customer_id.unknown"));
            other.tickets().people().registerCustomer(NewCustomer.of(CARL, "carl@example.com", "Carl", ""));
            assertThat(run(other, imported.events(events.subList(0, 2))).imported())
                    .isEqualTo(1);
            assertThat(other.tickets().customer(CARL).on(id).findTicket()).isPresent();
            assertThatThrownBy(() -> other.bob().on(id).close()).isInstanceOf(NotAllowed.class);
            assertThat(run(other, imported.events(events)).imported()).isEqualTo(1);
            assertThat(other.tickets().customer(CARL).on(id).findTicket()).isEmpty();
            other.bob().on(id).close();
            assertThat(other.jane().on(id).participants().customers())
                    .extracting(Participants.Participant::id)
                    .containsExactly(BOB);

            UUID again = UUID.randomUUID();
            Map<String, JsonValue> members =
                    new HashMap<>(JsonValue.parse(document.text().replace(id.toString(), again.toString()))
                            .members());
            // The ticket that is there already has it.
            members.remove("counterfoil_number");
            JsonValue copy = JsonValue.ofObject(members);
            Imports.Report documents =
                    other.tickets().documents().importTickets(List.of(copy).iterator());
            assertThat(documents.imported()).as(documents.toString()).isEqualTo(1);
            assertThat(other.jane().on(again).participants())
                    .isEqualTo(other.jane().on(id).participants());
            assertThat(other.tickets().verifyAll().discrepancies()).isEmpty();
        }
    }

    private static Imports.Report run(SupportTeam team, ImportedTicket ticket) {
        return team.tickets().imports().run(List.of(ticket).iterator());
    }

    @Test
    void who_is_registered_nowhere_is_made_up_as_an_author_would_be() {
        UUID id = UUID.randomUUID();
        ImportedTicket ticket =
                imported(id, new TicketEvent.ParticipantAdded(header(id, Visibility.PRIVATE), CARL, COPY));
        Imports.Report report = team.tickets()
                .imports()
                .run(List.of(ticket).iterator(), Imports.Options.standard().placeholders(true));
        assertThat(report.imported()).isEqualTo(1);
        assertThat(team.jane().on(id).participants().customers())
                .singleElement()
                .satisfies(participant -> assertThat(participant.firstName() + participant.lastName())
                        .isEqualTo("UnknownCustomer"));
    }

    @Test
    void nobody_takes_part_twice_nor_in_their_own_ticket_nor_leaves_what_they_took_no_part_in() {
        UUID id = UUID.randomUUID();
        TicketEvent.Header header = header(id, Visibility.PUBLIC);
        for (TicketEvent event : List.of(
                new TicketEvent.ParticipantRemoved(header, BOB, COPY),
                new TicketEvent.ParticipantAdded(header, ADA, COPY))) {
            assertThat(run(team, imported(id, event)).faults())
                    .singleElement()
                    .satisfies(fault -> assertThat(fault.code()).isEqualTo("not_current"));
        }
        assertThat(run(team, imported(id, new TicketEvent.ParticipantAdded(header, BOB, COPY)))
                        .imported())
                .isEqualTo(1);
        assertThat(team.bob().on(id).history(PAGE).items())
                .as("customers see no such event, whatever its visibility says")
                .isEmpty();
    }

    private static ImportedTicket imported(UUID id, TicketEvent event) {
        return ImportedTicket.of(id, NewTicket.of("Title", "Text"), ADA, AT).events(List.of(event));
    }

    private static TicketEvent.Header header(UUID id, Visibility visibility) {
        Author jane = new Author(JANE, "Jane", "Smith", Role.AGENT);
        return new TicketEvent.Header(UUID.randomUUID(), id, 1, AT, jane, visibility);
    }
}
