package io.github.counterfoil.spi;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.EVE;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static io.github.counterfoil.testing.SupportTeam.TOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.github.counterfoil.TicketService;
import io.github.counterfoil.error.Unavailable;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.people.Customer;
import io.github.counterfoil.testing.FaultyConnections;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.TicketQuery;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A connection that says it is read-only gets reads; the driver itself enforces it only inside transactions. */
class ReadOnlyTest {
    @AutoClose
    private final TestDatabase database = TestDatabase.withSchema();

    private final SupportTeam team = SupportTeam.in(database);
    private final UUID id = team.ticket();

    @Test
    void a_pool_that_is_read_only_gives_reads() {
        try (HikariDataSource pool = database.pool(2)) {
            pool.setReadOnly(true);
            TicketService tickets = TicketService.builder(pool).build();
            assertThat(tickets.agent(JANE).on(id).ticket().id()).isEqualTo(id);
            assertThat(tickets.agent(JANE)
                            .on(id)
                            .history(PageRequest.oldestFirst(10))
                            .items())
                    .isEmpty();
            assertThat(tickets.agent(JANE)
                            .find(TicketQuery.all(), PageRequest.oldestFirst(10))
                            .items())
                    .hasSize(1);
            assertThat(tickets.agent(JANE).on(id).at(0).ticketId()).isEqualTo(id);
            assertThat(tickets.people().customer(ADA)).isPresent();
            assertThat(tickets.figures().worker(JANE, Instant.EPOCH, Instant.now()))
                    .isNotNull();
            assertThat(tickets.documents().ticket(id)).isPresent();
            assertThat(tickets.verifyAll().tickets()).isEqualTo(1);
            assertThat(tickets.schema().verify()).isEmpty();
        }
    }

    @Test
    void all_that_writes_is_refused_on_it_before_any_sql() {
        try (HikariDataSource pool = database.pool(2)) {
            pool.setReadOnly(true);
            FaultyConnections source = new FaultyConnections(pool);
            TicketService tickets = TicketService.builder(source).build();
            JsonValue customer = tickets.documents().customer(ADA).orElseThrow();
            source.drainCalls();
            for (Runnable call : List.<Runnable>of(
                    () -> tickets.agent(JANE).on(id).reply("Hello"),
                    () -> tickets.customer(ADA).open(NewTicket.of("T", "D")),
                    () -> tickets.agent(JANE).on(id).markRead(),
                    () -> tickets.customer(ADA).on(id).markRead(0),
                    () -> tickets.people().updateCustomer(ADA, Customer.Changes.none()),
                    () -> tickets.admin(EVE).deactivate(TOM),
                    () -> tickets.admin(EVE).erase(ADA),
                    () -> tickets.documents().importCustomers(List.of(customer).iterator()),
                    () -> tickets.documents().adopt("public"),
                    () -> tickets.schema().apply())) {
                assertThatThrownBy(call::run).isInstanceOfSatisfying(Unavailable.class, e -> {
                    assertThat(e.code()).isEqualTo("database.read_only");
                    assertThat(e.sqlState()).isEqualTo("25006");
                    assertThat(e.retryable()).isFalse();
                });
            }
            assertThat(source.drainCalls()).containsOnly("getAutoCommit", "isReadOnly", "close");
        }
        assertThat(team.jane().on(id).ticket().version()).isZero();
    }

    @Test
    void a_hosts_read_only_transaction_stays_usable_after_the_refusal() throws SQLException {
        try (Connection tx = database.dataSource().getConnection()) {
            tx.setAutoCommit(false);
            tx.setReadOnly(true);
            TicketService joined = team.tickets().joining(tx);
            assertThatThrownBy(() -> joined.agent(JANE).on(id).reply("Hello"))
                    .isInstanceOfSatisfying(
                            Unavailable.class,
                            e -> assertThat(e.transactionFailed()).isFalse());
            assertThat(joined.agent(JANE).on(id).ticket().version()).isZero();
            tx.commit();
        }
    }

    @Test
    void a_database_that_takes_no_writes_says_the_same() {
        database.execute("alter database " + database.value("select quote_ident(current_database())")
                + " set default_transaction_read_only = on");
        TicketService tickets = TicketService.builder(database.dataSource()).build();
        assertThatThrownBy(() -> tickets.agent(JANE).on(id).reply("Hello"))
                .isInstanceOfSatisfying(
                        Unavailable.class, e -> assertThat(e.code()).isEqualTo("database.read_only"));
        assertThatThrownBy(() -> tickets.agent(JANE).on(id).markRead())
                .isInstanceOfSatisfying(
                        Unavailable.class, e -> assertThat(e.code()).isEqualTo("database.read_only"));
        assertThatThrownBy(() -> tickets.documents().adopt("public"))
                .isInstanceOfSatisfying(
                        Unavailable.class, e -> assertThat(e.code()).isEqualTo("database.read_only"));
        assertThat(tickets.agent(JANE).on(id).ticket().version()).isZero();
    }
}
