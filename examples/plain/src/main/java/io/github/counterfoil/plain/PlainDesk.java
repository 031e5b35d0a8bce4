package io.github.counterfoil.plain;

import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariDataSource;
import io.github.counterfoil.TicketService;
import io.github.counterfoil.embedded.EmbeddedPostgresql;
import io.github.counterfoil.people.NewCustomer;
import io.github.counterfoil.people.NewWorker;
import io.github.counterfoil.people.People;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Opened once, closed once: what a container or a framework would do. usage: PlainDesk [jdbcUrl [port]] */
final class PlainDesk implements AutoCloseable {
    static final UUID ADA = UUID.fromString("00000000-0000-4000-8000-00000000000a");
    static final UUID JANE = UUID.fromString("00000000-0000-4000-8000-000000000001");

    private static final int CONNECTIONS = 10;
    private static final int PLATFORM_THREADS = 40;
    /** More than a call may take. */
    private static final Duration PATIENCE = Pool.DEADLINE.plusSeconds(5);

    private final HikariDataSource pool;
    private final ExecutorService threads;
    private final HttpServer server;
    private final Calls calls = new Calls();

    // region: open
    static PlainDesk open(String jdbcUrl, int port) throws IOException {
        HikariDataSource pool = Pool.open(jdbcUrl, CONNECTIONS);
        try {
            return new PlainDesk(pool, port);
        } catch (IOException | RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    private PlainDesk(HikariDataSource pool, int port) throws IOException {
        this.pool = pool;
        TicketService tickets =
                TicketService.builder(pool).deadline(Pool.DEADLINE).build();
        tickets.schema().apply(); // where a migration tool does it: require()
        registerSamples(tickets.people());
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/tickets", new Answers(tickets, visitors(), calls));
        threads = CallThreads.start(PLATFORM_THREADS);
        server.setExecutor(threads);
        server.start();
    }
    // endregion

    private static void registerSamples(People people) {
        if (people.customer(ADA).isEmpty()) {
            people.registerCustomer(NewCustomer.of(ADA, "ada@example.com", "Ada", "Lovelace"));
            people.registerWorker(NewWorker.of(JANE, "jane@example.com", "Jane", "Smith"));
        }
    }

    /** Tokens of invented people: a host asks its own login. */
    private static Map<String, Visitor> visitors() {
        return Map.of("ada", new Visitor(ADA, false), "jane", new Visitor(JANE, true));
    }

    int port() {
        return server.getAddress().getPort();
    }

    // region: close
    /** In the order in which they need each other: no new calls, the end of those that run, the threads, the connections. */
    @Override
    public void close() {
        try {
            calls.close(PATIENCE);
            server.stop(0);
            threads.shutdown();
            if (!threads.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            pool.close();
        }
    }
    // endregion

    public static void main(String[] args) throws IOException {
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
        @Nullable EmbeddedPostgresql postgresql = args.length > 0 ? null : EmbeddedPostgresql.start();
        String jdbcUrl = postgresql == null ? args[0] : postgresql.jdbcUrl();
        PlainDesk desk = PlainDesk.open(jdbcUrl, args.length > 1 ? Integer.parseInt(args[1]) : 8081);
        Runnable close = () -> {
            desk.close();
            if (postgresql != null) {
                postgresql.close();
            }
        };
        Runtime.getRuntime().addShutdownHook(new Thread(close, "close"));
        System.out.println("curl -H 'Authorization: Bearer jane' http://localhost:" + desk.port() + "/tickets");
    }
}
