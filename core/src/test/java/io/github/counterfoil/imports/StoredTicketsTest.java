package io.github.counterfoil.imports;

import static io.github.counterfoil.imports.Elsewhere.AUTHOR;
import static io.github.counterfoil.imports.Elsewhere.BEGINNING;
import static io.github.counterfoil.imports.Elsewhere.START;
import static io.github.counterfoil.imports.Elsewhere.at;
import static io.github.counterfoil.imports.Elsewhere.by;
import static io.github.counterfoil.imports.Elsewhere.secret;
import static io.github.counterfoil.imports.Elsewhere.talk;
import static io.github.counterfoil.imports.Elsewhere.ticket;
import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.BOB;
import static io.github.counterfoil.testing.SupportTeam.EVE;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static io.github.counterfoil.testing.SupportTeam.TOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.error.TicketNotFound;
import io.github.counterfoil.event.Author;
import io.github.counterfoil.event.CustomEventType;
import io.github.counterfoil.event.CustomerEvent;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Priority;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Imports of tickets that are there: the same, grown, or others. */
@Tag("storage")
class StoredTicketsTest {
    private static final UUID ID = UUID.fromString("10000000-0000-4000-8000-000000000000");

    @AutoClose
    private final TestDatabase database = TestDatabase.withSchema();

    private final SupportTeam team = SupportTeam.in(database);

    @Test
    void an_import_never_takes_another_tickets_place() {
        Map<String, ImportedTicket> others = new LinkedHashMap<>();
        NewTicket tagged = BEGINNING.tags("a", "b").field("f", JsonValue.of(1));
        others.put("title", ImportedTicket.of(ID, NewTicket.of("Other", "Text").channel("phone"), ADA, START));
        others.put(
                "description",
                ImportedTicket.of(ID, NewTicket.of("Title", "Other").channel("phone"), ADA, START));
        others.put("priority", ImportedTicket.of(ID, BEGINNING.priority(Priority.HIGH), ADA, START));
        others.put("channel", ImportedTicket.of(ID, BEGINNING.channel(null), ADA, START));
        others.put("empty channel", ImportedTicket.of(ID, BEGINNING.channel(""), ADA, START));
        others.put("tags", ImportedTicket.of(ID, BEGINNING.tags("a"), ADA, START));
        others.put("fields", ImportedTicket.of(ID, tagged, ADA, START));
        others.put("customer", ImportedTicket.of(ID, BEGINNING, BOB, START));
        others.put("who", talk(ID, 0).createdBy(JANE));
        others.put("when", ImportedTicket.of(ID, BEGINNING, ADA, START.plusNanos(1_000)));
        for (int stored : List.of(0, 2)) {
            assertThat(run(talk(ID, stored)).imported()).isEqualTo(1);
            String before = document();
            others.forEach((what, other) -> {
                for (int events : List.of(0, 2, 3)) {
                    Imports.Report report = run(other.events(talk(ID, events).events()));
                    assertThat(report.faults()).as(what).hasToString("[item 0, " + ID + ": beginning.diverged]");
                    assertThat(report.imported() + report.present()).as(what).isZero();
                }
            });
            assertThat(document()).isEqualTo(before);
        }
        assertThat(team.ada().on(ID).ticket().title()).isEqualTo("Title");
        assertThatThrownBy(() -> team.bob().on(ID).ticket()).isInstanceOf(TicketNotFound.class);
    }

    @Test
    void a_ticket_that_was_opened_here_keeps_its_place_too() {
        UUID id = team.ticket();
        assertThat(run(ImportedTicket.of(id, BEGINNING, BOB, START)).faults())
                .hasToString("[item 0, " + id + ": beginning.diverged]");
        assertThat(team.ada().on(id).ticket().title()).isEqualTo("Printer on fire");
        JsonValue document = team.tickets().documents().ticket(id).orElseThrow();
        team.jane().on(id).changeTitle("Printer smokes");
        team.jane().on(id).moveToCustomer(BOB);
        team.jane().on(id).tag("b", "a");
        team.jane().on(id).untag("b");
        JsonValue later = team.tickets().documents().ticket(id).orElseThrow();
        for (JsonValue one : List.of(later, later)) {
            assertThat(team.tickets().documents().importTickets(List.of(one).iterator()))
                    .isEqualTo(new Imports.Report(0, 1, List.of()));
        }
        assertThat(team.tickets().documents().importTickets(List.of(document).iterator()))
                .isEqualTo(new Imports.Report(0, 1, List.of()));
        assertThat(team.tickets().verify(id).discrepancies()).isEmpty();
    }

    @Test
    void each_part_of_a_stored_event_is_compared() {
        run(ticket(ID, h -> new TicketEvent.Message(secret(h), "Text", List.of())));
        Map<String, Function<TicketEvent.Header, TicketEvent>> others = new LinkedHashMap<>();
        others.put("content", h -> new TicketEvent.Message(secret(h), "Texts", List.of()));
        others.put("type", h -> new TicketEvent.NoteAdded(secret(h), "Text"));
        others.put("visibility", h -> new TicketEvent.Message(h, "Text", List.of()));
        others.put("time", h -> new TicketEvent.Message(at(secret(h), START), "Text", List.of()));
        others.put(
                "author",
                h -> new TicketEvent.Message(
                        by(secret(h), new Author(TOM, "Jane", "Smith", Role.AGENT)), "Text", List.of()));
        others.put(
                "name",
                h -> new TicketEvent.Message(
                        by(secret(h), new Author(JANE, "Jane", "Jones", Role.AGENT)), "Text", List.of()));
        others.put(
                "role",
                h -> new TicketEvent.Message(
                        by(secret(h), new Author(ADA, "Jane", "Smith", Role.CUSTOMER)), "Text", List.of()));
        others.put(
                "id",
                h -> new TicketEvent.Message(
                        new TicketEvent.Header(
                                UUID.randomUUID(),
                                ID,
                                1,
                                h.createdAt(),
                                AUTHOR,
                                secret(h).visibility()),
                        "Text",
                        List.of()));
        others.forEach((what, event) -> {
            assertThat(run(ticket(ID, event)).faults()).as(what).hasToString("[item 0, " + ID + ": events.diverged]");
            assertThat(run(ticket(ID, event, h -> new TicketEvent.Message(h, "More", List.of())))
                            .faults())
                    .as(what)
                    .hasToString("[item 0, " + ID + ": events.diverged]");
        });
        assertThat(team.jane().on(ID).ticket().version()).isEqualTo(1);
    }

    @Test
    void a_ticket_that_comes_twice_in_one_import_is_stored_once_and_grows() {
        Imports.Report report = team.tickets()
                .imports()
                .run(List.of(talk(ID, 1), talk(ID, 3), talk(ID, 2)).iterator());
        assertThat(report).isEqualTo(new Imports.Report(2, 1, List.of()));
        assertThat(team.jane().on(ID).ticket().version()).isEqualTo(3);
        assertThat(team.tickets().verifyAll().discrepancies()).isEmpty();
    }

    @Test
    void the_customers_numbers_go_on_whatever_a_host_has_registered_since() {
        Function<TicketEvent.Header, TicketEvent> escalated =
                h -> new TicketEvent.CustomEvent(h, "escalated", JsonValue.parse("{}"));
        TicketService knowing = TicketService.builder(database.connections())
                .eventType(CustomEventType.publicType("escalated", 1))
                .build();
        UUID other = UUID.randomUUID();
        ImportedTicket before = ticket(other, escalated);
        ImportedTicket after = ticket(other, escalated, h -> new TicketEvent.Message(h, "Text", List.of()), escalated);
        knowing.imports().run(List.of(before, ticket(ID, escalated)).iterator());
        assertThat(team.tickets().imports().run(List.of(after).iterator()).imported())
                .isEqualTo(1);
        assertThat(run(ticket(ID, escalated, h -> new TicketEvent.Message(h, "Text", List.of())))
                        .imported())
                .isEqualTo(1);
        assertThat(team.ada().on(other).history(PageRequest.oldestFirst(9)).items())
                .extracting(CustomerEvent::number)
                .containsExactly(2);
        assertThat(team.ada().on(other).ticket().version()).isEqualTo(2);
        assertThat(team.tickets().verifyAll().discrepancies()).isEmpty();
    }

    @Test
    void a_person_who_was_erased_is_not_named_again_by_an_import() {
        Author ada = new Author(ADA, "Ada", "Lovelace", Role.CUSTOMER);
        ImportedTicket one = ticket(ID, h -> new TicketEvent.Message(by(h, ada), "Text", List.of()));
        ImportedTicket two = ticket(
                ID,
                h -> new TicketEvent.Message(by(h, ada), "Text", List.of()),
                h -> new TicketEvent.Message(by(h, ada), "More", List.of()));
        run(one);
        team.tickets().admin(EVE).erase(ADA);
        assertThat(run(two)).isEqualTo(new Imports.Report(1, 0, List.of()));
        assertThat(run(two)).isEqualTo(new Imports.Report(0, 1, List.of()));
        assertThat(document()).doesNotContain("Ada", "Lovelace").contains("More");
        assertThat(team.tickets().verifyAll().discrepancies()).isEmpty();
    }

    private Imports.Report run(ImportedTicket ticket) {
        return team.tickets().imports().run(List.of(ticket).iterator());
    }

    private String document() {
        return team.tickets().documents().ticket(ID).orElseThrow().text();
    }
}
