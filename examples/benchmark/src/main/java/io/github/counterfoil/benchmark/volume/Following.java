package io.github.counterfoil.benchmark.volume;

import com.zaxxer.hikari.HikariDataSource;
import io.github.counterfoil.TicketService;
import io.github.counterfoil.change.ChangeFeed;
import io.github.counterfoil.change.ChangeFeed.Batch;
import io.github.counterfoil.change.ChangeFeed.Pulled;
import io.github.counterfoil.change.ChangeFeed.Start;
import io.github.counterfoil.ticket.NewTicket;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** Measures what following changes costs: how fast they are read, and what those pay who write. */
final class Following implements AutoCloseable {
    private static final String CONSUMER = "benchmark";
    private static final String WAITER = "benchmark waiter";
    private static final int PORTION = 1_000;
    private static final int WRITERS = 8;
    private static final int ROUNDS = 3;
    private static final String MESSAGE = "x".repeat(300);

    private final HikariDataSource pool;
    private final TicketService tickets;
    private final int changes;
    private final Duration slice;
    private final PrintStream out;

    /**
     * @param changes how many are read
     * @param slice of the time of those who write
     */
    Following(String url, String schema, int changes, Duration slice, PrintStream out) {
        this.pool = Volume.pool(Volume.dataSource(url), WRITERS + 2);
        // Commits wait for the disk, if the server's do.
        this.tickets = TicketService.builder(pool)
                .schema(schema)
                .usersTable(schema, "users", "id")
                .build();
        this.changes = changes;
        this.slice = slice;
        this.out = out;
    }

    private interface Work {
        /** How many changes, or replies. */
        long run() throws SQLException;
    }

    void run() throws SQLException {
        tickets.changes().announce(false);
        tickets.changes().remove(CONSUMER);
        out.println("| changes read | how many | a second |");
        out.println("|---|---|---|");
        read("pulled, 1,000 at a time", () -> pulled(tickets.changes()));
        read("pulled, what customers see", () -> pulled(tickets.changes().forCustomers()));
        read("read and acknowledged, 1,000 at a time", this::acknowledged);
        out.println();
        out.println(
                "| 300 characters of a reply | bytes of log | ms, 1 writer | replies a second, 1 writer | 8 writers |");
        out.println("|---|---|---|---|---|");
        UUID customer = People.customerId(0);
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            ids.add(tickets.agent(People.workerId(0))
                    .open(customer, NewTicket.of("Benchmark", MESSAGE))
                    .id());
        }
        tickets.changes().remove(CONSUMER);
        replies("no consumer", ids);
        tickets.changes().register(CONSUMER, Start.beginning());
        replies("a consumer that has read nothing", ids);
        tickets.changes().announce(true);
        replies("announced, nobody waits", ids);
        waitedFor(ids);
        tickets.changes().announce(false);
        tickets.changes().remove(CONSUMER);
    }

    private void read(String what, Work work) throws SQLException {
        double best = 0;
        long read = 0;
        for (int i = 0; i < ROUNDS; i++) {
            long start = System.nanoTime();
            read = work.run();
            best = Math.max(best, read / seconds(start));
        }
        out.printf(Locale.ROOT, "| %s | %,d | %,.0f |%n", what, read, best);
    }

    private <C> long pulled(ChangeFeed<C> feed) {
        long read = 0;
        Pulled<C> portion = feed.pull(Start.beginning(), PORTION);
        while (!portion.changes().isEmpty() && read < changes) {
            read += portion.changes().size();
            portion = feed.pull(Start.after(portion.end()), PORTION);
        }
        return read;
    }

    private long acknowledged() {
        tickets.changes().register(CONSUMER, Start.beginning());
        tickets.changes().rewind(CONSUMER, Start.beginning());
        long read = 0;
        for (Batch<?> batch = tickets.changes().read(CONSUMER, PORTION);
                !batch.changes().isEmpty() && read < changes;
                batch = tickets.changes().read(CONSUMER, PORTION)) {
            read += batch.changes().size();
            tickets.changes().acknowledge(CONSUMER, batch.token());
        }
        return read;
    }

    private void replies(String what, List<UUID> ids) throws SQLException {
        long log = Long.MAX_VALUE;
        for (int i = 0; i < 20; i++) {
            long before = log();
            reply(ids.get(0));
            log = Math.min(log, log() - before);
        }
        double one = 0;
        double many = 0;
        for (int i = 0; i < ROUNDS; i++) {
            one = Math.max(one, rate(ids.subList(0, 1)));
            many = Math.max(many, rate(ids));
        }
        out.printf(Locale.ROOT, "| %s | %,d | %.2f | %,.0f | %,.0f |%n", what, log, 1_000 / one, one, many);
    }

    /** By one who handles what comes. */
    private void waitedFor(List<UUID> ids) throws SQLException {
        AtomicBoolean over = new AtomicBoolean();
        tickets.changes().register(WAITER, Start.now());
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (Connection straight = pool.getConnection()) {
            Future<?> waiting = thread.submit(() -> {
                while (!over.get()) {
                    if (tickets.changes().await(WAITER, straight, Duration.ofMillis(200))) {
                        tickets.changes().process(WAITER, PORTION, (portion, transaction) -> {});
                    }
                }
            });
            replies("announced, and read by one who waits", ids);
            over.set(true);
            done(waiting);
        } finally {
            thread.shutdownNow();
            tickets.changes().remove(WAITER);
        }
    }

    private void reply(UUID id) {
        tickets.agent(People.workerId(0)).on(id).reply(MESSAGE);
    }

    /** Each writer on a ticket of its own. */
    private double rate(List<UUID> ids) {
        ExecutorService writers = Executors.newFixedThreadPool(ids.size());
        try {
            long start = System.nanoTime();
            List<Future<Long>> all = ids.stream()
                    .map(id -> writers.submit(() -> {
                        long replies = 0;
                        while (System.nanoTime() - start < slice.toNanos()) {
                            reply(id);
                            replies++;
                        }
                        return replies;
                    }))
                    .toList();
            long replies = 0;
            for (Future<Long> one : all) {
                replies += done(one);
            }
            return replies / seconds(start);
        } finally {
            writers.shutdownNow();
        }
    }

    private static <T> T done(Future<T> work) {
        try {
            return work.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private long log() throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint")) {
            row.next();
            return row.getLong(1);
        }
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    @Override
    public void close() {
        pool.close();
    }
}
