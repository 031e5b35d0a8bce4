package io.github.counterfoil.spi;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.BOB;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.desk.CommandResult.Outcome;
import io.github.counterfoil.error.DatabaseFailure;
import io.github.counterfoil.error.TicketNotFound;
import io.github.counterfoil.error.UnsuitableConnection;
import io.github.counterfoil.people.Customer;
import io.github.counterfoil.spi.ConnectionSource.TransactionOwner;
import io.github.counterfoil.testing.FaultyConnections;
import io.github.counterfoil.testing.SameConnection;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.testing.WithoutAutocommit;
import io.github.counterfoil.ticket.NewTicket;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Whose transaction a call belongs to, and who ends it. */
class TransactionOwnerTest {
    @AutoClose
    private final TestDatabase database = TestDatabase.withSchema();

    private final SupportTeam team = SupportTeam.in(database);
    private final UUID id = team.ticket();

    @Test
    void a_pool_without_autocommit_that_nobody_declared_is_refused_before_any_sql() {
        FaultyConnections pool = new FaultyConnections(new WithoutAutocommit(database.connections()));
        TicketService tickets = TicketService.builder(pool).build();
        for (Runnable call : List.<Runnable>of(
                () -> tickets.agent(JANE).on(id).ticket(),
                () -> tickets.agent(JANE).on(id).reply("Hello"),
                () -> tickets.people().customer(ADA),
                () -> tickets.people()
                        .updateCustomer(ADA, Customer.Changes.none().name("Augusta", "Lovelace")),
                () -> tickets.verifyAll(),
                () -> tickets.schema().verify(),
                () -> tickets.schema().apply())) {
            assertThatThrownBy(call::run)
                    .isInstanceOfSatisfying(
                            UnsuitableConnection.class,
                            e -> assertThat(e.code()).isEqualTo("connection.undeclared"))
                    .hasMessageContaining("TicketService.Builder.transactionOwner");
        }
        assertThat(pool.drainCalls()).containsOnly("getAutoCommit", "close");
        assertThat(pool.held()).isZero();
    }

    @Test
    void a_data_source_without_autocommit_is_refused_likewise() {
        TicketService tickets = TicketService.builder(new WithoutAutocommit(database.dataSource()))
                .build();
        assertThatThrownBy(() -> tickets.agent(JANE).on(id).reply("Hello")).isInstanceOf(UnsuitableConnection.class);
        assertThat(team.jane().on(id).ticket().version()).isZero();
    }

    @Test
    void a_pool_without_autocommit_stores_what_is_acknowledged() {
        TicketService tickets = TicketService.builder(new WithoutAutocommit(database.connections()))
                .transactionOwner(TransactionOwner.COUNTERFOIL)
                .build();
        assertThat(tickets.agent(JANE).on(id).reply("Hello").outcome()).isEqualTo(Outcome.APPLIED);
        UUID opened = tickets.customer(BOB).open(NewTicket.of("T", "D")).id();
        tickets.people().updateCustomer(ADA, Customer.Changes.none().name("Augusta", "Lovelace"));

        assertThat(team.jane().on(id).ticket().version()).isEqualTo(1);
        assertThat(team.bob().on(opened).ticket().title()).isEqualTo("T");
        assertThat(database.value("select first_name from counterfoil.customer where id = '" + ADA + "'"))
                .isEqualTo("Augusta");
    }

    @Test
    void a_source_without_autocommit_that_says_its_connections_are_ours_needs_no_declaration() {
        FaultyConnections pool = new FaultyConnections(new WithoutAutocommit(database.connections()))
                .owner(TransactionOwner.COUNTERFOIL);
        TicketService tickets = TicketService.builder(pool)
                .transactionOwner(TransactionOwner.HOST)
                .build();
        tickets.agent(JANE).on(id).reply("Hello");
        assertThat(team.jane().on(id).ticket().version()).isEqualTo(1);
        assertThat(pool.drainCalls())
                .as("autocommit stays as it is")
                .contains("commit")
                .doesNotContain("rollback")
                .noneMatch(call -> call.startsWith("setAutoCommit"));
    }

    @Test
    void the_schema_applied_over_a_pool_without_autocommit_is_there() {
        try (TestDatabase empty = TestDatabase.empty()) {
            TicketService tickets = TicketService.builder(new WithoutAutocommit(empty.connections()))
                    .transactionOwner(TransactionOwner.COUNTERFOIL)
                    .build();
            assertThat(tickets.schema().apply()).isNotEmpty();
            assertThat(tickets.schema().apply()).isEmpty();
            assertThat(tickets.schema().verify()).isEmpty();
            assertThat(empty.service().schema().verify()).isEmpty();
        }
    }

    @Test
    void the_schema_applied_on_a_connection_with_autocommit_leaves_it_on() throws SQLException {
        try (TestDatabase empty = TestDatabase.empty();
                Connection connection = empty.dataSource().getConnection()) {
            TicketService tickets =
                    TicketService.builder(new SameConnection(connection)).build();
            tickets.schema().apply();
            assertThat(connection.getAutoCommit()).isTrue();
            assertThat(empty.service().schema().verify()).isEmpty();
        }
    }

    @Test
    void what_is_refused_or_fails_on_a_connection_of_ours_leaves_no_transaction_behind() throws SQLException {
        database.execute("""
                create function refuse() returns trigger language plpgsql as 'begin raise exception ''no''; end';
                create constraint trigger refuse after insert on counterfoil.ticket_event
                  for each row when (new.type = 'note-added') execute function refuse();
                """);
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            TicketService tickets = TicketService.builder(new SameConnection(connection))
                    .transactionOwner(TransactionOwner.COUNTERFOIL)
                    .build();
            assertThatThrownBy(() -> tickets.agent(JANE).on(id).note("Hello")).isInstanceOf(DatabaseFailure.class);
            assertThat(transactionOpen()).isFalse();
            assertThatThrownBy(() -> tickets.agent(JANE).on(UUID.randomUUID()).ticket())
                    .isInstanceOf(TicketNotFound.class);
            assertThat(transactionOpen()).isFalse();
            tickets.agent(JANE).on(id).ticket();
            assertThat(transactionOpen()).isFalse();
            tickets.agent(JANE).on(id).reply("Hello");
            assertThat(transactionOpen()).isFalse();
            connection.rollback();
        }
        assertThat(team.jane().on(id).ticket().version()).isEqualTo(1);
    }

    @Test
    void a_hosts_transaction_is_never_ended_nor_its_autocommit_touched() throws SQLException {
        FaultyConnections host = new FaultyConnections(new WithoutAutocommit(database.connections()));
        try (Connection tx = host.open()) {
            SameConnection source = new SameConnection(tx);
            for (TicketService tickets : List.of(
                    team.tickets().joining(tx),
                    TicketService.builder(source)
                            .transactionOwner(TransactionOwner.HOST)
                            .build())) {
                tickets.agent(JANE).on(id).reply("Hello");
                tickets.agent(JANE).on(id).ticket();
                tickets.schema().apply();
                tickets.verifyAll();
                assertThatThrownBy(
                                () -> tickets.agent(JANE).on(UUID.randomUUID()).ticket())
                        .isInstanceOf(TicketNotFound.class);
            }
            assertThat(team.jane().on(id).ticket().version()).isZero();
            assertThat(host.drainCalls())
                    .doesNotContain("commit", "rollback", "close")
                    .noneMatch(call -> call.startsWith("setAutoCommit"));
            tx.commit();
        }
        assertThat(team.jane().on(id).ticket().version()).isEqualTo(2);
    }

    private boolean transactionOpen() {
        return !database.query("select 1 from pg_stat_activity where datname = current_database()"
                        + " and state like 'idle in transaction%'")
                .isEmpty();
    }
}
