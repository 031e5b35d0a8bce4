package io.github.counterfoil.people;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.EVE;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.event.Author;
import io.github.counterfoil.event.CustomerEvent;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.imports.Imports;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.NewTicket;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** People with one name. */
@Tag("storage")
class OneNameTest {
    private static final UUID CHER = UUID.fromString("00000000-0000-4000-8000-00000000c4e7");
    private static final UUID PRINCE = UUID.fromString("00000000-0000-4000-8000-0000000014ce");

    @AutoClose
    private final TestDatabase database = TestDatabase.withSchema();

    private final SupportTeam team = SupportTeam.in(database);
    private final People people = team.tickets().people();

    private void register() {
        people.registerCustomer(NewCustomer.of(CHER, "cher@example.com", "Cher", ""));
        people.registerWorker(NewWorker.of(PRINCE, "prince@example.com", "Prince", ""));
    }

    @Test
    void who_has_one_name_is_shown_without_a_blank_to_customers_and_agents() {
        register();
        UUID id = team.tickets()
                .customer(CHER)
                .open(NewTicket.of("Title", "Text"))
                .id();
        team.tickets().customer(CHER).on(id).reply("Hello?");
        team.tickets().agent(PRINCE).on(id).reply("Yes?");
        team.jane().on(id).assign(PRINCE);
        team.jane().on(id).assign(JANE);
        List<CustomerEvent> events = team.tickets()
                .customer(CHER)
                .on(id)
                .history(PageRequest.oldestFirst(10))
                .items();
        assertThat(events).extracting(CustomerEvent::authorName).contains("Cher", "Prince", "Jane Smith");
        assertThat(events)
                .filteredOn(CustomerEvent.AssignmentAdded.class::isInstance)
                .extracting(event -> ((CustomerEvent.AssignmentAdded) event).agentName())
                .containsExactly("Prince", "Jane Smith");
        assertThat(team.tickets().customer(CHER).on(id).ticket().assignedTo()).containsExactly("Prince", "Jane Smith");
        assertThat(database.value("select last_name from counterfoil.customers where email = 'cher@example.com'"))
                .isEmpty();
        assertThat(database.value("select last_name from counterfoil.workers where email = 'prince@example.com'"))
                .isEmpty();
        assertThat(team.tickets().verifyAll().discrepancies()).isEmpty();
    }

    @Test
    void a_name_can_be_changed_to_one_and_back() {
        people.updateCustomer(ADA, Customer.Changes.none().name("Ada", ""));
        assertThat(people.customer(ADA).orElseThrow().lastName()).isEmpty();
        people.updateWorker(JANE, Worker.Changes.none().name("Jane", ""));
        assertThat(people.worker(JANE).orElseThrow().lastName()).isEmpty();
        people.updateWorker(JANE, Worker.Changes.none().name("Jane", "Smith"));
        assertThat(people.worker(JANE).orElseThrow().lastName()).isEqualTo("Smith");
    }

    @Test
    void a_last_name_is_empty_or_one_and_a_first_name_is_always_there() {
        refused("last_name.blank", () -> people.registerCustomer(NewCustomer.of(CHER, "c@example.com", "Cher", " ")));
        refused("first_name.blank", () -> people.registerCustomer(NewCustomer.of(CHER, "c@example.com", "", "Cher")));
        refused(
                "first_name.blank",
                () -> people.updateWorker(JANE, Worker.Changes.none().name("", "")));
        refused(
                "last_name.untrimmed",
                () -> people.updateWorker(JANE, Worker.Changes.none().name("Jane", "S ")));
    }

    private static void refused(String fault, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        e -> assertThat(e.faults())
                                .extracting(one -> one.field() + "." + one.code())
                                .containsExactly(fault));
    }

    @Test
    void documents_and_imports_bring_one_name_in_without_a_remark() {
        register();
        UUID id = team.tickets()
                .customer(CHER)
                .open(NewTicket.of("Title", "Text"))
                .id();
        team.tickets().customer(CHER).on(id).reply("Hello?");
        JsonValue ticket = team.tickets().documents().ticket(id).orElseThrow();
        JsonValue customer = team.tickets().documents().customer(CHER).orElseThrow();
        JsonValue worker = team.tickets().documents().worker(PRINCE).orElseThrow();
        try (TestDatabase elsewhere = TestDatabase.withSchema()) {
            TicketService others = elsewhere.service();
            Imports.Report none = new Imports.Report(1, 0, List.of());
            assertThat(others.documents().importCustomers(List.of(customer).iterator()))
                    .isEqualTo(none);
            assertThat(others.documents().importWorkers(List.of(worker).iterator()))
                    .isEqualTo(none);
            assertThat(others.documents().importTickets(List.of(ticket).iterator()))
                    .isEqualTo(none);
            assertThat(others.documents().ticket(id)).contains(ticket);
            assertThat(others.people().customer(CHER).orElseThrow().lastName()).isEmpty();
        }
    }

    @Test
    void whom_an_import_makes_up_may_have_one_name() {
        UUID id = UUID.randomUUID();
        Instant at = Instant.parse("2024-01-01T00:00:00Z");
        TicketEvent.Header header = new TicketEvent.Header(
                UUID.randomUUID(), id, 1, at, new Author(PRINCE, "Prince", "", Role.AGENT), Visibility.PUBLIC);
        Imports.Report report = team.tickets()
                .imports()
                .run(
                        List.of(ImportedTicket.of(id, NewTicket.of("Title", "Text"), ADA, at)
                                        .events(List.of(new TicketEvent.Message(header, "Text", List.of()))))
                                .iterator(),
                        Imports.Options.standard().placeholders(true));
        assertThat(report.imported()).isEqualTo(1);
        assertThat(people.worker(PRINCE).orElseThrow().lastName()).isEmpty();
        assertThat(team.ada().on(id).history(PageRequest.oldestFirst(1)).items())
                .extracting(CustomerEvent::authorName)
                .containsExactly("Prince");
    }

    @Test
    void an_erased_person_of_one_name_is_named_as_others_are() {
        register();
        UUID id = team.tickets()
                .customer(CHER)
                .open(NewTicket.of("Title", "Text"))
                .id();
        team.tickets().customer(CHER).on(id).reply("Hello?");
        team.tickets().admin(EVE).erase(CHER);
        assertThat(team.tickets()
                        .customer(CHER)
                        .on(id)
                        .history(PageRequest.oldestFirst(1))
                        .items())
                .extracting(CustomerEvent::authorName)
                .containsExactly("Erased Customer");
    }
}
