package io.github.counterfoil.people;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.BOB;
import static io.github.counterfoil.testing.SupportTeam.EVE;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.command.Command;
import io.github.counterfoil.desk.AdminDesk;
import io.github.counterfoil.desk.CommandResult;
import io.github.counterfoil.error.Conflict;
import io.github.counterfoil.error.NotAllowed;
import io.github.counterfoil.error.PersonNotFound;
import io.github.counterfoil.error.Unavailable;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.testing.Background;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.TicketQuery;
import java.sql.Connection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A blocked customer reads and writes nothing. */
@Tag("storage")
class BlockedCustomersTest {
    private static final UUID COMMAND = UUID.randomUUID();

    @AutoClose
    private final TestDatabase database = TestDatabase.withSchema();

    private final SupportTeam team = SupportTeam.in(database);
    private final AdminDesk eve = team.tickets().admin(EVE);

    @Test
    void a_blocked_customer_reads_their_tickets_and_writes_nothing_until_unblocked() {
        UUID open = team.ticket();
        UUID closed = team.ticket();
        team.jane().on(closed).close();
        eve.block(ADA);
        String before = everything();
        blocked(() -> team.ada().open(NewTicket.of("Again", "It burns.")));
        blocked(() -> team.ada().on(open).reply("Hello?"));
        blocked(() -> team.ada().on(open).close());
        blocked(() -> team.ada().on(closed).reopen());
        blocked(() -> team.ada().on(closed).reply("Again"));
        blocked(() -> team.ada().on(closed).rate(1, "Bad"));
        blocked(() -> team.ada().on(open).apply(Command.reply("Text"), Command.close()));
        blocked(() -> team.ada().on(open).expecting(99).reply("Text"));
        blocked(() -> team.ada().on(UUID.randomUUID()).reply("Text"));
        assertThat(everything()).isEqualTo(before);
        assertThat(team.ada().on(open).ticket().id()).isEqualTo(open);
        assertThat(team.ada().on(open).history(PageRequest.oldestFirst(5)).items())
                .isEmpty();
        assertThat(team.ada()
                        .find(TicketQuery.all(), PageRequest.newestFirst(5))
                        .items())
                .hasSize(2);
        assertThat(team.tickets().people().customer(ADA).orElseThrow().blocked())
                .isTrue();

        eve.block(ADA);
        eve.unblock(ADA);
        assertThat(team.tickets().people().customer(ADA).orElseThrow().blocked())
                .isFalse();
        team.ada().on(open).reply("Hello again");
        team.ada().open(NewTicket.of("Again", "It burns."));
    }

    @Test
    void agents_go_on_working_for_a_blocked_customer() {
        UUID id = team.ticket();
        eve.block(ADA);
        team.jane().on(id).apply(Command.reply("Text"), Command.close());
        UUID other =
                team.jane().open(ADA, NewTicket.of("By phone", "It burns.")).id();
        team.jane().on(other).moveToCustomer(BOB);
        team.jane().on(other).moveToCustomer(ADA);
        assertThat(team.ada().on(other).ticket().id()).isEqualTo(other);
        assertThat(team.tickets().verifyAll().discrepancies()).isEmpty();
    }

    @Test
    void what_was_stored_before_gives_its_first_answer_when_it_is_sent_again() {
        NewTicket ticket = NewTicket.of("Printer on fire", "It burns.");
        UUID id = team.ada().open(ticket, COMMAND).id();
        team.ada().on(id).once(COMMAND).reply("Hello?");
        eve.block(ADA);
        assertThat(team.ada().open(ticket, COMMAND).id()).isEqualTo(id);
        assertThat(team.ada().on(id).once(COMMAND).reply("Hello?").outcome()).isEqualTo(CommandResult.Outcome.REPLAYED);
        blocked(() -> team.ada().on(id).once(COMMAND).reply("Something else"));
    }

    @Test
    void a_worker_who_is_blocked_as_a_customer_works_on() {
        team.tickets().people().registerCustomer(NewCustomer.of(JANE, "jane@example.com", "Jane", "Smith"));
        eve.block(JANE);
        team.jane().on(team.ticket()).reply("Text");
        blocked(() -> team.tickets().customer(JANE).open(NewTicket.of("My chair", "Squeaks")));
    }

    @Test
    void who_was_erased_is_blocked_and_is_not_unblocked() {
        UUID id = team.ticket();
        eve.erase(ADA);
        blocked(() -> team.ada().on(id).reply("Hello?"));
        blocked(() -> team.ada().open(NewTicket.of("Again", "It burns.")));
        assertThat(team.tickets().people().customer(ADA).orElseThrow().blocked())
                .isTrue();
        for (ThrowingCallable call : List.<ThrowingCallable>of(() -> eve.unblock(ADA), () -> eve.block(ADA))) {
            assertThatThrownBy(call)
                    .isInstanceOfSatisfying(
                            Conflict.class, e -> assertThat(e.code()).isEqualTo("person.erased"));
        }
    }

    @Test
    void only_customers_are_blocked_and_only_by_administrators() {
        assertThatThrownBy(() -> eve.block(JANE)).isInstanceOf(PersonNotFound.class);
        assertThatThrownBy(() -> eve.unblock(UUID.randomUUID())).isInstanceOf(PersonNotFound.class);
        assertThatThrownBy(() -> team.tickets().admin(JANE).block(ADA)).isInstanceOf(NotAllowed.class);
    }

    @Test
    void a_blocking_waits_for_what_the_customer_is_writing() throws Exception {
        UUID id = team.ticket();
        for (Writing writing : List.<Writing>of(
                tickets -> tickets.customer(ADA).on(id).reply("Under way"),
                tickets -> tickets.customer(ADA).open(NewTicket.of("Under way", "It burns.")))) {
            try (Connection holding = database.dataSource().getConnection()) {
                holding.setAutoCommit(false);
                writing.in(team.tickets().joining(holding));
                CompletableFuture<Void> blocking = Background.run(() -> eve.block(ADA));
                database.awaitWaiting();
                holding.commit();
                blocking.get(20, TimeUnit.SECONDS);
            }
            blocked(() -> writing.in(team.tickets()));
            eve.unblock(ADA);
        }
    }

    private interface Writing {
        void in(TicketService tickets);
    }

    @Test
    void nothing_is_stored_once_a_blocking_has_answered() throws Exception {
        UUID id = team.ticket();
        for (int round = 0; round < 20; round++) {
            CyclicBarrier start = new CyclicBarrier(3);
            AtomicBoolean blocked = new AtomicBoolean();
            CompletableFuture<Void> replies = Background.run(
                    () -> write(start, blocked, () -> team.ada().on(id).reply("Text")));
            CompletableFuture<Void> openings =
                    Background.run(() -> write(start, blocked, () -> team.ada().open(NewTicket.of("Title", "Text"))));
            start.await(20, TimeUnit.SECONDS);
            eve.block(ADA);
            String before = everything();
            blocked.set(true);
            replies.get(20, TimeUnit.SECONDS);
            openings.get(20, TimeUnit.SECONDS);
            assertThat(everything()).isEqualTo(before);
            eve.unblock(ADA);
        }
    }

    /** Until the first call that began after the blocking had answered. */
    private static void write(CyclicBarrier start, AtomicBoolean blocked, Runnable call) {
        try {
            start.await(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        boolean last;
        do {
            last = blocked.get();
            try {
                call.run();
            } catch (NotAllowed e) {
                assertThat(e.code()).isEqualTo("actor.blocked");
            }
        } while (!last);
    }

    @Test
    void a_transaction_whose_snapshot_is_from_before_the_blocking_fails() throws Exception {
        UUID id = team.ticket();
        try (Connection late = database.dataSource().getConnection()) {
            late.setAutoCommit(false);
            late.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            assertThat(team.tickets().joining(late).people().customer(ADA)).isPresent();
            eve.block(ADA);
            assertThatThrownBy(() ->
                            team.tickets().joining(late).customer(ADA).on(id).reply("Late"))
                    .isInstanceOf(Unavailable.class);
        }
    }

    private String everything() {
        return database.value("select (select count(*) from counterfoil.ticket) || ' ' "
                + "|| (select count(*) from counterfoil.ticket_event)");
    }

    private static void blocked(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        NotAllowed.class, e -> assertThat(e.code()).isEqualTo("actor.blocked"));
    }
}
