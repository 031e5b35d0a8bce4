package io.github.counterfoil.people;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.EVE;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static io.github.counterfoil.testing.SupportTeam.TOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.error.NotAllowed;
import io.github.counterfoil.error.Unavailable;
import io.github.counterfoil.event.Author;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.testing.Background;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.NewTicket;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Erasing a person while somebody writes under their name. */
@Tag("storage")
class ErasingTest {
    @AutoClose
    private final TestDatabase database = TestDatabase.withSchema();

    private final SupportTeam team = SupportTeam.in(database);
    private final UUID ticket = team.ticket();

    @Test
    void erasing_waits_for_what_a_customer_is_writing() throws Exception {
        erasingWaitsFor(ADA, joined -> joined.customer(ADA).on(ticket).reply("Hello?"));
    }

    @Test
    void erasing_waits_for_what_an_agent_is_writing() throws Exception {
        try (Connection writing = begin(Connection.TRANSACTION_READ_COMMITTED)) {
            team.tickets().joining(writing).agent(TOM).on(ticket).reply("Hello?");
            team.tickets().admin(EVE).deactivate(TOM);
            CompletableFuture<Void> erasing =
                    Background.run(() -> team.tickets().admin(EVE).erase(TOM));
            database.awaitWaiting();
            writing.commit();
            erasing.get(20, TimeUnit.SECONDS);
        }
        assertThat(names()).containsExactly("Erased Worker");
    }

    @Test
    void erasing_waits_for_what_is_being_imported() throws Exception {
        UUID id = UUID.randomUUID();
        Instant at = Instant.parse("2024-01-01T00:00:00Z");
        TicketEvent.Header header = new TicketEvent.Header(
                UUID.randomUUID(), id, 1, at, new Author(ADA, "Ada", "Lovelace", Role.CUSTOMER), Visibility.PUBLIC);
        ImportedTicket imported = ImportedTicket.of(id, NewTicket.of("Title", "Text"), ADA, at)
                .events(List.of(new TicketEvent.Message(header, "Text", List.of())));
        erasingWaitsFor(ADA, joined -> joined.imports().run(List.of(imported).iterator()));
    }

    private void erasingWaitsFor(UUID personId, Consumer<TicketService> work) throws Exception {
        try (Connection writing = begin(Connection.TRANSACTION_READ_COMMITTED)) {
            work.accept(team.tickets().joining(writing));
            CompletableFuture<Void> erasing =
                    Background.run(() -> team.tickets().admin(EVE).erase(personId));
            database.awaitWaiting();
            writing.commit();
            erasing.get(20, TimeUnit.SECONDS);
        }
        assertThat(names()).containsExactly("Erased Customer");
    }

    @Test
    void what_comes_while_a_customer_is_erased_is_refused() throws Exception {
        try (Connection erasing = begin(Connection.TRANSACTION_READ_COMMITTED)) {
            team.tickets().joining(erasing).admin(EVE).erase(ADA);
            CompletableFuture<Void> writing =
                    Background.run(() -> refused(() -> team.ada().on(ticket).reply("Hello?")));
            database.awaitWaiting();
            erasing.commit();
            writing.get(20, TimeUnit.SECONDS);
        }
        assertThat(names()).isEmpty();
    }

    @Test
    void a_snapshot_from_before_the_erasing_names_nobody() throws Exception {
        for (int isolation : List.of(Connection.TRANSACTION_REPEATABLE_READ, Connection.TRANSACTION_SERIALIZABLE)) {
            UUID customer = UUID.randomUUID();
            team.tickets()
                    .people()
                    .registerCustomer(NewCustomer.of(customer, customer + "@example.com", "Old", "Name"));
            UUID id = team.tickets()
                    .customer(customer)
                    .open(NewTicket.of("Title", "Text"))
                    .id();
            try (Connection writing = begin(isolation)) {
                TicketService joined = team.tickets().joining(writing);
                joined.customer(customer).on(id).ticket();
                team.tickets().admin(EVE).erase(customer);
                assertThatThrownBy(() -> joined.customer(customer).on(id).reply("Hello?"))
                        .isInstanceOfSatisfying(
                                Unavailable.class,
                                e -> assertThat(e.retryable()).isTrue());
                writing.rollback();
                refused(() -> joined.customer(customer).on(id).reply("Hello?"));
            }
        }
        assertThat(names()).isEmpty();
    }

    @Test
    void others_go_on_while_erasing_waits() throws Exception {
        try (Connection writing = begin(Connection.TRANSACTION_READ_COMMITTED)) {
            team.tickets().joining(writing).customer(ADA).on(ticket).reply("Hello?");
            CompletableFuture<Void> erasing =
                    Background.run(() -> team.tickets().admin(EVE).erase(ADA));
            database.awaitWaiting();
            UUID other = team.bob().open(NewTicket.of("Title", "Text")).id();
            Background.run(() -> {
                        team.tickets().agent(JANE).on(other).reply("Text");
                        team.bob().on(other).reply("Text");
                        team.tickets().agent(JANE).on(other).assign(TOM);
                    })
                    .get(20, TimeUnit.SECONDS);
            assertThat(erasing).isNotDone();
            writing.commit();
            erasing.get(20, TimeUnit.SECONDS);
        }
    }

    private static void refused(ThrowingCallable writing) {
        assertThatThrownBy(writing)
                .isInstanceOfSatisfying(
                        NotAllowed.class, e -> assertThat(e.code()).isEqualTo("actor.blocked"));
    }

    private List<String> names() {
        return database.query(
                "select distinct created_by_first_name || ' ' || created_by_last_name from counterfoil.ticket_event");
    }

    private Connection begin(int isolation) throws SQLException {
        Connection connection = database.dataSource().getConnection();
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(isolation);
        return connection;
    }
}
