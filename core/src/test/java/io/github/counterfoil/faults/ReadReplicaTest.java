package io.github.counterfoil.faults;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.BOB;
import static io.github.counterfoil.testing.SupportTeam.EVE;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.command.Command;
import io.github.counterfoil.desk.AgentDesk;
import io.github.counterfoil.error.Refusal;
import io.github.counterfoil.error.TicketNotFound;
import io.github.counterfoil.error.Unavailable;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.people.NewCustomer;
import io.github.counterfoil.people.NewWorker;
import io.github.counterfoil.spi.ConnectionSource.TransactionOwner;
import io.github.counterfoil.testing.LogCapture;
import io.github.counterfoil.testing.SameConnection;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.Waiting;
import io.github.counterfoil.ticket.CustomerTicketSummary;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.TicketQuery;
import io.github.counterfoil.ticket.TicketStatus;
import io.github.counterfoil.ticket.TicketSummary;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** Lists and histories from a server that follows another, and is made to lag behind it. */
class ReadReplicaTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final PageRequest ALL = PageRequest.oldestFirst(100);

    @TempDir
    private static Path folder;

    private static OwnServer primary;
    private static OwnServer standby;
    private static TicketService tickets;
    private static SupportTeam team;

    private UUID id;

    @BeforeAll
    static void open() {
        primary = OwnServer.in(folder.resolve("primary"));
        standby = primary.standby(folder.resolve("standby"));
        tickets = service();
        tickets.schema().apply();
        team = SupportTeam.registered(tickets);
    }

    private static TicketService service() {
        return TicketService.builder(dataSource(primary))
                .readReplica(dataSource(standby))
                .build();
    }

    /** One that has looked at the schema, and of which no replica was away. */
    private static TicketService freshService() {
        TicketService fresh = service();
        fresh.agent(JANE).find(TicketQuery.all(), ALL);
        return fresh;
    }

    @AfterAll
    static void close() {
        standby.close();
        primary.close();
    }

    @BeforeEach
    void openTicket() {
        id = team.ticket();
        team.jane().on(id).assign(JANE);
        awaitReplay();
        standby.execute("postgres", "select pg_wal_replay_pause()");
        Waiting.require(
                "the pause",
                SOON,
                () -> standby.query("postgres", "select pg_get_wal_replay_pause_state()")
                        .equals(List.of("paused")));
    }

    @AfterEach
    void goOn() {
        standby.execute("postgres", "select pg_wal_replay_resume()");
    }

    private static DataSource dataSource(OwnServer server) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(server.url("postgres"));
        return dataSource;
    }

    private static void awaitReplay() {
        String written =
                primary.query("postgres", "select pg_current_wal_flush_lsn()").get(0);
        Waiting.require(
                "the replay",
                SOON,
                () -> standby.query("postgres", "select pg_last_wal_replay_lsn() >= '" + written + "'")
                        .equals(List.of("t")));
    }

    private static List<String> types(TicketService service, UUID ticketId) {
        return service.agent(JANE).on(ticketId).history(ALL).items().stream()
                .map(TicketEvent::type)
                .toList();
    }

    private static TicketStatus listed(TicketService service, UUID ticketId) {
        return service.agent(JANE).find(TicketQuery.all(), ALL).items().stream()
                .filter(ticket -> ticket.id().equals(ticketId))
                .map(TicketSummary::status)
                .findFirst()
                .orElseThrow();
    }

    private static TicketStatus listedToCustomer(TicketService service, UUID ticketId) {
        return service.customer(ADA).find(TicketQuery.all(), ALL).items().stream()
                .filter(ticket -> ticket.id().equals(ticketId))
                .map(CustomerTicketSummary::status)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void lists_and_histories_are_the_replicas_and_everything_else_is_the_primarys() {
        AgentDesk jane = team.jane();
        jane.on(id).reply("Unplug it.");
        jane.on(id).close();

        assertThat(types(tickets, id)).containsExactly("assignment-added", "status-update");
        assertThat(team.ada().on(id).history(ALL).items()).hasSize(2);
        assertThat(listed(tickets, id)).isEqualTo(TicketStatus.OPEN);
        assertThat(listedToCustomer(tickets, id)).isEqualTo(TicketStatus.OPEN);

        assertThat(jane.on(id).ticket().status()).isEqualTo(TicketStatus.CLOSED);
        assertThat(team.ada().on(id).ticket().status()).isEqualTo(TicketStatus.CLOSED);
        assertThat(jane.on(id).findTicket().orElseThrow().version()).isEqualTo(4);
        assertThat(jane.on(id).ticketWithHistory(ALL).history().items()).hasSize(4);
        assertThat(jane.on(id).at(4).status()).isEqualTo(TicketStatus.CLOSED);
        assertThat(tickets.documents().ticket(id).orElseThrow().text()).contains("Unplug it.");
        assertThat(tickets.figures()
                        .worker(JANE, Instant.EPOCH, Instant.now().plusSeconds(60))
                        .resolved())
                .isPositive();
        assertThat(tickets.verify(id).discrepancies()).isEmpty();

        assertThat(types(tickets.primary(), id)).hasSize(4);
        assertThat(listed(tickets.primary(), id)).isEqualTo(TicketStatus.CLOSED);
        assertThat(listedToCustomer(tickets.primary(), id)).isEqualTo(TicketStatus.CLOSED);

        goOn();
        awaitReplay();
        assertThat(types(tickets, id)).hasSize(4);
        assertThat(listed(tickets, id)).isEqualTo(TicketStatus.CLOSED);
    }

    @Test
    void a_page_goes_on_where_the_other_server_ended_one() {
        PageRequest one = PageRequest.oldestFirst(1);
        String cursor = tickets.agent(JANE).on(id).history(one).next().orElseThrow();
        assertThat(tickets.primary()
                        .agent(JANE)
                        .on(id)
                        .history(one.after(cursor))
                        .items())
                .singleElement()
                .extracting(TicketEvent::type)
                .isEqualTo("status-update");
    }

    @Test
    void what_the_replica_does_not_know_yet_the_primary_answers() {
        UUID late = team.ticket();
        assertThat(tickets.customer(ADA).on(late).history(ALL).items()).isEmpty();
        UUID worker = UUID.randomUUID();
        tickets.people().registerWorker(NewWorker.of(worker, worker + "@example.com", "Wu", "New"));
        assertThat(tickets.agent(worker).find(TicketQuery.all(), ALL).items()).isNotEmpty();
        assertThat(tickets.agent(worker).on(id).history(ALL).items()).hasSize(2);
        UUID customer = UUID.randomUUID();
        tickets.people().registerCustomer(NewCustomer.of(customer, customer + "@example.com", "Cy", "New"));
        assertThat(tickets.customer(customer).find(TicketQuery.all(), ALL).items())
                .isEmpty();
    }

    @Test
    void a_refusal_is_the_primarys() {
        assertThatThrownBy(() -> tickets.customer(BOB).on(id).history(ALL)).isInstanceOf(TicketNotFound.class);
        assertThatThrownBy(() -> tickets.customer(BOB).on(UUID.randomUUID()).history(ALL))
                .isInstanceOf(TicketNotFound.class);
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> tickets.agent(UUID.randomUUID()).find(TicketQuery.all(), ALL))
                .satisfies(e -> assertThat(e.code()).isEqualTo("actor.unknown"));
    }

    @Test
    void rights_at_the_replica_are_as_old_as_its_lag_and_commands_judge_by_the_primarys() {
        UUID worker = UUID.randomUUID();
        tickets.people().registerWorker(NewWorker.of(worker, worker + "@example.com", "Wu", "Gone"));
        goOn();
        awaitReplay();
        openTicket();
        tickets.admin(EVE).deactivate(worker);
        team.jane().on(id).moveToCustomer(BOB);

        assertThat(tickets.agent(worker).find(TicketQuery.all(), ALL).items()).isNotEmpty();
        assertThat(tickets.customer(ADA).on(id).history(ALL).items()).hasSize(2);
        assertThatThrownBy(() -> tickets.agent(worker).on(id).reply("No.")).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> tickets.agent(worker).on(id).ticket()).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> tickets.customer(ADA).on(id).ticket()).isInstanceOf(TicketNotFound.class);

        goOn();
        awaitReplay();
        assertThatThrownBy(() -> tickets.agent(worker).find(TicketQuery.all(), ALL))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> tickets.customer(ADA).on(id).history(ALL)).isInstanceOf(TicketNotFound.class);
    }

    @Test
    void a_replica_that_is_down_is_not_missed() {
        goOn();
        TicketService fresh = freshService();
        standby.stopFast();
        try (LogCapture log = LogCapture.open()) {
            team.jane().on(id).reply("Still here.");
            assertThat(types(fresh, id)).hasSize(3);
            assertThat(listed(fresh, id)).isEqualTo(TicketStatus.OPEN);
            assertThat(log.drain()).containsOnlyOnce("the read replica did not answer");
        } finally {
            standby.start();
        }
        awaitReplay();
        assertThat(types(fresh, id)).hasSize(3);
    }

    @Test
    void a_replica_that_was_down_answers_again_after_a_while() {
        goOn();
        TicketService fresh = freshService();
        standby.stopFast();
        try {
            assertThat(types(fresh, id)).hasSize(2);
        } finally {
            standby.start();
        }
        standby.execute("postgres", "select pg_wal_replay_pause()");
        team.jane().on(id).reply("Only at the primary.");
        assertThat(types(fresh, id)).as("left alone").hasSize(3);
        try (LogCapture log = LogCapture.open()) {
            Waiting.require(
                    "an answer of the replica", SOON, () -> types(fresh, id).size() == 2);
            assertThat(log.drain()).contains("the read replica answers again");
        }
    }

    @Test
    void lists_and_histories_go_on_while_the_primary_is_down() {
        primary.stopFast();
        try {
            assertThat(types(tickets, id)).hasSize(2);
            assertThat(listed(tickets, id)).isEqualTo(TicketStatus.OPEN);
            assertThatThrownBy(() -> team.jane().on(id).reply("Nobody there.")).isInstanceOf(Unavailable.class);
            assertThatThrownBy(() -> team.jane().on(id).ticket()).isInstanceOf(Unavailable.class);
        } finally {
            primary.start();
        }
    }

    @Test
    void a_replica_that_hangs_leaves_the_primary_half_of_the_deadline() throws SQLException {
        goOn();
        try (Connection locking = primary.connect("postgres");
                Statement statement = locking.createStatement()) {
            locking.setAutoCommit(false);
            statement.execute("lock table counterfoil.ticket in access exclusive mode");
            // The lock is there once it is replayed, and stays there while nothing else is.
            primary.execute("postgres", "select pg_switch_wal()");
            Waiting.require(
                    "the lock at the replica",
                    SOON,
                    () -> standby.query(
                                    "postgres", "select count(*) > 0 from pg_locks where mode = 'AccessExclusiveLock'")
                            .equals(List.of("t")));
            standby.execute("postgres", "select pg_wal_replay_pause()");
            locking.commit();
        }
        TicketService hurried = freshService().within(Duration.ofSeconds(2));
        long before = System.nanoTime();
        assertThat(types(hurried, id)).hasSize(2);
        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .isBetween(Duration.ofMillis(900), Duration.ofMillis(2_500));
        before = System.nanoTime();
        assertThat(types(hurried, id)).hasSize(2);
        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .as("the next call does not wait for it")
                .isLessThan(Duration.ofMillis(900));
    }

    @Test
    void a_hosts_transaction_reads_what_it_has_not_committed_yet() throws SQLException {
        try (Connection tx = primary.connect("postgres")) {
            tx.setAutoCommit(false);
            TicketService joined = tickets.joining(tx);
            joined.agent(JANE).on(id).reply("Not committed.");
            assertThat(types(joined, id)).hasSize(3);
            assertThat(types(tickets, id)).hasSize(2);

            TicketService declared = TicketService.builder(new SameConnection(tx))
                    .transactionOwner(TransactionOwner.HOST)
                    .readReplica(dataSource(standby))
                    .build();
            declared.agent(JANE).on(id).close();
            assertThat(types(declared, id)).hasSize(4);
            assertThat(listed(declared, id)).isEqualTo(TicketStatus.CLOSED);
            tx.rollback();

            // In no transaction of the host's any more.
            team.jane().on(id).reply("Committed.");
            tx.setAutoCommit(true);
            assertThat(types(declared, id)).hasSize(2);
        }
    }

    @Test
    void a_service_whose_schema_was_not_looked_at_yet_looks_at_the_primarys() {
        TicketService other = TicketService.builder(dataSource(primary))
                .readReplica(dataSource(standby))
                .build();
        UUID late = team.ticket();
        assertThat(other.customer(ADA).find(TicketQuery.all(), ALL).items())
                .extracting(CustomerTicketSummary::id)
                .contains(late);
        assertThat(other.customer(ADA).find(TicketQuery.all(), ALL).items())
                .extracting(CustomerTicketSummary::id)
                .doesNotContain(late);
    }

    @Test
    void commands_never_go_to_the_replica() {
        UUID opened =
                team.jane().open(ADA, NewTicket.of("Second", "It smokes.")).id();
        team.jane().onEach(List.of(opened)).apply(List.of(Command.reply("Seen.")));
        assertThat(primary.query("postgres", "select last_seq from counterfoil.ticket where id = '" + opened + "'"))
                .containsExactly("1");
    }
}
