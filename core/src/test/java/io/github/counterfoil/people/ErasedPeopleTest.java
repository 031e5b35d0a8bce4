package io.github.counterfoil.people;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.BOB;
import static io.github.counterfoil.testing.SupportTeam.EVE;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static io.github.counterfoil.testing.SupportTeam.TOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.desk.AdminDesk;
import io.github.counterfoil.error.Conflict;
import io.github.counterfoil.event.Author;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.imports.Imports;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.testing.Background;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.NewTicket;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who was erased stays erased, whatever is sent again, and whoever has taken the stand-in's address. */
@Tag("storage")
class ErasedPeopleTest {
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
    private static final UUID COMMAND = UUID.randomUUID();

    @AutoClose
    private final TestDatabase database = TestDatabase.withSchema();

    private final SupportTeam team = SupportTeam.in(database);
    private final People people = team.tickets().people();
    private final AdminDesk eve = team.tickets().admin(EVE);

    @Test
    void a_change_of_a_customer_that_is_sent_again_after_the_erasing_brings_no_name_back() {
        Customer.Changes changes =
                Customer.Changes.none().name("Augusta", "King").email("augusta@example.com");
        people.updateCustomer(ADA, changes, COMMAND);
        eve.erase(ADA);
        refused(ADA, () -> people.updateCustomer(ADA, changes, COMMAND));
        refused(ADA, () -> people.registerCustomer(NewCustomer.of(ADA, "ada@example.com", "Ada", "Lovelace")));
        eve.erase(ADA);
        nobodyIsNamed("ada@", "Augusta", "Lovelace");
    }

    @Test
    void a_change_of_a_worker_that_is_sent_again_after_the_erasing_brings_no_name_back() {
        Worker.Changes changes = Worker.Changes.none().name("Thomas", "Jones");
        people.updateWorker(TOM, changes, COMMAND);
        eve.deactivate(TOM);
        eve.erase(TOM);
        refused(TOM, () -> people.updateWorker(TOM, changes, COMMAND));
        refused(TOM, () -> people.registerWorker(NewWorker.of(TOM, "tom@example.com", "Tom", "Jones")));
        eve.erase(TOM);
        nobodyIsNamed("tom@", "Thomas", "Jones");
    }

    @Test
    void an_erased_worker_is_neither_reactivated_nor_given_a_role() {
        eve.deactivate(TOM);
        eve.erase(TOM);
        refused(TOM, () -> eve.reactivate(TOM));
        refused(TOM, () -> eve.changeRole(TOM, WorkerRole.ADMIN));
        assertThat(people.worker(TOM).orElseThrow().active()).isFalse();
        assertThat(people.worker(TOM).orElseThrow().role()).isEqualTo(WorkerRole.AGENT);
        assertThat(eve.deactivate(TOM)).isEmpty();
    }

    @Test
    void an_erased_person_does_not_come_back_on_the_other_side() {
        eve.erase(ADA);
        eve.deactivate(TOM);
        eve.erase(TOM);
        refused(ADA, () -> people.registerWorker(NewWorker.of(ADA, "ada@example.com", "Ada", "Lovelace")));
        refused(TOM, () -> people.registerCustomer(NewCustomer.of(TOM, "tom@example.com", "Tom", "Jones")));
        assertThat(people.worker(ADA)).isEmpty();
        assertThat(people.customer(TOM)).isEmpty();
    }

    @Test
    void a_registration_that_meets_an_erasing_is_erased_with_the_person_or_refused() throws Exception {
        try (Connection erasing = database.dataSource().getConnection()) {
            erasing.setAutoCommit(false);
            team.tickets().joining(erasing).admin(EVE).erase(ADA);
            CompletableFuture<Void> registering = Background.run(() ->
                    refused(ADA, () -> people.registerWorker(NewWorker.of(ADA, "ada@example.com", "Ada", "Lovelace"))));
            database.awaitWaiting();
            erasing.commit();
            registering.get(20, TimeUnit.SECONDS);
        }
        try (Connection registering = database.dataSource().getConnection()) {
            registering.setAutoCommit(false);
            team.tickets()
                    .joining(registering)
                    .people()
                    .registerWorker(NewWorker.of(BOB, "bob@example.com", "Bob", "Babbage"));
            CompletableFuture<Void> erasing = Background.run(() -> assertThatThrownBy(() -> eve.erase(BOB))
                    .isInstanceOfSatisfying(
                            Conflict.class, e -> assertThat(e.code()).isEqualTo("worker.active")));
            database.awaitWaiting();
            registering.commit();
            erasing.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void an_import_makes_no_erased_person_up_again() {
        eve.erase(ADA);
        Imports.Report report = imported(new Author(ADA, "Ada", "Lovelace", Role.AGENT));
        assertThat(report.imported()).isEqualTo(1);
        nobodyIsNamed("Lovelace");
        refused(ADA, () -> people.registerWorker(NewWorker.of(ADA, "ada@example.com", "Ada", "Lovelace")));
    }

    @Test
    void a_placeholder_that_was_erased_is_replaced_by_no_registration() {
        UUID gone = UUID.randomUUID();
        imported(new Author(gone, "Ada", "Lovelace", Role.AGENT));
        eve.erase(gone);
        NewWorker worker = NewWorker.of(gone, "ada@example.com", "Ada", "Lovelace");
        refused(gone, () -> people.registerWorker(worker));
        assertThat(people.worker(gone).orElseThrow().firstName()).isEqualTo("Erased");
    }

    @Test
    void documents_of_people_who_were_erased_are_present() {
        UUID gone = UUID.randomUUID();
        imported(new Author(gone, "Ada", "Lovelace", Role.AGENT));
        JsonValue ada = team.tickets().documents().customer(ADA).orElseThrow();
        JsonValue worker = team.tickets().documents().worker(gone).orElseThrow();
        eve.erase(ADA);
        eve.erase(gone);
        assertThat(team.tickets().documents().importCustomers(List.of(ada).iterator()))
                .isEqualTo(new Imports.Report(0, 1, List.of()));
        assertThat(team.tickets().documents().importWorkers(List.of(worker).iterator()))
                .isEqualTo(new Imports.Report(0, 1, List.of()));
        nobodyIsNamed("Lovelace");
    }

    @Test
    void erasing_is_not_kept_up_by_who_has_the_address_of_a_stand_in() {
        String taken = "@erased.invalid";
        people.registerCustomer(NewCustomer.of(UUID.randomUUID(), ADA + taken, "Mallory", "Smith"));
        people.registerWorker(NewWorker.of(UUID.randomUUID(), TOM + taken, "Mallory", "Smith"));
        eve.erase(ADA);
        eve.deactivate(TOM);
        eve.erase(TOM);
        assertThat(people.customer(ADA).orElseThrow().firstName()).isEqualTo("Erased");
        assertThat(people.worker(TOM).orElseThrow().firstName()).isEqualTo("Erased");
    }

    @Test
    void placeholders_are_not_kept_out_by_who_has_their_address() {
        for (Role role : Role.values()) {
            UUID gone = UUID.randomUUID();
            String taken = gone + "@placeholder.invalid";
            people.registerCustomer(NewCustomer.of(UUID.randomUUID(), taken, "Mallory", "Smith"));
            people.registerWorker(NewWorker.of(UUID.randomUUID(), taken, "Mallory", "Smith"));
            assertThat(imported(new Author(gone, "Grace", "Hopper", role)).imported())
                    .isEqualTo(1);
        }
    }

    private Imports.Report imported(Author author) {
        UUID id = UUID.randomUUID();
        TicketEvent.Header header = new TicketEvent.Header(UUID.randomUUID(), id, 1, START, author, Visibility.PUBLIC);
        ImportedTicket ticket = ImportedTicket.of(id, NewTicket.of("Title", "Text"), BOB, START)
                .events(List.of(new TicketEvent.Message(header, "Text", List.of())));
        return team.tickets()
                .imports()
                .run(List.of(ticket).iterator(), Imports.Options.standard().placeholders(true));
    }

    private static void refused(UUID person, Runnable call) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(Conflict.class, e -> {
            assertThat(e.code()).isEqualTo("person.erased");
            assertThat(e.id()).isEqualTo(person);
        });
    }

    private void nobodyIsNamed(String... names) {
        assertThat(database.value("select (select coalesce(jsonb_agg(t), '[]')::text from counterfoil.tickets t) "
                        + "|| (select jsonb_agg(c)::text from counterfoil.customers c) "
                        + "|| (select jsonb_agg(w)::text from counterfoil.workers w)"))
                .doesNotContainIgnoringCase(names)
                .contains("Erased", JANE.toString());
    }
}
