package io.github.counterfoil.desk;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.BOB;
import static io.github.counterfoil.testing.SupportTeam.EVE;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static io.github.counterfoil.testing.SupportTeam.TOM;
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
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.people.Customer;
import io.github.counterfoil.people.Worker;
import io.github.counterfoil.people.WorkerRole;
import io.github.counterfoil.testing.Background;
import io.github.counterfoil.testing.Chance;
import io.github.counterfoil.testing.FilesInMemory;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.TicketQuery;
import io.github.counterfoil.ticket.TicketStatus;
import java.io.InputStream;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Commands, imports, people and administration on the same few tickets and people: whatever meets, nobody waits in a circle. A
 * longer run: {@code -Dcounterfoil.operations=1000000}.
 */
@Tag("storage")
@ExtendWith(Chance.class)
class LockOrderTest {
    private static final int OPERATIONS = Integer.getInteger("counterfoil.operations", 2_000);
    private static final int THREADS = 8;
    private static final Instant START = Instant.parse("2020-01-01T00:00:00Z");
    private static final int AT_ONCE = 6;

    /** Then others take their place, so that no history grows without end. */
    private static final int OPERATIONS_ON_THE_SAME = 300;

    private final AtomicInteger begun = new AtomicInteger();
    private static final String DEADLOCKS = "select deadlocks from pg_stat_database where datname = current_database()";

    @Test
    void nobody_waits_in_a_circle() throws Exception {
        try (TestDatabase database = TestDatabase.withSchema()) {
            SupportTeam.in(database);
            ExecutorService threads = Executors.newFixedThreadPool(THREADS);
            try (HikariDataSource pool = database.pool(THREADS)) {
                TicketService tickets = TicketService.builder(pool)
                        .attachments(new FilesInMemory(), 1_000)
                        .build();
                imports(tickets, new Random(Chance.seed()));
                List<Future<?>> running = new ArrayList<>();
                for (int thread = 0; thread < THREADS; thread++) {
                    Random random = new Random(Chance.seed() + thread);
                    running.add(threads.submit(() -> play(tickets, random)));
                }
                for (Future<?> one : running) {
                    one.get();
                }
                assertThat(tickets.verifyAll().discrepancies()).isEmpty();
            } finally {
                threads.shutdownNow();
            }
            // What a session counted is told when it ends.
            assertThat(database.value(DEADLOCKS)).isEqualTo("0");
            assertThat(
                            database.query(
                                    "select distinct created_by_first_name from counterfoil.ticket_event e "
                                            + "join counterfoil.customer c on c.id = e.created_by where c.erased and role = 'customer'"))
                    .isSubsetOf("Erased");
            System.out.printf(
                    "operations: %,d of %d threads, seed %d, 0 deadlocks, all verified%n",
                    OPERATIONS, THREADS, Chance.seed());
        }
    }

    @Test
    void a_ticket_that_comes_while_several_are_being_locked_is_not_waited_for() throws Exception {
        UUID first = new UUID(1, 0x4000);
        UUID coming = new UUID(2, 0x4000);
        UUID last = new UUID(3, 0x4000);
        try (TestDatabase database = TestDatabase.withSchema();
                Connection holding = database.dataSource().getConnection();
                Connection importing = database.dataSource().getConnection()) {
            SupportTeam team = SupportTeam.in(database);
            holding.setAutoCommit(false);
            importing.setAutoCommit(false);
            team.tickets().imports().run(List.of(begun(first), begun(last)).iterator());
            team.tickets().joining(holding).agent(TOM).on(last).note("Held");
            CompletableFuture<List<BulkCommands.Result>> several = Background.call(
                    () -> team.jane().onEach(List.of(first, coming, last)).apply(Command.assign(TOM)));
            database.awaitWaiting();
            team.tickets().imports().run(List.of(begun(coming)).iterator());
            team.tickets().joining(importing).agent(TOM).on(coming).note("Held");
            holding.commit();
            assertThat(several.get(20, TimeUnit.SECONDS))
                    .extracting(result -> result.refusal().map(Refusal::code).orElse("done"))
                    .containsExactly("done", "ticket.not_found", "done");
        }
    }

    private static ImportedTicket begun(UUID id) {
        return ImportedTicket.of(id, NewTicket.of("Title", "Text").channel("web"), ADA, START);
    }

    private void play(TicketService tickets, Random random) {
        for (int i = 0; i < OPERATIONS / THREADS; i++) {
            try {
                operation(tickets, random);
            } catch (Refusal e) {
                // Who is not active, or not assigned: another operation was first.
                assertThat(e.code()).isNotEqualTo("command_id.reused");
            }
        }
    }

    private void operation(TicketService tickets, Random random) {
        begun.incrementAndGet();
        UUID ticket = tickets().get(random.nextInt(AT_ONCE));
        UUID worker = List.of(JANE, TOM, EVE).get(random.nextInt(3));
        UUID customer = random.nextBoolean() ? ADA : BOB;
        switch (random.nextInt(24)) {
            case 0, 1, 2 -> imports(tickets, random);
            case 3 ->
                tickets.customer(customer).open(NewTicket.of("Title", "Text").channel(channel(random)));
            case 4 -> tickets.customer(customer).on(ticket).reply("Reply");
            case 5, 6 -> tickets.agent(JANE).on(ticket).assign(worker);
            case 7 -> tickets.agent(TOM).on(ticket).unassign(worker);
            case 8 -> tickets.agent(EVE).on(ticket).moveToCustomer(customer);
            case 9 -> tickets.agent(worker).on(ticket).changeStatus(TicketStatus.values()[1 + random.nextInt(3)]);
            case 10, 11 -> {
                List<UUID> several = new ArrayList<>(tickets());
                Collections.shuffle(several, random);
                tickets.agent(JANE)
                        .onEach(several)
                        .apply(Command.assign(worker), Command.note("Note"), Command.assign(TOM));
            }
            case 12, 13 -> tickets.admin(EVE).deactivate(random.nextInt(4) == 0 ? JANE : TOM);
            case 14, 15 -> tickets.admin(EVE).reactivate(random.nextBoolean() ? JANE : TOM);
            case 16 -> tickets.admin(EVE).changeRole(TOM, random.nextBoolean() ? WorkerRole.AGENT : WorkerRole.ADMIN);
            case 17 -> {
                // Who was erased is so for good, and is needed until then.
                if (begun.get() > OPERATIONS * 3 / 4) {
                    tickets.admin(EVE).erase(random.nextInt(3) == 0 ? TOM : customer);
                }
            }
            case 20 -> {
                UUID file = tickets.customer(customer)
                        .on(ticket)
                        .attachments()
                        .add("a", "a/b", InputStream.nullInputStream())
                        .id();
                tickets.customer(customer)
                        .on(ticket)
                        .apply(Command.reply("Reply").with(List.of(file)));
            }
            case 21 -> {
                tickets.agent(JANE).on(ticket).attachments().add("a", "a/b", InputStream.nullInputStream());
                tickets.attachments().sweep(Duration.ofMinutes(1), 1_000);
            }
            case 22 ->
                tickets.agent(worker)
                        .on(ticket)
                        .apply(Command.snooze(Instant.now().plusSeconds(1_000)));
            case 23 ->
                tickets.automation(EVE)
                        .run(
                                "tag",
                                TicketQuery.all().sort(TicketQuery.Sort.CREATED),
                                PageRequest.oldestFirst(AT_ONCE),
                                Command.tag("due"));
            case 18 ->
                tickets.people()
                        .updateCustomer(customer, Customer.Changes.none().preferredLanguage("en"));
            default ->
                tickets.people().updateWorker(worker, Worker.Changes.none().skills("s" + random.nextInt(9)));
        }
    }

    /** Some of the tickets, in any order, as they began, and new ones of both customers from new channels. */
    private void imports(TicketService tickets, Random random) {
        List<ImportedTicket> some = new ArrayList<>();
        tickets().stream().filter(id -> random.nextBoolean()).forEach(id -> some.add(begun(id)));
        for (int i = 0; i < 4; i++) {
            UUID id = new UUID(random.nextLong(), random.nextLong());
            UUID customer = i % 2 == 0 ? ADA : BOB;
            Author author = random.nextBoolean()
                    ? new Author(random.nextBoolean() ? JANE : TOM, "Some", "Agent", Role.AGENT)
                    : new Author(customer, "Some", "Customer", Role.CUSTOMER);
            TicketEvent.Header header =
                    new TicketEvent.Header(new UUID(random.nextLong(), 1), id, 1, START, author, Visibility.PUBLIC);
            some.add(ImportedTicket.of(id, NewTicket.of("Title", "Text").channel(channel(random)), customer, START)
                    .events(List.of(new TicketEvent.CustomEvent(header, "odd", JsonValue.parse("{}")))));
        }
        Collections.shuffle(some, random);
        assertThat(tickets.imports().run(some.iterator()).faults())
                .allMatch(fault -> fault.code().equals("diverged"));
    }

    private List<UUID> tickets() {
        int first = begun.get() / OPERATIONS_ON_THE_SAME * AT_ONCE;
        return IntStream.range(first, first + AT_ONCE)
                .mapToObj(i -> new UUID(i, 0x4000))
                .toList();
    }

    private static String channel(Random random) {
        return "channel " + random.nextInt(1_000);
    }
}
