package io.github.counterfoil.desk;

import static io.github.counterfoil.testing.SupportTeam.BOB;
import static io.github.counterfoil.testing.SupportTeam.EVE;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.github.counterfoil.TicketService;
import io.github.counterfoil.command.Command;
import io.github.counterfoil.error.Refusal;
import io.github.counterfoil.event.Author;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.imports.Imports;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.people.Customer;
import io.github.counterfoil.people.NewCustomer;
import io.github.counterfoil.people.NewWorker;
import io.github.counterfoil.people.Worker;
import io.github.counterfoil.people.WorkerRole;
import io.github.counterfoil.testing.Background;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.testing.Waiting;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Participants;
import io.github.counterfoil.ticket.TicketQuery;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Each operation beside each other one on the same ticket and people, stopped where a stranger holds what both want: the first
 * has come to that lock when the second begins, and then both go on. In the build every third pair meets at one of the locks,
 * with {@code -Dcounterfoil.pairs=each} each pair does, and with {@code -Dcounterfoil.pairs=whole} in either order at each lock.
 */
@Tag("storage")
class EveryPairTest {
    private static final String SHARE = System.getProperty("counterfoil.pairs", "third");
    private static final boolean WHOLE = SHARE.equals("whole");
    private static final Instant START = Instant.parse("2020-01-01T00:00:00Z");

    /** What two operations meet on. */
    private record Scene(UUID ticket, UUID other, UUID closed, UUID worker, UUID customer) {}

    private static final Map<String, BiConsumer<TicketService, Scene>> OPERATIONS = operations();

    private static final List<String> LOCKS = List.of(
            "select from counterfoil.ticket where id = '%1$s' for update",
            "select from counterfoil.worker where id = '%2$s' for update",
            "select from counterfoil.customer where id = '%3$s' for update",
            "select pg_advisory_xact_lock(counterfoil.author_lock('%3$s')),"
                    + " pg_advisory_xact_lock(counterfoil.author_lock('%2$s'))");

    @Test
    void of_operations_meets_at_a_lock_and_both_go_on() throws Exception {
        try (TestDatabase database = TestDatabase.withSchema()) {
            List<String> names = List.copyOf(OPERATIONS.keySet());
            AtomicInteger met = new AtomicInteger();
            play(database, meeting -> {
                for (int first = 0; first < names.size(); first++) {
                    for (int second = WHOLE ? 0 : first; second < names.size(); second++) {
                        for (int lock = 0; lock < LOCKS.size(); lock++) {
                            if (meets(first, second, lock)) {
                                meeting.of(names.get(first), names.get(second), LOCKS.get(lock));
                                met.incrementAndGet();
                            }
                        }
                    }
                }
            });
            assertThat(database.deadlocks()).isEqualTo("0");
            System.out.printf("pairs: %,d meetings of %d operations, 0 deadlocks%n", met.get(), names.size());
        }
    }

    private static boolean meets(int first, int second, int lock) {
        int turn = first + second;
        return WHOLE || lock == turn % LOCKS.size() && (SHARE.equals("each") || (turn + first) % 3 == 0);
    }

    @Test
    void of_operations_that_wait_in_a_circle_is_found() throws Exception {
        try (TestDatabase database = TestDatabase.unused()) {
            database.changeFunction(
                    "begin_deactivating",
                    "foreach v_ticket in array v_locked loop",
                    "perform from worker w where w.id = p_id for no key update;"
                            + " v_locked := unclosed_of_worker(p_id, c_before, null);"
                            + " foreach v_ticket in array v_locked loop");
            play(database, meeting -> meeting.of("an assignment", "a deactivation", LOCKS.get(0)));
            assertThat(database.deadlocks()).isNotEqualTo("0");
        }
    }

    private interface Meeting {
        void of(String first, String second, String lock) throws Exception;
    }

    private interface Play {
        void with(Meeting meeting) throws Exception;
    }

    private static void play(TestDatabase database, Play play) throws Exception {
        SupportTeam.in(database);
        try (HikariDataSource pool = database.pool(4);
                Connection holding = database.dataSource().getConnection();
                Connection watching = database.dataSource().getConnection()) {
            holding.setAutoCommit(false);
            TicketService tickets =
                    TicketService.builder(pool).attachmentsInDatabase().build();
            play.with((first, second, lock) -> meet(tickets, first, second, lock, holding, watching));
            assertThat(tickets.verifyAll().discrepancies()).isEmpty();
        }
    }

    private static void meet(
            TicketService tickets, String first, String second, String lock, Connection holding, Connection watching)
            throws Exception {
        Scene scene = scene(tickets);
        CompletableFuture<Void> one;
        CompletableFuture<Void> two;
        try (Statement statement = holding.createStatement()) {
            statement.execute(lock.formatted(scene.ticket(), scene.worker(), scene.customer()));
            one = begin(tickets, first, scene);
            arrived(watching, one);
            two = begin(tickets, second, scene);
            arrived(watching, one, two);
            holding.commit();
        }
        String pair = first + " beside " + second + " at " + lock;
        assertThat(one).as(pair).succeedsWithin(Duration.ofSeconds(9));
        assertThat(two).as(pair).succeedsWithin(Duration.ofSeconds(9));

        tickets.agent(EVE).on(scene.ticket()).note("It can still be written");
        assertThat(tickets.verify(scene.ticket()).discrepancies()).as(pair).isEmpty();
        assertThat(value(watching, """
                        select count(*) from counterfoil.ticket_assignment a
                        join counterfoil.ticket t on t.id = a.ticket_id and t.status <> 'closed'
                        join counterfoil.worker w on w.id = a.worker_id and not w.active
                        where a.worker_id = '%s'""".formatted(scene.worker())))
                .as("an open ticket's worker is inactive after " + pair)
                .isZero();
        assertThat(value(watching, """
                        select count(*) from counterfoil.ticket_event e
                        join counterfoil.customer c on c.id = e.created_by and c.erased
                        where e.created_by_first_name <> 'Erased' and e.created_by = '%s'""".formatted(scene.customer())))
                .as("the name of who was erased stays after " + pair)
                .isZero();
        assertThat(value(watching, """
                        select count(*) from counterfoil.worker w
                        join counterfoil.customer c on c.id = w.id and c.erased <> w.erased
                        where w.id = '%s'""".formatted(scene.customer())))
                .as("who was erased comes back on the other side after " + pair)
                .isZero();
    }

    /** A refusal is an answer too: the other one was first. */
    private static CompletableFuture<Void> begin(TicketService tickets, String operation, Scene scene) {
        return Background.run(() -> {
            try {
                OPERATIONS.get(operation).accept(tickets, scene);
            } catch (Refusal refusal) {
                assertThat(refusal.code())
                        .isIn(
                                "ticket.closed",
                                "ticket.not_found",
                                "worker.not_found",
                                "actor.unknown",
                                "actor.blocked",
                                "worker.active",
                                "person.erased",
                                "person.exists",
                                "status.not_allowed");
            }
        });
    }

    /** Once each of them is over or waits for a lock. */
    private static void arrived(Connection watching, CompletableFuture<?>... calls) {
        Waiting.require("the lock", Duration.ofSeconds(9), () -> {
            int waiting = value(
                    watching,
                    "select count(*) from pg_stat_activity"
                            + " where datname = current_database() and wait_event_type = 'Lock'");
            int over = 0;
            for (CompletableFuture<?> call : calls) {
                over += call.isDone() ? 1 : 0;
            }
            return waiting + over >= calls.length;
        });
    }

    private static int value(Connection connection, String sql) {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Scene scene(TicketService tickets) {
        UUID worker = UUID.randomUUID();
        UUID customer = UUID.randomUUID();
        tickets.people().registerWorker(NewWorker.of(worker, worker + "@example.com", "Wanda", "Worker"));
        tickets.people().registerCustomer(NewCustomer.of(customer, customer + "@example.com", "Carl", "Customer"));
        Scene scene = new Scene(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), worker, customer);
        tickets.imports()
                .run(List.of(
                                begun(scene.ticket(), customer),
                                begun(scene.other(), customer),
                                begun(scene.closed(), customer))
                        .iterator());
        tickets.agent(EVE).on(scene.ticket()).assign(worker);
        tickets.agent(EVE).on(scene.closed()).apply(Command.assign(worker), Command.close());
        return scene;
    }

    private static ImportedTicket begun(UUID id, UUID customer) {
        return ImportedTicket.of(id, NewTicket.of("Title", "Text").channel("web"), customer, START);
    }

    private static Map<String, BiConsumer<TicketService, Scene>> operations() {
        Map<String, BiConsumer<TicketService, Scene>> all = new LinkedHashMap<>();
        all.put(
                "a customer's reply",
                (t, s) -> t.customer(s.customer()).on(s.ticket()).reply("Text"));
        all.put(
                "a customer's reply to a closed ticket",
                (t, s) -> t.customer(s.customer()).on(s.closed()).reply("Text"));
        all.put(
                "a closing and reopening",
                (t, s) -> t.agent(EVE).on(s.ticket()).apply(Command.close(), Command.reopen()));
        all.put("a reply with a file", (t, s) -> {
            var ticket = t.customer(s.customer()).on(s.ticket());
            var file = ticket.attachments()
                    .add("a.txt", "text/plain", new ByteArrayInputStream("Text".getBytes(StandardCharsets.UTF_8)));
            ticket.apply(Command.reply("Text").with(List.of(file.id())));
        });
        all.put("a sweep of files", (t, s) -> t.attachments().sweep(Duration.ofMinutes(1), 100));
        all.put("a worker's reply", (t, s) -> t.agent(s.worker()).on(s.ticket()).reply("Text"));
        all.put(
                "an opening from a new channel",
                (t, s) -> t.customer(s.customer())
                        .open(NewTicket.of("Title", "Text").channel("new")));
        all.put("an assignment", (t, s) -> t.agent(EVE).on(s.ticket()).assign(s.worker()));
        all.put(
                "a worker's leaving of the ticket",
                (t, s) -> t.agent(s.worker()).on(s.ticket()).unassign(s.worker()));
        all.put(
                "a move to another customer",
                (t, s) -> t.agent(EVE).on(s.ticket()).moveToCustomer(BOB));
        all.put("a move to the customer", (t, s) -> t.agent(EVE).on(s.ticket()).moveToCustomer(s.customer()));
        all.put(
                "an addition of who takes part and who follows",
                (t, s) -> t.agent(EVE)
                        .on(s.ticket())
                        .apply(Command.addParticipant(BOB, Participants.Kind.COPY), Command.follow(s.worker())));
        all.put(
                "a putting off",
                (t, s) ->
                        t.agent(s.worker()).on(s.ticket()).snooze(Instant.now().plusSeconds(3_600)));
        all.put(
                "a run of what is due",
                (t, s) -> t.automation(s.worker())
                        .run(
                                "due",
                                TicketQuery.unsolved().ofCustomer(s.customer()),
                                PageRequest.oldestFirst(200),
                                Command.note("Text")));
        all.put("a closing", (t, s) -> t.agent(s.worker()).on(s.ticket()).close());
        all.put(
                "several",
                (t, s) -> t.agent(s.worker())
                        .on(s.ticket())
                        .apply(Command.note("Text"), Command.unassign(s.worker()), Command.assign(s.worker())));
        all.put(
                "the same on each",
                (t, s) -> t.agent(EVE)
                        .onEach(List.of(s.other(), s.ticket()))
                        .apply(Command.assign(s.worker()), Command.note("Text")));
        all.put(
                "the same on each, the other way round",
                (t, s) -> t.agent(s.worker())
                        .onEach(List.of(s.ticket(), s.other()))
                        .apply(Command.note("Text"), Command.assign(s.worker())));
        all.put(
                "an import of what is stored",
                (t, s) -> t.imports()
                        .run(List.of(begun(s.other(), s.customer()), begun(s.ticket(), s.customer()))
                                .iterator()));
        all.put("an import under their names", (t, s) -> imported(t, s));
        all.put("a purge of another ticket", (t, s) -> t.admin(EVE).purge(s.other(), UUID.randomUUID()));
        all.put("a purge of the closed ticket", (t, s) -> t.admin(EVE).purge(s.closed(), UUID.randomUUID()));
        all.put("a deactivation", (t, s) -> t.admin(EVE).deactivate(s.worker()));
        all.put("a reactivation", (t, s) -> t.admin(EVE).reactivate(s.worker()));
        all.put("a change of role", (t, s) -> t.admin(EVE).changeRole(s.worker(), WorkerRole.ADMIN));
        all.put("a blocking of the customer", (t, s) -> t.admin(EVE).block(s.customer()));
        all.put("an erasing of the customer", (t, s) -> t.admin(EVE).erase(s.customer()));
        all.put("a redaction", (t, s) -> t.admin(EVE).redactions().redact(s.ticket(), Redaction.ofWholeBeginning()));
        all.put(
                "a redaction of all of the customer's",
                (t, s) -> t.admin(EVE).redactions().redactAll(s.customer()));
        all.put("an erasing of the worker", (t, s) -> {
            t.admin(EVE).deactivate(s.worker());
            t.admin(EVE).erase(s.worker());
        });
        all.put(
                "a registration of the customer as a worker",
                (t, s) -> t.people()
                        .registerWorker(NewWorker.of(s.customer(), s.customer() + "@example.com", "Carl", "Customer")));
        all.put(
                "a change of the customer",
                (t, s) -> t.people()
                        .updateCustomer(s.customer(), Customer.Changes.none().preferredLanguage("en")));
        all.put(
                "a change of the worker",
                (t, s) -> t.people()
                        .updateWorker(s.worker(), Worker.Changes.none().skills("printers")));
        return all;
    }

    private static void imported(TicketService tickets, Scene scene) {
        UUID id = UUID.randomUUID();
        TicketEvent.Header reply = new TicketEvent.Header(
                UUID.randomUUID(),
                id,
                1,
                START,
                new Author(scene.customer(), "Carl", "Customer", Role.CUSTOMER),
                Visibility.PUBLIC);
        TicketEvent.Header answer = new TicketEvent.Header(
                UUID.randomUUID(),
                id,
                2,
                START,
                new Author(scene.worker(), "Wanda", "Worker", Role.AGENT),
                Visibility.PUBLIC);
        Imports.Report report = tickets.imports()
                .run(List.of(ImportedTicket.of(
                                        id, NewTicket.of("Title", "Text").channel("elsewhere"), scene.customer(), START)
                                .events(List.of(
                                        new TicketEvent.CustomEvent(reply, "odd", JsonValue.parse("{}")),
                                        new TicketEvent.CustomEvent(answer, "odd", JsonValue.parse("{}")))))
                        .iterator());
        assertThat(report.faults()).isEmpty();
        assertThat(report.imported()).isEqualTo(1);
    }
}
