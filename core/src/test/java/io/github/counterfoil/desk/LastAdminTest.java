package io.github.counterfoil.desk;

import static io.github.counterfoil.testing.SupportTeam.EVE;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static io.github.counterfoil.testing.SupportTeam.TOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.error.Conflict;
import io.github.counterfoil.error.NotAllowed;
import io.github.counterfoil.error.Refusal;
import io.github.counterfoil.error.Unavailable;
import io.github.counterfoil.imports.Imports;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.people.WorkerRole;
import io.github.counterfoil.testing.Background;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import java.sql.Connection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** There is always an active administrator. */
@Tag("storage")
class LastAdminTest {
    private static final String ADMINS =
            "select count(*) from counterfoil.worker where active and not erased and role = 'admin'";

    @AutoClose
    private final TestDatabase database = TestDatabase.withSchema();

    private final SupportTeam team = SupportTeam.in(database);
    private final AdminDesk eve = team.tickets().admin(EVE);

    private interface Going {
        void of(UUID first, UUID second);
    }

    @Test
    void the_last_administrator_can_neither_be_deactivated_nor_made_an_agent() {
        refused(() -> eve.deactivate(EVE));
        refused(() -> eve.changeRole(EVE, WorkerRole.AGENT));
        eve.changeRole(EVE, WorkerRole.ADMIN);
        eve.changeRole(JANE, WorkerRole.ADMIN);
        eve.deactivate(JANE);
        refused(() -> eve.deactivate(EVE));
        refused(() -> eve.changeRole(EVE, WorkerRole.AGENT));
        eve.changeRole(JANE, WorkerRole.AGENT);
        eve.changeRole(TOM, WorkerRole.ADMIN);
        eve.changeRole(EVE, WorkerRole.AGENT);
        assertThat(database.value(ADMINS)).isEqualTo("1");
    }

    @Test
    void a_refused_deactivation_frees_no_ticket() {
        UUID id = team.ticket();
        team.jane().on(id).assign(EVE);
        refused(() -> eve.deactivate(EVE));
        assertThat(team.jane().on(id).ticket().assignedTo()).hasSize(1);
        assertThat(team.jane().on(id).ticket().version()).isEqualTo(2);
    }

    @Test
    void neither_an_erasing_nor_an_import_takes_the_last_administrator_away() {
        assertThatThrownBy(() -> eve.erase(EVE))
                .isInstanceOfSatisfying(
                        Conflict.class, e -> assertThat(e.code()).isEqualTo("worker.active"));
        JsonValue document = team.tickets().documents().worker(EVE).orElseThrow();
        JsonValue agent = JsonValue.parse(document.text().replace("\"admin\"", "\"agent\""));
        assertThat(agent).isNotEqualTo(document);
        Imports.Report report =
                team.tickets().documents().importWorkers(List.of(agent).iterator());
        assertThat(report.imported()).isZero();
        assertThat(database.value(ADMINS)).isEqualTo("1");
    }

    @Test
    void two_administrators_who_go_at_once_do_not_both_go() throws Exception {
        eve.changeRole(JANE, WorkerRole.ADMIN);
        List<Going> ways = List.of(
                (one, other) -> team.tickets().admin(one).changeRole(one, WorkerRole.AGENT),
                (one, other) -> team.tickets().admin(one).changeRole(other, WorkerRole.AGENT),
                (one, other) -> team.tickets().admin(one).deactivate(one),
                (one, other) -> team.tickets().admin(one).deactivate(other));
        for (int round = 0; round < 50; round++) {
            Going way = ways.get(round % 4);
            Going otherWay = ways.get(round / 4 % 4);
            CyclicBarrier start = new CyclicBarrier(2);
            CompletableFuture<Void> first = Background.run(() -> go(start, way, EVE, JANE));
            CompletableFuture<Void> second = Background.run(() -> go(start, otherWay, JANE, EVE));
            first.get(20, TimeUnit.SECONDS);
            second.get(20, TimeUnit.SECONDS);
            assertThat(database.value(ADMINS)).as("round %s", round).isEqualTo("1");
            UUID left = UUID.fromString(
                    database.value("select id from counterfoil.worker where active and role = 'admin'"));
            UUID gone = left.equals(EVE) ? JANE : EVE;
            team.tickets().admin(left).reactivate(gone);
            team.tickets().admin(left).changeRole(gone, WorkerRole.ADMIN);
        }
        assertThat(database.deadlocks()).isEqualTo("0");
    }

    private static void go(CyclicBarrier start, Going way, UUID one, UUID other) {
        try {
            start.await(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        try {
            way.of(one, other);
        } catch (Refusal e) {
            assertThat(e.code()).isIn("admin.last", "actor.not_admin");
        }
    }

    @Test
    void who_goes_waits_for_another_who_goes_and_then_sees_that_they_are_the_last() throws Exception {
        eve.changeRole(JANE, WorkerRole.ADMIN);
        try (Connection going = database.dataSource().getConnection()) {
            going.setAutoCommit(false);
            team.tickets().joining(going).admin(JANE).changeRole(JANE, WorkerRole.AGENT);
            CompletableFuture<Void> other = Background.run(() -> refused(() -> eve.deactivate(EVE)));
            database.awaitWaiting();
            going.commit();
            other.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void a_transaction_whose_snapshot_still_shows_another_administrator_fails() throws Exception {
        eve.changeRole(JANE, WorkerRole.ADMIN);
        for (int isolation : List.of(Connection.TRANSACTION_REPEATABLE_READ, Connection.TRANSACTION_SERIALIZABLE)) {
            try (Connection late = database.dataSource().getConnection()) {
                late.setAutoCommit(false);
                late.setTransactionIsolation(isolation);
                assertThat(team.tickets().joining(late).people().worker(JANE)).isPresent();
                eve.changeRole(JANE, WorkerRole.AGENT);
                assertThatThrownBy(() -> team.tickets().joining(late).admin(EVE).deactivate(EVE))
                        .isInstanceOfSatisfying(
                                Unavailable.class,
                                e -> assertThat(e.retryable()).isTrue());
                late.rollback();
            }
            eve.changeRole(JANE, WorkerRole.ADMIN);
        }
    }

    @Test
    void who_is_no_administrator_learns_nothing_of_who_is() {
        assertThatThrownBy(() -> team.tickets().admin(TOM).deactivate(EVE)).isInstanceOf(NotAllowed.class);
    }

    private void refused(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Conflict.class, e -> assertThat(e.code()).isEqualTo("admin.last"));
        assertThat(Integer.parseInt(database.value(ADMINS))).isPositive();
    }
}
