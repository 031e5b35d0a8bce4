package io.github.counterfoil.imports;

import static io.github.counterfoil.imports.Elsewhere.BEGINNING;
import static io.github.counterfoil.imports.Elsewhere.START;
import static io.github.counterfoil.imports.Elsewhere.talk;
import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.document.Documents;
import io.github.counterfoil.error.TicketNotFound;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.testing.Chance;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Imports and adoptions that meet each other, and commands, on tickets that were not there before. A longer run:
 * {@code -Dcounterfoil.rounds=1000}.
 */
@Tag("storage")
@ExtendWith(Chance.class)
class ParallelImportsTest {
    private static final int ROUNDS = Integer.getInteger("counterfoil.rounds", 15);

    private TestDatabase database;
    private SupportTeam team;
    private final Random random = Chance.random();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @BeforeEach
    void open() {
        database = TestDatabase.withSchema();
        team = SupportTeam.in(database);
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        database.close();
    }

    @Test
    void of_imports_that_meet_each_ticket_is_what_one_of_them_said() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            List<UUID> ids = ids(6);
            List<List<ImportedTicket>> inputs = List.of(
                    some(ids, "said " + round, ADA, BOB),
                    some(ids, "said " + round, BOB, ADA),
                    some(ids, "told " + round, ADA, BOB));
            List<Callable<Imports.Report>> importers = new ArrayList<>();
            for (List<ImportedTicket> input : inputs) {
                importers.add(() -> team.tickets().imports().run(input.iterator()));
            }
            for (Imports.Report report : atOnce(importers)) {
                assertThat(report.imported()
                                + report.present()
                                + report.faults().size())
                        .isEqualTo(6);
                assertThat(report.faults())
                        .allMatch(fault -> List.of("beginning.diverged", "events.diverged")
                                .contains(fault.field() + "." + fault.code()));
            }
            for (UUID id : ids) {
                List<TicketEvent> history = history(id);
                assertThat(inputs.stream()
                                .flatMap(List::stream)
                                .filter(one -> one.id().equals(id)))
                        .as("round %s", round)
                        .anySatisfy(one -> {
                            assertThat(one.events()).isEqualTo(history);
                            assertThat(one.customerId()).isEqualTo(ticketsCustomer(id));
                        });
                isWritable(id);
            }
        }
        assertThat(team.tickets().verifyAll().discrepancies()).isEmpty();
        System.out.printf("rounds: %,d of imports that meet%n", ROUNDS);
    }

    @Test
    void no_reply_that_meets_imports_is_lost_and_none_of_what_they_said_is_mixed_up() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            UUID id = ids(1).get(0);
            int known = random.nextInt(4);
            if (round % 2 == 0) {
                team.tickets().imports().run(List.of(talk(id, 0)).iterator());
            }
            Set<String> acknowledged = Collections.synchronizedSet(new HashSet<>());
            List<Callable<Void>> all = new ArrayList<>();
            for (ImportedTicket ticket : List.of(talk(id, 0), talk(id, known), talk(id, 4))) {
                all.add(() -> {
                    assertThat(team.tickets()
                                    .imports()
                                    .run(List.of(ticket).iterator())
                                    .faults())
                            .allMatch(fault -> List.of("beginning.diverged", "events.diverged")
                                    .contains(fault.field() + "." + fault.code()));
                    return null;
                });
            }
            for (int replier = 0; replier < 2; replier++) {
                String name = "Reply " + replier;
                all.add(() -> {
                    for (int i = 0; i < 4; i++) {
                        try {
                            team.jane().on(id).reply(name + i);
                            acknowledged.add(name + i);
                        } catch (TicketNotFound e) {
                            Thread.onSpinWait();
                        }
                    }
                    return null;
                });
            }
            atOnce(all);
            List<TicketEvent> history = history(id);
            int imported = history.size() - acknowledged.size();
            assertThat(history.subList(0, imported))
                    .as("round %s", round)
                    .isEqualTo(talk(id, imported).events());
            assertThat(history.subList(imported, history.size()))
                    .extracting(event -> ((TicketEvent.Message) event).content())
                    .containsExactlyInAnyOrderElementsOf(acknowledged);
            isWritable(id);
        }
        assertThat(team.tickets().verifyAll().discrepancies()).isEmpty();
        System.out.printf("rounds: %,d of imports that meet replies%n", ROUNDS);
    }

    @Test
    void an_import_waits_for_a_reply_that_is_under_way() throws Exception {
        UUID id = ids(1).get(0);
        team.tickets().imports().run(List.of(talk(id, 0)).iterator());
        Imports.Report report;
        try (Connection replying = begin()) {
            team.tickets().joining(replying).customer(ADA).on(id).reply("First");
            Future<Imports.Report> importing = threads.submit(
                    () -> team.tickets().imports().run(List.of(talk(id, 4)).iterator()));
            database.awaitWaiting();
            replying.commit();
            report = importing.get();
        }
        assertThat(report.faults()).hasToString("[item 0, " + id + ": events.diverged]");
        assertThat(history(id)).hasSize(1);
        isWritable(id);
    }

    @Test
    void of_two_imports_of_a_ticket_that_is_not_there_the_second_waits_and_grows_it_or_finds_it_other()
            throws Exception {
        for (int stored : List.of(0, 2)) {
            UUID id = ids(1).get(0);
            UUID other = ids(1).get(0);
            try (Connection first = begin()) {
                team.tickets()
                        .joining(first)
                        .imports()
                        .run(List.of(talk(id, stored), ImportedTicket.of(other, BEGINNING, BOB, START))
                                .iterator());
                Future<Imports.Report> second = threads.submit(() -> team.tickets()
                        .imports()
                        .run(List.of(talk(other, 0), talk(id, 4)).iterator()));
                database.awaitWaiting();
                first.commit();
                assertThat(second.get().imported()).isEqualTo(1);
                assertThat(second.get().faults()).hasToString("[item 0, " + other + ": beginning.diverged]");
            }
            assertThat(history(id)).isEqualTo(talk(id, 4).events());
            isWritable(id);
            isWritable(other);
        }
    }

    @Test
    void of_adoptions_that_meet_each_row_comes_over_once() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String schema = "literal_" + round;
            database.execute("""
                    create schema %1$s;
                    create view %1$s.customers as select md5('%1$s c' || n)::uuid as id, 'F' || n as first_name,
                      'L' as last_name, '{web}'::text[] as communication_channels, 'en' as preferred_language,
                      '%1$s.' || n || '@example.com' as email from generate_series(1, 5) n;
                    create view %1$s.workers as select md5('%1$s w' || n)::uuid as id, 'F' || n as first_name,
                      'L' as last_name, '%1$s.' || n || '@example.com' as email, timestamptz '2024-01-01' as created_at,
                      'agent' as role, 'UTC' as timezone from generate_series(1, 3) n;
                    create view %1$s.tickets as select md5('%1$s t' || n)::uuid as id, 'T' || n as title, 'D' as description,
                      case n when 7 then 'odd' else 'new' end as status, 'low' as priority, 'web' || n as source_channel,
                      timestamptz '2024-01-01' as created_at, md5('%1$s c' || 1 + n %% 5)::uuid as created_by,
                      '%1$s.' || 1 + n %% 5 || '@example.com' as customer_email, jsonb_build_object('events', case when n %% 2 = 0
                        then '[]' else jsonb_build_array(jsonb_build_object('id', md5('%1$s e' || n)::uuid, 'type', 'message',
                          'content', 'Text', 'attachments', '[]'::jsonb, 'created_at', timestamptz '2024-01-02',
                          'created_by_uuid', md5('%1$s w' || 1 + n %% 3)::uuid, 'created_by_first_name', 'F',
                          'created_by_last_name', 'L', 'role', 'agent', 'visibility', 'public')) end) as ticket_history
                      from generate_series(1, 12) n;
                    """.formatted(schema));
            Callable<Documents.AdoptionReport> adopting =
                    () -> team.tickets().documents().adopt(schema);
            long customers = 0;
            long workers = 0;
            long tickets = 0;
            for (Documents.AdoptionReport report : atOnce(List.of(adopting, adopting, adopting))) {
                assertThat(report.customers().faults()).isEmpty();
                assertThat(report.workers().faults()).isEmpty();
                assertThat(report.tickets().faults())
                        .extracting(Imports.Report.Fault::field)
                        .containsExactly("status");
                customers += report.customers().imported();
                workers += report.workers().imported();
                tickets += report.tickets().imported();
                assertThat(report.tickets().imported() + report.tickets().present())
                        .isEqualTo(11);
            }
            assertThat(customers).isEqualTo(5);
            assertThat(workers).isEqualTo(3);
            assertThat(tickets).isEqualTo(11);
            assertThat(database.value("select count(*) from counterfoil.adoption_problem"))
                    .isEqualTo(Integer.toString(round + 1));
            database.query("select id from " + schema + ".tickets where status = 'new'").stream()
                    .map(UUID::fromString)
                    .forEach(this::isWritable);
        }
        assertThat(team.tickets().verifyAll().discrepancies()).isEmpty();
        System.out.printf("rounds: %,d of adoptions that meet%n", ROUNDS);
    }

    /** Of each ticket the first few events of one history, from a channel that its customer has not used. */
    private List<ImportedTicket> some(List<UUID> ids, String said, UUID one, UUID other) {
        String channel = "channel " + random.nextInt(1_000_000);
        List<ImportedTicket> tickets = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            UUID id = ids.get(i);
            List<TicketEvent> events = IntStream.rangeClosed(1, random.nextInt(4))
                    .<TicketEvent>mapToObj(
                            seq -> new TicketEvent.Message(Elsewhere.header(id, seq), said + " " + seq, List.of()))
                    .toList();
            // The last three began in the same way for all, so that they may grow.
            tickets.add(ImportedTicket.of(
                            id,
                            i < 3 ? BEGINNING.channel(channel) : BEGINNING,
                            i % 2 == 0 || i >= 3 ? one : other,
                            START)
                    .events(events));
        }
        Collections.shuffle(tickets, random);
        return tickets;
    }

    private Connection begin() throws SQLException {
        Connection connection = database.dataSource().getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    private List<UUID> ids(int count) {
        return Stream.generate(() -> new UUID(random.nextLong(), random.nextLong()))
                .limit(count)
                .toList();
    }

    private List<TicketEvent> history(UUID id) {
        return team.jane().on(id).history(PageRequest.oldestFirst(50)).items();
    }

    private UUID ticketsCustomer(UUID id) {
        return UUID.fromString(database.value("select customer_id from counterfoil.ticket where id = '" + id + "'"));
    }

    private void isWritable(UUID id) {
        team.jane().on(id).note("Still writable");
        assertThat(team.tickets().verify(id).discrepancies()).isEmpty();
    }

    private <T> List<T> atOnce(List<Callable<T>> work) throws Exception {
        CyclicBarrier start = new CyclicBarrier(work.size());
        List<Future<T>> running = new ArrayList<>();
        for (Callable<T> one : work) {
            running.add(threads.submit(() -> {
                start.await();
                return one.call();
            }));
        }
        List<T> results = new ArrayList<>();
        for (Future<T> one : running) {
            results.add(one.get());
        }
        return results;
    }
}
