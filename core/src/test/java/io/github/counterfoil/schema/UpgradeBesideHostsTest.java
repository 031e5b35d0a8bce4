package io.github.counterfoil.schema;

import static io.github.counterfoil.testing.SupportTeam.JANE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.error.Unavailable;
import io.github.counterfoil.people.NewCustomer;
import io.github.counterfoil.testing.Background;
import io.github.counterfoil.testing.SameConnection;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.NewTicket;
import java.sql.Connection;
import java.sql.Statement;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The newest numbered file comes to a schema on which a host's transaction has begun. */
class UpgradeBesideHostsTest {
    private TestDatabase database;
    /** Of a release that was running before. */
    private TicketService tickets;

    private UUID ticket;

    @BeforeEach
    void before() {
        database = TestDatabase.unused();
        ticket = SupportTeam.in(database).ticket();
        tickets = database.service();
        tickets.schema().require();
        tickets.agent(JANE).on(ticket).ticket();
        database.execute("drop index counterfoil.ticket_id_idx, counterfoil.customer_id_idx, counterfoil.worker_id_idx,"
                + " counterfoil.ticket_assignment_ticket_idx, counterfoil.ticket_feedback_ticket_idx,"
                + " counterfoil.ticket_event_note_idx, counterfoil.ticket_customer_unclosed_idx;"
                + " delete from counterfoil.schema_history where version = 23");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void who_wrote_a_person_goes_on_to_a_ticket_and_the_upgrade_comes_after_them() throws Exception {
        try (Connection host = database.dataSource().getConnection()) {
            host.setAutoCommit(false);
            TicketService joined = tickets.joining(host);
            UUID bob = UUID.randomUUID();
            joined.people().registerCustomer(NewCustomer.of(bob, "bob2@example.com", "Bob", "Stone"));
            CompletableFuture<Void> upgrade =
                    Background.run(() -> database.service().schema().apply());
            database.awaitWaiting();

            UUID opened =
                    joined.agent(JANE).open(bob, NewTicket.of("Title", "Text")).id();
            assertThat(tickets.agent(JANE).on(ticket).ticket().id())
                    .as("who reads goes on")
                    .isEqualTo(ticket);
            host.commit();

            upgrade.get(60, TimeUnit.SECONDS);
            assertThat(database.service().schema().verify()).isEmpty();
            assertThat(database.service().agent(JANE).on(opened).ticket().id()).isEqualTo(opened);
        }
    }

    @Test
    void an_upgrade_waits_no_longer_than_its_role_allows() throws Exception {
        try (Connection host = database.dataSource().getConnection();
                Connection upgrading = database.dataSource().getConnection();
                Statement settings = upgrading.createStatement()) {
            host.setAutoCommit(false);
            settings.execute("set lock_timeout = '500ms'");
            tickets.joining(host).agent(JANE).on(ticket).reply("Hello");
            Schema schema =
                    TicketService.builder(new SameConnection(upgrading)).build().schema();
            assertThatThrownBy(schema::apply).isInstanceOf(Unavailable.class).hasMessageContaining("database.busy");
            host.rollback();
            schema.apply();
            assertThat(schema.verify()).isEmpty();
        }
    }
}
