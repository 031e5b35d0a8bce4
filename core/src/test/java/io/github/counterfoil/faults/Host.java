package io.github.counterfoil.faults;

import com.zaxxer.hikari.HikariDataSource;
import io.github.counterfoil.TicketService;
import io.github.counterfoil.spi.ConnectionSource.TransactionOwner;
import io.github.counterfoil.testing.Waiting;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A host: a JVM with a few threads that work until they are told to stop, one half of them on a pool with autocommit, the
 * other on one without. It is told what to do on its standard input, and does not outlive who has its other end.
 */
final class Host {
    static final String STOP = "stop";
    static final String STOPPED = "stopped";
    static final String EXHAUST = "exhaust";

    private static final Duration DEADLINE = Duration.ofSeconds(2);
    /** The JDK's own, before and since Java 25. */
    private static final Set<String> CLOCKS =
            Set.of("CompletableFutureDelayScheduler", "ForkJoinPool.commonPool-delayScheduler");

    private final long seed;
    private final int number;
    private final Path ledgerFile;
    private final HikariDataSource plain;
    private final HikariDataSource transactional;
    private volatile boolean stopping;

    private Host(String url, long seed, int number, Path ledgerFile) {
        this.seed = seed;
        this.number = number;
        this.ledgerFile = ledgerFile;
        plain = pool(url);
        transactional = pool(url);
        transactional.setAutoCommit(false);
    }

    static HikariDataSource pool(String url) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(url);
        pool.setMaximumPoolSize(3);
        pool.setConnectionTimeout(1_000);
        pool.setValidationTimeout(500);
        pool.setInitializationFailTimeout(-1);
        return pool;
    }

    public static void main(String[] arguments) throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        Host host = new Host(
                arguments[0], Long.parseLong(arguments[1]), Integer.parseInt(arguments[2]), Path.of(arguments[3]));
        host.work();
        HostProcess.reply(STOPPED + " " + host.held());
        // Sessions are counted before they are closed.
        HostProcess.readLine();
        host.plain.close();
        host.transactional.close();
        HostProcess.reply(left(before));
        Runtime.getRuntime().halt(0);
    }

    private void work() throws Exception {
        try (Ledger ledger = Ledger.of(ledgerFile)) {
            Map<Integer, Ledger.Line> last = new HashMap<>();
            Ledger.read(ledgerFile).forEach(line -> last.put(line.thread(), line));
            List<Thread> threads = new ArrayList<>();
            for (int thread = 0; thread < Cast.THREADS; thread++) {
                TicketService.Builder builder = thread % 2 == 0
                        ? TicketService.builder(plain)
                        : TicketService.builder(transactional).transactionOwner(TransactionOwner.COUNTERFOIL);
                Player player = new Player(builder.deadline(DEADLINE).build(), ledger);
                int one = thread;
                threads.add(new Thread(() -> play(player, one, last.get(one)), "work " + thread));
            }
            threads.forEach(Thread::start);
            for (String line = HostProcess.readLine(); !line.equals(STOP); line = HostProcess.readLine()) {
                exhaust(Duration.ofMillis(
                        Long.parseLong(line.substring(EXHAUST.length()).strip())));
            }
            stopping = true;
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }

    private void play(Player player, int thread, Ledger.Line last) {
        int n = last == null ? 0 : last.n() + 1;
        if (last != null && (last.told() == null || last.told().answer() == Told.Answer.UNKNOWN)) {
            player.play(Call.at(seed, number, thread, last.n()), true);
        }
        Random pauses = new Random(seed + thread);
        for (; !stopping; n++) {
            player.play(Call.at(seed, number, thread, n));
            Waiting.pause(Duration.ofMillis(pauses.nextInt(4)));
        }
    }

    /** Takes what the pools have for a time. */
    private void exhaust(Duration time) {
        List<Connection> taken = new ArrayList<>();
        try {
            for (int i = 0; i < plain.getMaximumPoolSize(); i++) {
                taken.add(plain.getConnection());
                taken.add(transactional.getConnection());
            }
        } catch (SQLException e) {
            // Others wait for the last ones, too.
        }
        Waiting.pause(time);
        for (Connection connection : taken) {
            try {
                connection.close();
            } catch (SQLException e) {
                // It was cut meanwhile.
            }
        }
    }

    private int held() {
        return plain.getHikariPoolMXBean().getActiveConnections()
                + transactional.getHikariPoolMXBean().getActiveConnections();
    }

    /** The names of the threads that are left over, those of the driver and the pool left out. */
    private static String left(Set<Thread> before) {
        Waiting.until(Duration.ofSeconds(2), () -> threads(before).isEmpty());
        return threads(before).toString();
    }

    /** Which are neither the driver's, the pool's nor the JDK's own, as its clock is. */
    private static List<String> threads(Set<Thread> before) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread) && thread.isAlive())
                .map(Thread::getName)
                .filter(name -> !name.startsWith("PostgreSQL")
                        && !name.startsWith("Cleaner")
                        && !CLOCKS.contains(name)
                        && !name.startsWith("Hikari"))
                .collect(Collectors.toList());
    }
}
