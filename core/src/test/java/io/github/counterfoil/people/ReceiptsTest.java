package io.github.counterfoil.people;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.BOB;
import static io.github.counterfoil.testing.SupportTeam.EVE;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static io.github.counterfoil.testing.SupportTeam.TOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.github.counterfoil.TicketService;
import io.github.counterfoil.desk.AdminDesk;
import io.github.counterfoil.error.CommandIdReused;
import io.github.counterfoil.error.Conflict;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.NotAllowed;
import io.github.counterfoil.error.OutcomeUnknown;
import io.github.counterfoil.testing.Background;
import io.github.counterfoil.testing.FaultyConnections;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A call about a person is done once under its id, however often it is sent, and gives the first answer. */
@Tag("storage")
class ReceiptsTest {
    private static final Supplier<SQLException> LOST = () -> new SQLException("the connection was lost", "08006");
    private static final UUID COMMAND = UUID.randomUUID();
    private static final UUID NEW = UUID.randomUUID();

    @AutoClose
    private final TestDatabase database = TestDatabase.withSchema();

    private final SupportTeam team = SupportTeam.in(database);
    private final AdminDesk eve = team.tickets().admin(EVE);

    record Call(String name, Consumer<TicketService> make) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Call> calls() {
        return Stream.of(
                new Call(
                        "register a customer",
                        tickets -> tickets.people()
                                .registerCustomer(NewCustomer.of(NEW, "new@example.com", "New", "Customer"), COMMAND)),
                new Call(
                        "update a customer",
                        tickets -> tickets.people()
                                .updateCustomer(ADA, Customer.Changes.none().email("other@example.com"), COMMAND)),
                new Call(
                        "register a worker",
                        tickets -> tickets.people()
                                .registerWorker(NewWorker.of(NEW, "new@example.com", "New", "Worker"), COMMAND)),
                new Call(
                        "update a worker",
                        tickets -> tickets.people()
                                .updateWorker(TOM, Worker.Changes.none().email("other@example.com"), COMMAND)),
                new Call("deactivate", tickets -> tickets.admin(EVE).deactivate(TOM, COMMAND)),
                new Call("reactivate", tickets -> tickets.admin(EVE).reactivate(TOM, COMMAND)),
                new Call("change a role", tickets -> tickets.admin(EVE).changeRole(TOM, WorkerRole.ADMIN, COMMAND)),
                new Call("register a system", tickets -> tickets.people().registerSystem(NEW, "Auto-close", COMMAND)),
                new Call("detach", tickets -> tickets.people().detach(BOB, COMMAND)),
                new Call("block", tickets -> tickets.admin(EVE).block(BOB, COMMAND)),
                new Call("unblock", tickets -> tickets.admin(EVE).unblock(BOB, COMMAND)),
                new Call("erase", tickets -> tickets.admin(EVE).erase(BOB, COMMAND)));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void a_call_whose_answer_is_lost_is_sent_again_and_done_once(Call call) {
        FaultyConnections losing = new FaultyConnections(database.connections());
        TicketService tickets = TicketService.builder(losing).build();
        tickets.people().customer(ADA);
        losing.failAfter("execute", 1, LOST);
        call.make().accept(tickets);
        assertThatCode(() -> call.make().accept(team.tickets())).doesNotThrowAnyException();
        // Beside those of the five who were registered; of the erased only the one of the erasing.
        assertThat(database.value("select count(*) from counterfoil.receipt"))
                .isEqualTo(call.name().equals("erase") ? "5" : "6");
    }

    @ParameterizedTest
    @MethodSource("calls")
    void if_the_database_stays_away_the_outcome_is_unknown_and_the_same_call_finds_out(Call call) {
        FaultyConnections losing = new FaultyConnections(database.connections());
        TicketService tickets =
                TicketService.builder(losing).deadline(Duration.ofMillis(800)).build();
        tickets.people().customer(ADA);
        // Each step of these is a transaction: what is lost before its commit was not stored.
        boolean steps = Set.of("erase", "deactivate").contains(call.name());
        losing.failAfter(steps ? "commit" : "execute", Integer.MAX_VALUE, LOST);
        assertThatExceptionOfType(OutcomeUnknown.class)
                .isThrownBy(() -> call.make().accept(tickets))
                .satisfies(e -> assertThat(e.commandId()).contains(COMMAND));
        assertThatCode(() -> call.make().accept(team.tickets())).doesNotThrowAnyException();
    }

    @Test
    void a_deactivation_sent_again_answers_with_what_the_first_one_freed() {
        UUID id = team.ticket();
        UUID other = team.ticket();
        team.jane().on(id).assign(TOM);
        team.jane().on(other).assign(TOM);
        List<UUID> freed = eve.deactivate(TOM, COMMAND);
        eve.reactivate(TOM);
        team.jane().on(id).assign(TOM);
        assertThat(freed).containsExactlyInAnyOrder(id, other);
        assertThat(eve.deactivate(TOM, COMMAND)).isEqualTo(freed);
        assertThat(team.jane().on(id).ticket().assignedTo()).hasSize(1);
        assertThat(eve.deactivate(TOM)).containsExactly(id);
    }

    @Test
    void an_administrator_who_deactivates_themselves_frees_their_tickets() {
        UUID id = team.ticket();
        team.jane().on(id).assign(EVE);
        eve.changeRole(TOM, WorkerRole.ADMIN);
        assertThat(eve.deactivate(EVE)).containsExactly(id);
        assertThat(team.jane().on(id).ticket().assignedTo()).isEmpty();
        assertThat(team.tickets().people().worker(EVE).orElseThrow().active()).isFalse();
        assertThatThrownBy(() -> eve.reactivate(EVE)).isInstanceOf(NotAllowed.class);
        assertThat(team.tickets().verifyAll().discrepancies()).isEmpty();
    }

    @Test
    void another_content_under_the_same_id_is_refused_and_another_person_is_another_call() {
        People people = team.tickets().people();
        people.updateCustomer(ADA, Customer.Changes.none().email("a@example.com"), COMMAND);
        assertThatThrownBy(
                        () -> people.updateCustomer(ADA, Customer.Changes.none().email("b@example.com"), COMMAND))
                .isInstanceOfSatisfying(
                        CommandIdReused.class, e -> assertThat(e.commandId()).isEqualTo(COMMAND));
        people.updateCustomer(BOB, Customer.Changes.none().email("b@example.com"), COMMAND);
        eve.changeRole(TOM, WorkerRole.ADMIN, COMMAND);
        team.tickets().admin(TOM).changeRole(JANE, WorkerRole.ADMIN, COMMAND);
        assertThatThrownBy(() -> eve.changeRole(TOM, WorkerRole.AGENT, COMMAND)).isInstanceOf(CommandIdReused.class);
        assertThat(people.customer(ADA).orElseThrow().email()).isEqualTo("a@example.com");
    }

    @Test
    void what_was_refused_may_be_sent_again_when_the_reason_is_gone() {
        NewCustomer second = NewCustomer.of(NEW, "ada@example.com", "New", "Customer");
        assertThatThrownBy(() -> team.tickets().people().registerCustomer(second, COMMAND))
                .isInstanceOf(Conflict.class);
        team.tickets().people().updateCustomer(ADA, Customer.Changes.none().email("gone@example.com"));
        team.tickets().people().registerCustomer(second, COMMAND);
        assertThat(team.tickets().people().customer(NEW)).isPresent();
    }

    @Test
    void one_call_sent_by_many_threads_at_once_is_done_once() throws Exception {
        UUID id = team.ticket();
        team.jane().on(id).assign(TOM);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<List<UUID>>> calls = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                calls.add(() -> eve.deactivate(TOM, COMMAND));
            }
            for (Future<List<UUID>> one : threads.invokeAll(calls)) {
                assertThat(one.get()).containsExactly(id);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(team.jane().on(id).ticket().version()).isEqualTo(3);
    }

    @Test
    void a_receipt_goes_with_the_person_and_after_30_days() {
        team.tickets().people().updateCustomer(ADA, Customer.Changes.none().email("a@example.com"));
        eve.erase(ADA, COMMAND);
        assertThat(database.value("select count(*) from counterfoil.receipt where person_id = '" + ADA + "'"))
                .isEqualTo("1");
        eve.erase(ADA, COMMAND);

        database.execute("update counterfoil.receipt set created_at = created_at - interval '31 days'");
        team.tickets().people().updateCustomer(BOB, Customer.Changes.none().email("b@example.com"));
        assertThat(database.value("select count(*) from counterfoil.receipt")).isEqualTo("1");
    }

    @Test
    void what_is_missing_is_named() {
        AdminDesk desk = eve;
        People people = team.tickets().people();
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> desk.deactivate(null),
                () -> desk.reactivate(TOM, null),
                () -> desk.changeRole(TOM, null),
                () -> desk.erase(null, null),
                () -> people.registerCustomer(NewCustomer.of(NEW, "n@example.com", "N", "N"), null),
                () -> people.updateWorker(TOM, Worker.Changes.none(), null))) {
            assertThatThrownBy(call).isInstanceOf(InvalidInput.class).hasMessageContaining(".required");
        }
    }

    @Test
    void an_erasing_sees_what_was_written_while_it_waited_whatever_the_pools_isolation() throws Exception {
        UUID id = team.ticket();
        try (HikariDataSource strict = database.pool(2);
                Connection writing = database.dataSource().getConnection()) {
            strict.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
            TicketService tickets = TicketService.builder(strict).build();
            writing.setAutoCommit(false);
            team.tickets().joining(writing).customer(ADA).on(id).reply("Hello?");
            CompletableFuture<Void> erasing =
                    Background.run(() -> tickets.admin(EVE).erase(ADA));
            database.awaitWaiting();
            writing.commit();
            erasing.get(20, TimeUnit.SECONDS);
        }
        assertThat(database.value(
                        "select string_agg(distinct created_by_first_name, ',') from counterfoil.ticket_event"))
                .isEqualTo("Erased");
    }
}
