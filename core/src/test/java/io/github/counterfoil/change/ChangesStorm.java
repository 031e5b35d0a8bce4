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
import io.github.counterfoil.spi.ConnectionSource;
import io.github.counterfoil.testing.Background;
import io.github.counterfoil.testing.Chance;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.Waiting;
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
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Eight who write, in transactions that overlap, sleep and roll back, beside imports, redactions and purges; four readers of one consumer,
 * two of another and one who pulls, whose connections are cut at any point. It goes on until so many were.
 */
public final class ChangesStorm {
    public static final int KILLS = Integer.getInteger("counterfoil.feed.kills", 10);
    private static final int WRITERS = 8;
    private static final int TICKETS = 12;
    private static final int PULLED = 200;
    /** Of writers who only wait for the last readers to be cut off. */
    private static final int REST_MILLIS = 200;

    private static final Duration BACK = Duration.ofMillis(20);

    private final Place place;
    private final TicketService tickets;
    private final int operations;
    private final int mostKills;
    private final List<UUID> ids;
    private final Queue<UUID> opened = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean written = new AtomicBoolean();
    private final AtomicInteger kills = new AtomicInteger();
    private final Puller puller = new Puller();
    /** What the readers of the consumer that acknowledges were given, and what was pulled, in their order. */
    private final Queue<Seen> acknowledged = new ConcurrentLinkedQueue<>();

    private final Queue<Seen> pulled = new ConcurrentLinkedQueue<>();

    /** A database with the schema, for a storm alone. */
    public interface Place {
        /** Each connection a new one. */
        DataSource connections();

        List<String> query(String sql);

        /** Returns when no transaction of another database holds anything back. */
        void settle();
    }

    private record Seen(UUID ticketId, int seq) {
        static Seen of(Change change) {
            return new Seen(
                    change.ticketId(),
                    change instanceof Change.Happened happened
                            ? happened.event().seq()
                            : change instanceof Change.Opened ? 0 : Integer.MAX_VALUE);
        }
    }

    /**
     * Registers people and opens tickets.
     *
     * @param tickets on the place, for what is not to be cut off
     * @param operations transactions of each writer, at least
     */
    public ChangesStorm(Place place, TicketService tickets, int operations, int kills) {
        this.place = place;
        this.tickets = tickets;
        this.operations = operations;
        this.mostKills = kills;
        SupportTeam team = SupportTeam.registered(tickets);
        this.ids = IntStream.range(0, TICKETS).mapToObj(i -> team.ticket()).toList();
    }

    /** How many readers were cut off so far. */
    public int kills() {
        return kills.get();
    }

    private boolean isKilling() {
        return kills.get() < mostKills;
    }

    /** Until all is written and read, and what is beside it is done. */
    public void play(Runnable beside) throws SQLException {
        try (Connection connection = open();
                PreparedStatement table = connection.prepareStatement(
                        "create table outbox (n bigint generated always as identity, ticket_id uuid, seq integer)")) {
            table.execute();
        }
        Changes changes = tickets.changes();
        changes.register("outbox", Start.beginning(), 4);
        changes.register("broker", Start.beginning(), 2);
        Random chance = Chance.random();
        List<CompletableFuture<Void>> readers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            readers.add(reading(this::process, chance));
        }
        readers.add(reading(this::acknowledge, chance));
        readers.add(reading(this::acknowledge, chance));
        readers.add(reading(puller, chance));
        List<CompletableFuture<Void>> work = new ArrayList<>();
        work.add(Background.run(beside));
        for (int i = 0; i < WRITERS; i++) {
            Random own = new Random(chance.nextLong());
            work.add(Background.run(() -> write(own)));
        }
        all(work);
        written.set(true);
        all(readers);
        place.settle();
        for (Reading last : List.<Reading>of(this::process, this::acknowledge, puller)) {
            boolean more = true;
            while (more) {
                more = last.next(tickets);
            }
        }
    }

    private Connection open() throws SQLException {
        return place.connections().getConnection();
    }

    private void all(List<CompletableFuture<Void>> work) {
        CompletableFuture.allOf(work.toArray(CompletableFuture[]::new))
                .orTimeout(60 + operations + mostKills, TimeUnit.SECONDS)
                .join();
    }

    private void write(Random chance) {
        int done = 0;
        while (done < operations || isKilling()) {
            try (Connection connection = open()) {
                connection.setAutoCommit(false);
                while (done < operations || isKilling()) {
                    transaction(connection, chance);
                    done++;
                    if (done > operations) {
                        Waiting.pause(Duration.ofMillis(chance.nextInt(REST_MILLIS)));
                    }
                }
            } catch (SQLException e) {
                // The server is away.
                Waiting.pause(BACK);
            }
        }
    }

    private void transaction(Connection connection, Random chance) throws SQLException {
        try {
            TicketService joined = tickets.joining(connection);
            for (int n = chance.nextInt(3); n >= 0; n--) {
                operation(joined, chance);
                if (chance.nextInt(4) == 0) {
                    Waiting.pause(Duration.ofMillis(chance.nextInt(15)));
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

    private void operation(TicketService joined, Random chance) {
        UUID id = ids.get(chance.nextInt(TICKETS));
        switch (chance.nextInt(10)) {
            case 0 -> opened.add(open(joined));
            case 1 -> joined.imports().run(List.of(imported(chance)).iterator());
            case 2 -> joined.admin(EVE).redactions().redact(id, Redaction.of(reply(joined, id), "content"));
            case 3 -> purge(joined);
            case 4, 5 -> joined.customer(ADA).on(id).reply("From Ada");
            case 6 -> joined.agent(JANE).on(id).close();
            case 7 -> joined.agent(JANE).on(id).note("A note");
            default -> reply(joined, id);
        }
    }

    private static UUID open(TicketService joined) {
        return joined.customer(ADA)
                .open(NewTicket.of("New", "Text").channel("web"))
                .id();
    }

    /** Of what may have been read before, or of what nobody else ever sees. */
    private void purge(TicketService joined) {
        UUID gone = opened.poll();
        if (gone == null) {
            gone = open(joined);
            joined.agent(JANE).on(gone).note("Nobody reads this.");
        }
        joined.admin(EVE).purge(gone);
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

    private interface Reading {
        /** Whether there may be more. */
        boolean next(TicketService service) throws SQLException;
    }

    private CompletableFuture<Void> reading(Reading reading, Random chance) {
        Random own = new Random(chance.nextLong());
        return Background.run(() -> {
            try (OneConnection connection = new OneConnection()) {
                follow(reading, connection, own);
            }
        });
    }

    /** A reader's, which is replaced when it is gone: as from a pool, but for the look whether it still works. */
    private final class OneConnection implements ConnectionSource, AutoCloseable {
        private @Nullable Connection current;

        @Override
        public Connection open() throws SQLException {
            Connection kept = current;
            if (kept == null || kept.isClosed()) {
                kept = place.connections().getConnection();
                current = kept;
            }
            return kept;
        }

        @Override
        public void release(Connection connection) {
            // Kept for the next call.
        }

        @Override
        public void close() {
            try {
                if (current != null) {
                    current.close();
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Goes on until all is written and nothing is left, on connections that are cut now and then. */
    private void follow(Reading reading, OneConnection connection, Random chance) {
        TicketService service = TicketService.builder(connection).build();
        boolean last = false;
        while (true) {
            boolean over = written.get();
            CompletableFuture<Void> killer = null;
            try {
                if (isKilling() && chance.nextInt(2) == 0) {
                    killer = kill(connection.open(), chance.nextInt(30), chance.nextBoolean());
                }
                last = false;
                for (int i = 0; i < 10 || killer != null && !killer.isDone(); i++) {
                    last = !reading.next(service);
                }
            } catch (CounterfoilException | SQLException e) {
                last = false;
                Waiting.pause(BACK);
            }
            if (killer != null) {
                killer.join();
            }
            if (over && last) {
                return;
            }
        }
    }

    /** At the server, or from the client's side. */
    private CompletableFuture<Void> kill(Connection connection, int afterMillis, boolean session) throws SQLException {
        int pid = connection.unwrap(PGConnection.class).getBackendPID();
        return Background.run(() -> {
            Waiting.pause(Duration.ofMillis(afterMillis));
            try {
                if (session) {
                    place.query("select pg_terminate_backend(" + pid + ")");
                } else {
                    connection.abort(Runnable::run);
                }
                kills.incrementAndGet();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private boolean process(TicketService service) throws SQLException {
        return service.changes().process("outbox", 7, ChangesStorm::store) > 0;
    }

    private static void store(List<Change> changes, Connection transaction) throws SQLException {
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

        @Override
        public boolean next(TicketService service) {
            Pulled<Change> portion = service.changes().pull(next, PULLED);
            portion.changes().forEach(change -> pulled.add(Seen.of(change)));
            next = Start.after(portion.end());
            return !portion.changes().isEmpty();
        }
    }

    /** What was not handled of what is stored. */
    public Set<String> missed() {
        Set<String> missed = stored();
        missed.removeAll(texts(outbox()));
        return missed;
    }

    private Set<String> stored() {
        return new TreeSet<>(place.query("select ticket_id || ' ' || seq from counterfoil.ticket_event"
                + " union all select id || ' 0' from counterfoil.ticket"
                + " union all select id || ' 2147483647' from counterfoil.ticket_purge"));
    }

    private List<Seen> outbox() {
        return place.query("select ticket_id || ' ' || seq from outbox order by n").stream()
                .map(row -> row.split(" "))
                .map(row -> new Seen(UUID.fromString(row[0]), Integer.parseInt(row[1])))
                .toList();
    }

    private static Set<String> texts(Iterable<Seen> seen) {
        Set<String> texts = new TreeSet<>();
        seen.forEach(one -> texts.add(one.ticketId() + " " + one.seq()));
        return texts;
    }

    /** All that is stored, and nothing else, but for what was purged since. */
    private static void assertWhole(String who, Set<String> stored, Iterable<Seen> seen) {
        Set<String> missed = new TreeSet<>(stored);
        Set<String> foreign = texts(seen);
        missed.removeAll(foreign);
        foreign.removeAll(stored);
        foreign.removeIf(text -> stored.contains(text.split(" ")[0] + " 2147483647"));
        assertThat(missed).as("missed by " + who).isEmpty();
        assertThat(foreign).as("never stored, and given to " + who).isEmpty();
    }

    private static void assertInOrder(String who, Iterable<Seen> seen) {
        Map<UUID, Integer> last = new HashMap<>();
        List<Seen> wrong = new ArrayList<>();
        for (Seen one : seen) {
            int before = last.getOrDefault(one.ticketId(), -1);
            if (one.seq() <= before) {
                wrong.add(one);
            }
            last.merge(one.ticketId(), one.seq(), Math::max);
        }
        assertThat(wrong).as("out of order for " + who).isEmpty();
    }

    /** Says what there was. */
    public void requireWhole(String beside) {
        Set<String> stored = stored();
        List<Seen> outbox = outbox();
        assertWhole("outbox", stored, outbox);
        assertInOrder("outbox", outbox);
        assertWhole("puller", stored, pulled);
        assertInOrder("puller", pulled);
        // Not in order: one who was held up for too long notes what was given to another meanwhile.
        assertWhole("broker", stored, acknowledged);
        assertThat(outbox).doesNotHaveDuplicates();
        assertThat(tickets.verifyAll().discrepancies()).isEmpty();
        System.out.println("feed: " + stored.size() + " changes stored, " + kills() + " readers cut off" + beside
                + "; handled " + outbox.size() + ", given twice: "
                + (outbox.size() - texts(outbox).size()) + " by process, "
                + (acknowledged.size() - texts(acknowledged).size())
                + " by read and acknowledge; 0 missed, 0 out of order");
    }
}
