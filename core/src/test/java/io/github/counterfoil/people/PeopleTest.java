package io.github.counterfoil.people;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.BOB;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static io.github.counterfoil.testing.SupportTeam.TOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.error.Conflict;
import io.github.counterfoil.error.PersonNotFound;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.NewTicket;
import java.time.ZoneId;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Customers and workers, registered, read and updated. */
@Tag("storage")
class PeopleTest {
    @AutoClose
    private final TestDatabase database = TestDatabase.withSchema();

    private final SupportTeam team = SupportTeam.in(database);
    private final People people = team.tickets().people();

    @Test
    void a_customer_comes_back_as_registered() {
        UUID id = UUID.randomUUID();
        people.registerCustomer(
                NewCustomer.of(id, "Grace@Example.com", "Grace", "Hopper").preferredLanguage("en-US"));
        Customer grace = people.customer(id).orElseThrow();
        assertThat(grace.email()).isEqualTo("Grace@Example.com");
        assertThat(grace.preferredLanguage()).contains("en-US");
        assertThat(grace.communicationChannels()).isEmpty();
        assertThat(people.customer(UUID.randomUUID())).isEmpty();
        assertThat(people.worker(id)).isEmpty();
    }

    @Test
    void a_worker_comes_back_as_registered() {
        UUID id = UUID.randomUUID();
        JsonValue metrics = JsonValue.parse("{\"calls\": 12, \"score\": 1.50, \"by\": {\"b\": 1, \"a\": null}}");
        people.registerWorker(NewWorker.of(id, "grace@example.com", "Grace", "Hopper")
                .role(WorkerRole.ADMIN)
                .skills("technical", "billing")
                .languages("en", "es")
                .timezone(ZoneId.of("America/New_York"))
                .metrics(metrics));
        Worker grace = people.worker(id).orElseThrow();
        assertThat(grace.role()).isEqualTo(WorkerRole.ADMIN);
        assertThat(grace.skills()).containsExactly("technical", "billing");
        assertThat(grace.languages()).containsExactly("en", "es");
        assertThat(grace.timezone()).isEqualTo(ZoneId.of("America/New_York"));
        assertThat(grace.metrics()).isEqualTo(metrics);
        assertThat(grace.active()).isTrue();
    }

    @Test
    void a_person_may_be_customer_and_worker() {
        people.registerCustomer(NewCustomer.of(JANE, "jane@example.com", "Jane", "Smith"));
        UUID id = team.tickets()
                .customer(JANE)
                .open(NewTicket.of("My chair", "Squeaks"))
                .id();
        assertThat(team.jane().on(id).ticket().customerId()).isEqualTo(JANE);
    }

    @Test
    void an_id_or_an_email_is_taken_once_and_the_case_of_ascii_letters_does_not_count() {
        assertThatThrownBy(() -> people.registerCustomer(NewCustomer.of(ADA, "new@example.com", "A", "B")))
                .isInstanceOfSatisfying(
                        Conflict.class, e -> assertThat(e.code()).isEqualTo("person.exists"));
        assertThatThrownBy(
                        () -> people.registerCustomer(NewCustomer.of(UUID.randomUUID(), "ADA@example.COM", "A", "B")))
                .isInstanceOfSatisfying(
                        Conflict.class, e -> assertThat(e.code()).isEqualTo("email.taken"))
                .hasMessageNotContaining("ADA@");
        assertThatThrownBy(() -> people.registerWorker(NewWorker.of(UUID.randomUUID(), "Tom@example.com", "T", "J")))
                .isInstanceOf(Conflict.class);
        assertThatThrownBy(() -> people.updateWorker(JANE, Worker.Changes.none().email("TOM@example.com")))
                .isInstanceOf(Conflict.class);
        assertThatThrownBy(
                        () -> people.updateCustomer(ADA, Customer.Changes.none().email("BOB@example.com")))
                .isInstanceOf(Conflict.class);
        people.registerCustomer(NewCustomer.of(UUID.randomUUID(), "émile@example.com", "É", "Z"));
        people.registerCustomer(NewCustomer.of(UUID.randomUUID(), "Émile@example.com", "É", "Z"));
    }

    @Test
    void an_update_changes_what_it_names_and_nothing_else() {
        people.updateWorker(TOM, Worker.Changes.none().skills("api").timezone(ZoneId.of("Europe/Berlin")));
        Worker tom = people.worker(TOM).orElseThrow();
        assertThat(tom.skills()).containsExactly("api");
        assertThat(tom.timezone()).isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThat(tom.email()).isEqualTo("tom@example.com");
        people.updateCustomer(BOB, Customer.Changes.none().name("Robert", "Babbage"));
        assertThat(people.customer(BOB).orElseThrow().email()).isEqualTo("bob@example.com");
        assertThat(people.customer(BOB).orElseThrow().firstName()).isEqualTo("Robert");
        assertThatThrownBy(() -> people.updateWorker(ADA, Worker.Changes.none().name("A", "B")))
                .isInstanceOf(PersonNotFound.class);
    }

    @Test
    void a_host_registers_its_first_administrator_and_an_update_leaves_the_role_alone() {
        UUID id = UUID.randomUUID();
        people.registerWorker(
                NewWorker.of(id, "root@example.com", "Ruth", "Root").role(WorkerRole.ADMIN));
        people.updateWorker(
                id,
                Worker.Changes.none()
                        .email("ruth@example.com")
                        .name("Ruth", "Roth")
                        .skills("api")
                        .languages("de")
                        .timezone(ZoneId.of("Europe/Berlin"))
                        .metrics(JsonValue.ofObject(Map.of("solved", JsonValue.of(1)))));
        Worker ruth = people.worker(id).orElseThrow();
        assertThat(ruth.email()).isEqualTo("ruth@example.com");
        assertThat(ruth.languages()).containsExactly("de");
        assertThat(ruth.role()).isEqualTo(WorkerRole.ADMIN);
    }

    @Test
    void a_changed_email_moves_with_all_tickets_and_moves_no_right() {
        UUID id = team.ticket();
        people.updateCustomer(ADA, Customer.Changes.none().email("ada@lovelace.example"));
        people.updateCustomer(BOB, Customer.Changes.none().email("ada@example.com"));
        assertThat(team.jane().on(id).ticket().customerEmail()).isEqualTo("ada@lovelace.example");
        assertThat(database.value("select customer_email from counterfoil.tickets"))
                .isEqualTo("ada@lovelace.example");
        assertThat(team.ada().on(id).ticket().id()).isEqualTo(id);
        assertThatThrownBy(() -> team.bob().on(id).ticket()).hasMessage("no ticket " + id);
    }

    @Test
    void an_event_names_its_author_as_they_were_called_then() {
        UUID id = team.ticket();
        team.jane().on(id).note("Before");
        people.updateWorker(JANE, Worker.Changes.none().name("Jane", "Jones"));
        team.jane().on(id).note("After");
        assertThat(database.query("select e ->> 'created_by_last_name' from counterfoil.tickets, "
                        + "jsonb_array_elements(ticket_history -> 'events') e"))
                .containsExactly("Smith", "Jones");
    }

    @Test
    void no_value_of_people_or_tickets_prints_what_it_holds() {
        UUID id = team.ticket();
        for (Object value : new Object[] {
            people.customer(ADA).orElseThrow(),
            people.worker(JANE).orElseThrow(),
            team.jane().on(id).ticket(),
            team.ada().on(id).ticket(),
            NewTicket.of("Printer on fire", "It burns."),
            NewCustomer.of(ADA, "ada@example.com", "Ada", "Lovelace"),
            NewWorker.of(JANE, "jane@example.com", "Jane", "Smith"),
            team.jane().on(id).note("It burns."),
            team.jane().on(id).setField("fire", "Printer on fire"),
            team.ada().on(id).reply("It burns."),
        }) {
            assertThat(value.toString()).doesNotContain("burns", "fire", "Ada", "Love", "Jane", "Smith", "example.com");
        }
    }
}
