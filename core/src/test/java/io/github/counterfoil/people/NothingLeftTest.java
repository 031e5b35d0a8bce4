package io.github.counterfoil.people;

import static io.github.counterfoil.testing.SupportTeam.EVE;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.desk.AdminDesk;
import io.github.counterfoil.error.NotAllowed;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.testing.Background;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.testing.TextSearch;
import io.github.counterfoil.ticket.NewTicket;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What was taken out is nowhere in the database, and what others stored meanwhile is all there. A backup is searched too where
 * {@code -Dcounterfoil.pg_dump} names the tool.
 */
@Tag("storage")
class NothingLeftTest {
    private static final int ROUNDS = Integer.getInteger("counterfoil.rounds", 100);
    private static final @Nullable String PG_DUMP = System.getProperty("counterfoil.pg_dump");

    @AutoClose
    private final TestDatabase database = TestDatabase.withSchema();

    private final SupportTeam team = SupportTeam.in(database);
    private final AdminDesk eve = team.tickets().admin(EVE);

    @Test
    void four_write_while_one_of_them_is_erased_and_no_name_is_left() throws Exception {
        AtomicInteger stored = new AtomicInteger();
        for (int round = 0; round < ROUNDS; round++) {
            UUID customer = customer("Xenops" + round, "Finch", id -> {});
            UUID first = open(customer);
            UUID second = open(customer);
            AtomicBoolean over = new AtomicBoolean();
            List<CompletableFuture<Void>> repliers = List.of(
                    replier(
                            over,
                            () -> team.tickets().customer(customer).on(first).reply("Text"),
                            stored),
                    replier(
                            over,
                            () -> team.tickets().customer(customer).on(first).reply("Text"),
                            stored),
                    replier(
                            over,
                            () -> team.tickets().customer(customer).on(second).reply("Text"),
                            stored),
                    replier(over, () -> team.jane().on(second).note("Text"), stored));
            eve.erase(customer);
            over.set(true);
            for (CompletableFuture<Void> replier : repliers) {
                replier.get(20, TimeUnit.SECONDS);
            }
            assertThat(database.value("select count(*) from counterfoil.ticket_event where created_by = '" + customer
                            + "' and (created_by_first_name, created_by_last_name) <> ('Erased', 'Customer')"))
                    .as("round %d", round)
                    .isEqualTo("0");
        }
        assertThat(database.value("select count(*) from counterfoil.ticket_event"))
                .isEqualTo(Integer.toString(stored.get()));
        assertThat(team.tickets().verifyAll().discrepancies()).isEmpty();
        assertThat(database.deadlocks()).isEqualTo("0");
        nowhere(List.of("Xenops", "Finch"));
    }

    private static CompletableFuture<Void> replier(AtomicBoolean over, Runnable reply, AtomicInteger stored) {
        return Background.run(() -> {
            do {
                try {
                    reply.run();
                } catch (NotAllowed e) {
                    // Who was erased writes nothing any more.
                    assertThat(e.code()).isEqualTo("actor.blocked");
                    return;
                }
                stored.incrementAndGet();
            } while (!over.get());
        });
    }

    @Test
    void a_person_who_was_erased_is_in_no_column_of_any_table() {
        UUID customer = customer(
                "Quetzal",
                "Zeisig",
                id -> team.tickets()
                        .people()
                        .updateCustomer(id, Customer.Changes.none().preferredLanguage("tlh")));
        UUID worker = UUID.randomUUID();
        team.tickets()
                .people()
                .registerWorker(NewWorker.of(worker, "kolibri@example.com", "Kolibri", "Pirol")
                        .skills("falconry")
                        .languages("tlh"));
        UUID id = open(customer);
        team.tickets().customer(customer).on(id).reply("Text");
        team.tickets().agent(worker).on(id).reply("Text");
        team.jane().on(id).assign(worker);
        team.jane().on(id).close();
        imported(id);
        database.execute("insert into counterfoil.adoption_problem values ('customers', gen_random_uuid(),"
                + " '{\"email\": \"quetzal@example.com\"}', '{}')");
        for (String canary : List.of("quetzal", "zeisig", "kolibri", "pirol", "falconry", "tlh")) {
            assertThat(TextSearch.hostsTables(database, canary)).as(canary).isNotEmpty();
        }

        eve.erase(customer);
        eve.deactivate(worker);
        eve.erase(worker);
        nowhere(List.of("Quetzal", "Zeisig", "Kolibri", "Pirol", "falconry", "tlh"));
        assertThat(team.tickets().verifyAll().discrepancies()).isEmpty();
    }

    /** With members that Counterfoil does not know. */
    private void imported(UUID id) {
        String document = team.tickets()
                .documents()
                .ticket(id)
                .orElseThrow()
                .text()
                .replace(id.toString(), UUID.randomUUID().toString())
                .replaceFirst("\"counterfoil_number\": ?\\d+", "\"counterfoil_number\": null")
                .replaceAll(
                        "(\"type\": ?\"message\")", "$1, \"from\": \"quetzal@example.com\", \"to\": \"Kolibri Pirol\"");
        assertThat(team.tickets()
                        .documents()
                        .importTickets(List.of(JsonValue.parse(document)).iterator())
                        .imported())
                .isEqualTo(1);
    }

    @Test
    void a_ticket_that_was_purged_is_in_no_column_of_any_table() {
        UUID customer = customer("Wagtail", "Byron", id -> {});
        TicketService tickets = team.tickets();
        UUID id = tickets.customer(customer)
                .open(NewTicket.of("Quetzal", "Zeisig").channel("web"))
                .id();
        tickets.customer(customer).on(id).reply("Kolibri");
        team.jane().on(id).note("Pirol");
        team.jane().on(id).assign(JANE);
        team.jane().on(id).setField("field", "Falcon");
        team.jane().on(id).tag("Heron");
        team.jane().on(id).close();
        tickets.customer(customer).on(id).rate(1, "Osprey");
        database.execute("insert into counterfoil.adoption_problem select 'tickets', id, to_jsonb(t), '{}'"
                + " from counterfoil.tickets t");
        List<String> canaries = List.of("Quetzal", "Zeisig", "Kolibri", "Pirol", "Falcon", "Heron", "Osprey");
        for (String canary : canaries) {
            assertThat(TextSearch.hostsTables(database, canary)).as(canary).isNotEmpty();
        }
        eve.purge(id, UUID.randomUUID());
        nowhere(canaries);
    }

    private interface Registered {
        void also(UUID customer);
    }

    private UUID customer(String first, String last, Registered registered) {
        UUID id = UUID.randomUUID();
        team.tickets()
                .people()
                .registerCustomer(NewCustomer.of(id, first.toLowerCase(Locale.ROOT) + "@example.com", first, last));
        registered.also(id);
        return id;
    }

    private UUID open(UUID customer) {
        return team.tickets()
                .customer(customer)
                .open(NewTicket.of("Title", "Text"))
                .id();
    }

    private void nowhere(List<String> canaries) {
        // What PostgreSQL keeps of values to plan by goes with the next of these.
        database.execute("analyze");
        for (String canary : canaries) {
            assertThat(TextSearch.tables(database, canary)).as(canary).isEmpty();
        }
        if (PG_DUMP != null) {
            String dump = database.dump(PG_DUMP).toLowerCase(Locale.ROOT);
            assertThat(dump).contains("copy counterfoil.ticket_event");
            for (String canary : canaries) {
                assertThat(TextSearch.forms(canary)).as(canary).noneMatch(dump::contains);
            }
        }
    }
}
