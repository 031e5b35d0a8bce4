package io.github.counterfoil.benchmark.contestant;

import com.sun.management.ThreadMXBean;
import io.github.counterfoil.benchmark.measure.Cost;
import io.github.counterfoil.benchmark.measure.CountingProxy;
import io.github.counterfoil.benchmark.measure.Latencies;
import io.github.counterfoil.benchmark.measure.Slice;
import io.github.counterfoil.benchmark.sample.Samples;
import io.github.counterfoil.benchmark.sample.TicketSet;
import io.github.counterfoil.benchmark.store.TicketStore;
import io.github.counterfoil.benchmark.workload.Operation;
import io.github.counterfoil.benchmark.workload.Player;
import io.github.counterfoil.benchmark.workload.Stage;
import io.github.counterfoil.benchmark.workload.Workload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** A store in this JVM. */
public final class InProcess implements Contestant {
    /** Connections of each store: as many as the most threads that are quoted. */
    private static final int CONNECTIONS = 8;

    /** After so many, statements are prepared on the server and nothing is loaded any more. */
    private static final int BEFORE_COUNTING = 9;

    private static final int COUNTED = 11;

    private final Entrant entrant;
    private final BenchmarkDatabase database;
    private final Samples samples;
    private final String schema;
    private final Stage stage;
    private final TicketStore store;
    private @Nullable Observed observed;

    /** The same store once more, on connections that are counted; an engine may need a second one for its own ids. */
    private record Observed(CountingProxy proxy, TicketStore store) {}

    public InProcess(Entrant entrant, BenchmarkDatabase database, Samples samples) throws SQLException {
        this.entrant = entrant;
        this.database = database;
        this.samples = samples;
        this.schema = entrant.id().replace('-', '_');
        this.stage = new Stage(samples);
        database.createSchema(schema);
        this.store = entrant.open(database.pool(schema, CONNECTIONS, null), schema, samples);
    }

    @Override
    public String id() {
        return entrant.id();
    }

    @Override
    public Set<Workload> workloads() {
        return entrant.workloads();
    }

    /** For who wants to look into it. */
    public TicketStore store() {
        return store;
    }

    @Override
    public void prepare(Set<TicketSet> sets) throws SQLException {
        store.fill(samples, sets);
    }

    @Override
    public Slice play(Workload workload, Load load) {
        ExecutorService threads = Executors.newFixedThreadPool(load.threads());
        CountDownLatch start = new CountDownLatch(1);
        try {
            List<Future<Slice>> parts = new ArrayList<>();
            for (int thread = 0; thread < load.threads(); thread++) {
                Player player = new Player(stage, thread, load.threads(), load.round());
                parts.add(threads.submit(() -> {
                    start.await();
                    return play(workload, player, load);
                }));
            }
            start.countDown();
            double rate = 0;
            Latencies latencies = new Latencies();
            for (Future<Slice> part : parts) {
                rate += part.get().rate();
                latencies.add(part.get().latencies());
            }
            return new Slice(rate, latencies);
        } catch (ExecutionException e) {
            throw new IllegalStateException(id() + " failed in " + workload.id(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            threads.shutdownNow();
        }
    }

    private Slice play(Workload workload, Player player, Load load) throws SQLException {
        Latencies latencies = new Latencies();
        long time = load.time().toNanos();
        long begin = System.nanoTime();
        long busy = 0;
        for (int i = 0; i < load.operations() && System.nanoTime() - begin < time; i++) {
            Operation operation = workload.next(store, player);
            long before = System.nanoTime();
            operation.run();
            long took = System.nanoTime() - before;
            latencies.add(took);
            busy += took;
        }
        // Without the time in which samples were made.
        return new Slice(latencies.count() * 1e9 / Math.max(1, busy), latencies);
    }

    @Override
    public Cost count(Workload workload) throws SQLException {
        Observed at = observed();
        // A round that no slice has.
        Player player = new Player(stage, 0, 1, 1_000);
        for (int i = 0; i < BEFORE_COUNTING; i++) {
            workload.next(at.store(), player).run();
        }
        long[][] counts = new long[5][COUNTED];
        for (int i = 0; i < COUNTED; i++) {
            long[] one = count(workload.next(at.store(), player), at.proxy());
            for (int kind = 0; kind < counts.length; kind++) {
                counts[kind][i] = one[kind];
            }
        }
        return new Cost(median(counts[0]), median(counts[1]), median(counts[2]), median(counts[3]), median(counts[4]));
    }

    private Observed observed() {
        if (observed == null) {
            try {
                CountingProxy proxy = database.proxy();
                observed = new Observed(proxy, entrant.open(database.pool(schema, 2, proxy), schema, samples));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return observed;
    }

    private long[] count(Operation operation, CountingProxy proxy) throws SQLException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long wal = database.walPosition();
        long[] before = {proxy.trips(), proxy.up(), proxy.down()};
        long heap = threads.getCurrentThreadAllocatedBytes();
        operation.run();
        heap = threads.getCurrentThreadAllocatedBytes() - heap;
        return new long[] {
            proxy.trips() - before[0],
            proxy.up() - before[1],
            proxy.down() - before[2],
            database.walPosition() - wal,
            heap
        };
    }

    private static long median(long... values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    @Override
    public void close() {
        if (observed != null) {
            observed.store().close();
            observed.proxy().close();
        }
        store.close();
    }
}
