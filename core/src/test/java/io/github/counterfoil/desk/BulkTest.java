package io.github.counterfoil.desk;

import static io.github.counterfoil.command.Command.assign;
import static io.github.counterfoil.command.Command.changeStatus;
import static io.github.counterfoil.command.Command.close;
import static io.github.counterfoil.command.Command.note;
import static io.github.counterfoil.command.Command.reopen;
import static io.github.counterfoil.command.Command.reply;
import static io.github.counterfoil.command.Command.tag;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static io.github.counterfoil.testing.SupportTeam.TOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.command.Command;
import io.github.counterfoil.error.Conflict;
import io.github.counterfoil.error.DatabaseFailure;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.NotAllowed;
import io.github.counterfoil.error.PersonNotFound;
import io.github.counterfoil.error.Refusal;
import io.github.counterfoil.error.TicketNotFound;
import io.github.counterfoil.testing.CountingProxy;
import io.github.counterfoil.testing.SameConnection;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.TicketStatus;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The same commands on each of many tickets. */
class BulkTest {
    private TestDatabase database;
    private SupportTeam team;

    @BeforeEach
    void open() {
        database = TestDatabase.withSchema();
        team = SupportTeam.in(database);
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    @Test
    void on_200_tickets_are_one_round_trip_with_a_result_for_each() throws SQLException {
        List<UUID> ids = tickets(200);
        UUID none = UUID.randomUUID();
        ids.set(50, none);
        team.jane().on(ids.get(10)).close();
        team.jane().on(ids.get(20)).assign(JANE);
        try (CountingProxy proxy = CountingProxy.before(database.url());
                Connection connection = DriverManager.getConnection(proxy.url())) {
            TicketService tickets =
                    TicketService.builder(new SameConnection(connection)).build();
            tickets.agent(JANE).on(ids.get(0)).ticket();
            List<BulkCommands.Result> results = new ArrayList<>();
            int trips = proxy.count(
                    () -> results.addAll(tickets.agent(JANE).onEach(ids).apply(reopen())));
            assertThat(trips).isEqualTo(1);
            assertThat(results).extracting(BulkCommands.Result::ticketId).isEqualTo(ids);
            assertThat(results.get(10).get().outcome()).isEqualTo(CommandResult.Outcome.APPLIED);
            assertThat(results.get(10).get().version()).isEqualTo(2);
            assertThat(results.get(20).get().outcome()).isEqualTo(CommandResult.Outcome.UNCHANGED);
            assertThat(results.get(50).refusal()).get().isInstanceOf(TicketNotFound.class);
            assertThatThrownBy(() -> results.get(50).get()).isInstanceOf(TicketNotFound.class);
            assertThat(results)
                    .filteredOn(result -> result.refusal()
                            .filter(refusal -> refusal.code().equals("status.not_allowed"))
                            .isPresent())
                    .hasSize(197);
        }
        assertThat(team.tickets().verifyAll().discrepancies()).isEmpty();
    }

    @Test
    void of_which_one_ticket_refuses_change_the_others_and_that_one_not_at_all() {
        List<UUID> ids = tickets(3);
        for (int i = 0; i < 50; i++) {
            team.jane().on(ids.get(1)).tag("tag " + i);
        }
        List<BulkCommands.Result> results = team.jane().onEach(ids).apply(reply("Text"), tag("one more"));
        assertThat(results.get(0).get().events()).hasSize(2);
        assertThat(results.get(1).refusal())
                .get()
                .isInstanceOf(InvalidInput.class)
                .extracting(Refusal::getMessage)
                .isEqualTo("commands[1].tags.too_many (limit 50)");
        assertThat(results.get(2).get().events()).hasSize(2);
        assertThat(team.jane().on(ids.get(1)).ticket().version()).isEqualTo(50);
        assertThat(team.tickets().verifyAll().discrepancies()).isEmpty();
    }

    @Test
    void sent_again_answer_as_before_and_do_what_was_not_done() {
        List<UUID> ids = tickets(3);
        UUID command = UUID.randomUUID();
        List<BulkCommands.Result> first =
                team.jane().onEach(ids.subList(0, 2)).once(command).apply(note("Text"));
        List<BulkCommands.Result> again = team.jane().onEach(ids).once(command).apply(note("Text"));
        assertThat(again)
                .extracting(result -> result.get().outcome())
                .containsExactly(
                        CommandResult.Outcome.REPLAYED, CommandResult.Outcome.REPLAYED, CommandResult.Outcome.APPLIED);
        assertThat(again.get(1).get().events()).isEqualTo(first.get(1).get().events());
        assertThat(team.jane().onEach(ids).once(command).apply(note("Another")))
                .extracting(result -> result.refusal().orElseThrow().code())
                .containsOnly("command_id.reused");
    }

    @Test
    void with_versions_leave_alone_what_has_moved_on() {
        List<UUID> ids = tickets(3);
        team.ada().on(ids.get(1)).reply("Wait");
        Map<UUID, Integer> seen = new HashMap<>();
        ids.forEach(id -> seen.put(id, 0));
        Map<UUID, BulkCommands.Result> results = new HashMap<>();
        team.jane().onEach(seen).apply(close()).forEach(result -> results.put(result.ticketId(), result));
        assertThat(results.get(ids.get(0)).get().outcome()).isEqualTo(CommandResult.Outcome.APPLIED);
        assertThat(results.get(ids.get(1)).refusal())
                .get()
                .isInstanceOfSatisfying(
                        StaleTicket.class, stale -> assertThat(stale.actual()).isEqualTo(1));
        assertThat(results.get(ids.get(2)).get().version()).isEqualTo(1);
    }

    @Test
    void refuse_alone_a_ticket_that_somebody_holds_too_long_and_keep_the_hosts_lock_timeout() throws SQLException {
        List<UUID> ids = tickets(3);
        try (Connection other = database.dataSource().getConnection();
                Connection tx = database.dataSource().getConnection()) {
            other.setAutoCommit(false);
            team.tickets().joining(other).agent(TOM).on(ids.get(1)).note("Held");
            tx.setAutoCommit(false);
            tx.createStatement().execute("set local lock_timeout = '77s'");
            List<BulkCommands.Result> results =
                    team.tickets().joining(tx).agent(JANE).onEach(ids).apply(close());
            assertThat(results.get(0).get().outcome()).isEqualTo(CommandResult.Outcome.APPLIED);
            assertThat(results.get(1).refusal())
                    .get()
                    .isInstanceOfSatisfying(
                            Conflict.class, busy -> assertThat(busy.code()).isEqualTo("ticket.busy"));
            assertThat(results.get(2).get().outcome()).isEqualTo(CommandResult.Outcome.APPLIED);
            try (var row = tx.createStatement().executeQuery("show lock_timeout")) {
                row.next();
                assertThat(row.getString(1)).isEqualTo("77s");
            }
            tx.commit();
            other.commit();
        }
        assertThat(team.jane().on(ids.get(1)).ticket().status()).isEqualTo(TicketStatus.NEW);
        assertThat(team.tickets().verifyAll().discrepancies()).isEmpty();
    }

    @Test
    void wait_no_longer_than_the_connections_own_lock_timeout() throws SQLException {
        List<UUID> ids = tickets(2);
        try (Connection other = database.dataSource().getConnection();
                Connection tx = database.dataSource().getConnection()) {
            other.setAutoCommit(false);
            team.tickets().joining(other).agent(TOM).on(ids.get(0)).note("Held");
            tx.setAutoCommit(false);
            // Together with the patience of a call it would end in this.
            tx.createStatement().execute("set local statement_timeout = '3s'; set local lock_timeout = '300ms'");
            assertThat(team.tickets().joining(tx).agent(JANE).onEach(ids).apply(close()))
                    .extracting(result -> result.refusal().map(Refusal::code).orElse("applied"))
                    .containsExactly("ticket.busy", "applied");
            tx.rollback();
            other.rollback();
        }
    }

    @Test
    void that_fail_in_the_database_store_nothing_for_any_ticket() {
        List<UUID> ids = tickets(5);
        database.execute("""
                create function public.fail() returns trigger language plpgsql as
                  $$ begin raise exception 'no' using errcode = 'P0001'; end $$;
                create trigger fail before update on counterfoil.ticket for each row when (old.id = '%s')
                  execute function public.fail();
                """.formatted(ids.get(3)));
        assertThatThrownBy(() -> team.jane().onEach(ids).apply(close())).isInstanceOf(DatabaseFailure.class);
        assertThat(database.value("select count(*) from counterfoil.ticket_event"))
                .isEqualTo("0");
    }

    @Test
    void of_somebody_who_may_not_act_are_refused_as_a_whole() {
        List<UUID> ids = tickets(2);
        assertThatThrownBy(() ->
                        team.tickets().agent(UUID.randomUUID()).onEach(ids).apply(close()))
                .isInstanceOf(NotAllowed.class);
        assertThat(team.jane().onEach(ids).apply(assign(UUID.randomUUID())))
                .extracting(result -> result.refusal().orElseThrow())
                .allSatisfy(refusal -> assertThat(refusal).isInstanceOf(PersonNotFound.class));
    }

    @Test
    void take_up_to_200_tickets_once_each() {
        List<UUID> ids = tickets(1);
        assertThat(team.jane().onEach(List.of(ids.get(0), ids.get(0))).apply(note("Text")))
                .hasSize(1);
        assertThat(team.jane().onEach(List.of()).apply(note("Text"))).isEmpty();
        List<UUID> many = Stream.generate(UUID::randomUUID).limit(201).toList();
        assertThatThrownBy(() -> team.jane().onEach(many).apply(note(" ")))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("text.blank, ticket_ids.too_many (limit 200)");
        assertThatThrownBy(() ->
                        team.jane().onEach(Arrays.asList(ids.get(0), null)).apply(note("Text")))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("ticket_ids[1].required");
        assertThatThrownBy(() -> team.jane().onEach(Map.of(ids.get(0), -1)).apply(note("Text")))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("versions[0].out_of_range (limit 0)");
        assertThatThrownBy(() -> team.jane().onEach(many.subList(0, 200)).apply(note("x".repeat(400_000))))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("commands.too_large (limit 67108864)");
    }

    @Test
    void tell_all_that_is_wrong_with_their_tickets_and_commands_at_once() {
        List<UUID> ids = tickets(2);
        Map<UUID, Integer> versions = new LinkedHashMap<>();
        versions.put(null, null);
        versions.put(ids.get(0), null);
        versions.put(ids.get(1), -1);
        assertThatThrownBy(() -> team.jane().onEach(versions).apply(note(" "), null))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("commands[0].text.blank, commands[1].required, ticket_ids[0].required, "
                        + "versions[0].required, versions[1].required, versions[2].out_of_range (limit 0)");
        assertThatThrownBy(() -> team.jane()
                        .onEach(Arrays.asList(ids.get(0), ids.get(0), null, null))
                        .apply((List<Command>) null))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("commands.required, ticket_ids[2].required, ticket_ids[3].required");
    }

    @Test
    void of_two_calls_in_opposite_orders_beside_8_writers_never_deadlock() throws Exception {
        List<UUID> ids = tickets(200);
        List<UUID> reversed = new ArrayList<>(ids);
        Collections.reverse(reversed);
        String before = database.deadlocks();
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger replies = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(11);
        try {
            List<Callable<Void>> all = new ArrayList<>();
            for (List<UUID> order : List.of(ids, reversed)) {
                all.add(() -> {
                    try {
                        for (int round = 0; round < 6; round++) {
                            bulk(order, round);
                        }
                    } finally {
                        stop.set(true);
                    }
                    return null;
                });
            }
            for (int writer = 0; writer < 8; writer++) {
                int first = writer * 25;
                all.add(() -> {
                    for (int i = first; !stop.get(); i = (i + 7) % ids.size()) {
                        team.ada().on(ids.get(i)).reply("Hello?");
                        replies.incrementAndGet();
                    }
                    return null;
                });
            }
            all.add(() -> {
                while (!stop.get()) {
                    team.tickets().admin(SupportTeam.EVE).deactivate(TOM);
                    team.tickets().admin(SupportTeam.EVE).reactivate(TOM);
                }
                return null;
            });
            for (Future<Void> one : threads.invokeAll(all)) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(database.deadlocks()).isEqualTo(before);
        assertThat(database.value("select count(*) from counterfoil.ticket_event where type = 'message'"))
                .isEqualTo(replies.toString());
        assertThat(team.tickets().verifyAll().discrepancies()).isEmpty();
    }

    /** Every third round assigns somebody who is deactivated and reactivated all the time. */
    private void bulk(List<UUID> order, int round) {
        UUID worker = round % 3 == 0 ? TOM : JANE;
        Set<String> outcomes = team
                .jane()
                .onEach(order)
                .apply(
                        changeStatus(round % 2 == 0 ? TicketStatus.PENDING : TicketStatus.OPEN),
                        assign(worker),
                        note("Round"))
                .stream()
                .map(result -> result.refusal().map(Refusal::code).orElse("applied"))
                .collect(Collectors.toSet());
        // Busy is what a slow machine makes of the other call, which holds all tickets.
        assertThat(Set.of("applied", "ticket.busy", "worker.not_found")).containsAll(outcomes);
        assertThat(outcomes.contains("worker.not_found")).isIn(false, worker.equals(TOM));
    }

    private List<UUID> tickets(int count) {
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(team.ada().open(NewTicket.of("Title " + i, "Text")).id());
        }
        return ids;
    }
}
