package io.github.counterfoil.change;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.EVE;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.change.ChangeFeed.Batch;
import io.github.counterfoil.change.ChangeFeed.Pulled;
import io.github.counterfoil.change.ChangeFeed.Start;
import io.github.counterfoil.desk.Redaction;
import io.github.counterfoil.error.CounterfoilException;
import io.github.counterfoil.event.Author;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.testing.Background;
import io.github.counterfoil.testing.Chance;
import io.github.counterfoil.testing.SameConnection;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.NewTicket;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Eight who write, in transactions that overlap, sleep and roll back, beside imports, redactions and purges; four readers of one consumer,
 * two of another and one who pulls, whose connections are cut at any point. {@code -Dcounterfoil.changes.operations} and
 * {@code -Dcounterfoil.changes.kills} play more than the build.
 */
@ExtendWith(Chance.class)
class ChangesStormTest {
    private static final int OPERATIONS = Integer.getInteger("counterfoil.changes.operations", 8);
    private static final int KILLS = Integer.getInteger("counterfoil.changes.kills", 10);
    private static final int WRITERS = 8;
    private static final int TICKETS = 12;

    @AutoClose
    private final TestDatabase database = TestDatabase.withSchema();

    private final SupportTeam team = SupportTeam.in(database);
    private final TicketService tickets = team.tickets();
    private final List<UUID> ids =
            IntStream.range(0, TICKETS).mapToObj(i -> team.ticket()).toList();
    private final AtomicBoolean written = new AtomicBoolean();
    private final AtomicInteger kills = new AtomicInteger();
    private final AtomicInteger pulls = new AtomicInteger();
    /** What the readers of the consumer that acknowledges were given, and what was pulled, in their order. */
    private final Queue<Seen> acknowledged = new ConcurrentLinkedQueue<>();

    private final Queue<Seen> pulled = new ConcurrentLinkedQueue<>();

    private record Seen(UUID ticketId, int seq) {
        static Seen of(Change change) {
            return new Seen(
                    change.ticketId(),
                    change instanceof Change.Happened happened
                            ? happened.event().seq()
                            : change instanceof Change.Opened ? 0 : Integer.MAX_VALUE);
        }
    }

    private void write(Random chance) {
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            for (int i = 0; i < OPERATIONS; i++) {
                try {
                    TicketService joined = tickets.joining(connection);
                    for (int n = chance.nextInt(3); n >= 0; n--) {
                        operation(joined, chance);
                        if (chance.nextInt(4) == 0) {
                            Thread.sleep(chance.nextInt(15));
                        }
                    }
                    if (chance.nextInt(5) == 0) {
                        connection.rollback();
                    } else {
                        connection.commit();
                    }
                } catch (CounterfoilException e) {
                    // A circle of locks, or a ticket that was purged: as hosts do.
                    connection.rollback();
                }
            }
        } catch (SQLException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void operation(TicketService joined, Random chance) {
        UUID id = ids.get(chance.nextInt(TICKETS));
        switch (chance.nextInt(10)) {
            case 0 -> joined.customer(ADA).open(NewTicket.of("New", "Text").channel("web"));
            case 1 -> joined.imports().run(List.of(imported(chance)).iterator());
            case 2 -> joined.admin(EVE).redactions().redact(id, Redaction.of(reply(joined, id), "content"));
            case 3 -> {
                UUID gone = joined.customer(ADA)
                        .open(NewTicket.of("Gone", "Text").channel("web"))
                        .id();
                joined.agent(JANE).on(gone).note("Nobody reads this.");
                joined.admin(EVE).purge(gone);
            }
            case 4, 5 -> joined.customer(ADA).on(id).reply("From Ada");
            case 6 -> joined.agent(JANE).on(id).close();
            case 7 -> joined.agent(JANE).on(id).note("A note");
            default -> reply(joined, id);
        }
    }

    private static UUID reply(TicketService joined, UUID id) {
        return joined.agent(JANE).on(id).reply("A reply").events().get(0).id();
    }

    private static ImportedTicket imported(Random chance) {
        UUID id = new UUID(chance.nextLong(), chance.nextLong());
        List<TicketEvent> events = IntStream.rangeClosed(1, 5)
                .<TicketEvent>mapToObj(seq -> new TicketEvent.Message(
                        new TicketEvent.Header(
                                new UUID(seq, id.getLeastSignificantBits()),
                                id,
                                seq,
                                Instant.EPOCH.plusSeconds(seq),
                                new Author(JANE, "Jane", "Smith", Role.AGENT),
                                Visibility.PUBLIC),
                        "Old",
                        List.of()))
                .toList();
        return ImportedTicket.of(id, NewTicket.of("Old", "Text").channel("web"), ADA, Instant.EPOCH)
                .events(events);
    }

    /** Goes on until all is written and nothing is left, on connections that are cut now and then. */
    private void follow(Reading reading, Random chance) {
        boolean last = false;
        while (true) {
            boolean over = written.get();
            try (Connection connection = database.dataSource().getConnection()) {
                boolean cut = chance.nextInt(4) == 0 && kills.incrementAndGet() <= KILLS;
                CompletableFuture<Void> killer = cut ? kill(connection, chance.nextInt(30)) : null;
                for (int i = 0; i < 20; i++) {
                    last = !reading.next(TicketService.builder(new SameConnection(connection))
                            .build());
                }
                if (killer != null) {
                    killer.join();
                }
            } catch (CounterfoilException | SQLException e) {
                last = false;
            }
            if (over && last) {
                return;
            }
        }
    }

    private CompletableFuture<Void> kill(Connection connection, int afterMillis) throws SQLException {
        int pid = connection.unwrap(org.postgresql.PGConnection.class).getBackendPID();
        return Background.run(() -> {
            try {
                Thread.sleep(afterMillis);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            database.query("select pg_terminate_backend(" + pid + ")");
        });
    }

    private interface Reading {
        boolean next(TicketService service) throws SQLException;
    }

    private boolean process(TicketService service) throws SQLException {
        return service.changes().process("outbox", 7, this::store) > 0;
    }

    private void store(List<Change> changes, Connection transaction) throws SQLException {
        try (PreparedStatement insert =
                transaction.prepareStatement("insert into outbox (ticket_id, seq) values (?, ?)")) {
            for (Change change : changes) {
                Seen seen = Seen.of(change);
                insert.setObject(1, seen.ticketId());
                insert.setInt(2, seen.seq());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private boolean acknowledge(TicketService service) {
        Batch<Change> batch = service.changes().read("broker", 7, Duration.ofMillis(300));
        batch.changes().forEach(change -> acknowledged.add(Seen.of(change)));
        if (!batch.changes().isEmpty()) {
            service.changes().acknowledge("broker", batch.token());
        }
        return !batch.changes().isEmpty() || service.changes().lag("broker").changes() > 0;
    }

    private final class Puller implements Reading {
        private Start next = Start.beginning();

        void readAll() {
            boolean more = true;
            while (more) {
                more = next(tickets);
            }
        }

        @Override
        public boolean next(TicketService service) {
            Pulled<Change> portion = service.changes().pull(next, 200);
            portion.changes().forEach(change -> pulled.add(Seen.of(change)));
            next = Start.after(portion.end());
            pulls.incrementAndGet();
            return !portion.changes().isEmpty();
        }
    }

    private void play() {
        database.execute("create table outbox (n bigint generated always as identity, ticket_id uuid, seq integer)");
        Changes changes = tickets.changes();
        changes.register("outbox", Start.beginning(), 4);
        changes.register("broker", Start.beginning(), 2);
        Random chance = Chance.random();
        List<CompletableFuture<Void>> readers = new ArrayList<>();
        try (Connection slow = database.dataSource().getConnection()) {
            // Whoever does not wait for it reads on behind it.
            slow.setAutoCommit(false);
            tickets.joining(slow).agent(JANE).on(ids.get(0)).note("Slow");
            team.jane().on(ids.get(1)).note("Quick");
            for (int i = 0; i < 4; i++) {
                readers.add(reading(this::process, chance));
            }
            readers.add(reading(this::acknowledge, chance));
            readers.add(reading(this::acknowledge, chance));
            readers.add(reading(new Puller(), chance));
            List<CompletableFuture<Void>> writers = IntStream.range(0, WRITERS)
                    .mapToObj(i -> {
                        Random own = new Random(chance.nextLong());
                        return Background.run(() -> write(own));
                    })
                    .toList();
            for (int i = 0; i < 100 && pulls.get() < 3; i++) {
                Thread.sleep(20);
            }
            slow.commit();
            all(writers);
        } catch (SQLException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
        written.set(true);
        all(readers);
    }

    private CompletableFuture<Void> reading(Reading reading, Random chance) {
        Random own = new Random(chance.nextLong());
        return Background.run(() -> follow(reading, own));
    }

    private static void all(List<CompletableFuture<Void>> work) {
        CompletableFuture.allOf(work.toArray(CompletableFuture[]::new))
                .orTimeout(Math.max(60, OPERATIONS), TimeUnit.SECONDS)
                .join();
    }

    private Set<String> stored() {
        return new TreeSet<>(database.query("select ticket_id || ' ' || seq from counterfoil.ticket_event"
                + " union all select id || ' 0' from counterfoil.ticket"
                + " union all select id || ' 2147483647' from counterfoil.ticket_purge"));
    }

    private List<Seen> outbox() {
        return database.query("select ticket_id || ' ' || seq from outbox order by n").stream()
                .map(row -> row.split(" "))
                .map(row -> new Seen(UUID.fromString(row[0]), Integer.parseInt(row[1])))
                .toList();
    }

    private static Set<String> texts(Iterable<Seen> seen) {
        Set<String> texts = new TreeSet<>();
        seen.forEach(one -> texts.add(one.ticketId() + " " + one.seq()));
        return texts;
    }

    private static void assertInOrder(Iterable<Seen> seen) {
        Map<UUID, Integer> last = new HashMap<>();
        List<Seen> wrong = new ArrayList<>();
        for (Seen one : seen) {
            int before = last.getOrDefault(one.ticketId(), -1);
            if (one.seq() <= before) {
                wrong.add(one);
            }
            last.merge(one.ticketId(), one.seq(), Math::max);
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void every_change_is_given_once_and_in_the_order_of_its_ticket_whatever_overlaps_and_whoever_is_cut_off() {
        play();
        Set<String> stored = stored();
        assertThat(texts(outbox())).isEqualTo(stored);
        assertThat(outbox()).doesNotHaveDuplicates();
        assertInOrder(outbox());
        assertThat(texts(pulled)).isEqualTo(stored);
        assertInOrder(pulled);
        assertThat(texts(acknowledged)).isEqualTo(stored);
        System.out.println("changes: " + stored.size() + " stored, " + Math.min(KILLS, kills.get())
                + " readers cut off; given again under read and acknowledge: "
                + (acknowledged.size() - stored.size()) + ", under process: " + (outbox().size() - stored.size()));
        assertThat(tickets.verifyAll().discrepancies()).isEmpty();
    }

    @Test
    void a_feed_that_does_not_wait_for_open_transactions_is_found_out() throws SQLException {
        database.changeFunction("change_horizon", "pg_snapshot_xmin", "pg_snapshot_xmax");
        Puller puller = new Puller();
        try (Connection slow = database.dataSource().getConnection()) {
            slow.setAutoCommit(false);
            tickets.joining(slow).agent(JANE).on(ids.get(0)).note("Slow");
            team.jane().on(ids.get(1)).note("Quick");
            puller.readAll();
            slow.commit();
        }
        puller.readAll();
        Set<String> missed = stored();
        missed.removeAll(texts(pulled));
        assertThat(missed).containsExactly(ids.get(0) + " 1");
    }
}
