package io.github.counterfoil.faults;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.github.counterfoil.TicketService;
import io.github.counterfoil.spi.ConnectionSource.TransactionOwner;
import io.github.counterfoil.testing.FaultyConnections;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A host in this process whose connections throw: at each call of the source, the connection and the statement, before it is
 * done and after it, each kind of error, one point after the other.
 */
final class ThrownFaults implements AutoCloseable {
    private static final List<String> METHODS = List.of(
            "open",
            "transactionOwner",
            "getAutoCommit",
            "isReadOnly",
            "prepareStatement",
            "execute",
            "statement.close",
            "commit",
            "rollback",
            "release");

    private final Stage stage;
    private final Ledger ledger;
    private final List<HikariDataSource> pools;
    private final List<FaultyConnections> sources;
    private final List<Player> players;
    private final List<Point> points = new ArrayList<>();
    private final Findings findings = new Findings();
    private int next;
    private int calls;

    private enum Error {
        LOST(() -> new SQLException("thrown by a hook", "08006")),
        ENDED(() -> new SQLException("thrown by a hook", "57P01")),
        FATAL(Thrown::new),
        INTERRUPTED(() -> {
            Thread.currentThread().interrupt();
            return new SQLException("thrown by a hook", "08006");
        }),
        CONFLICT(() -> new SQLException("thrown by a hook", "40001"));

        private final Supplier<Throwable> thrown;

        Error(Supplier<Throwable> thrown) {
            this.thrown = thrown;
        }
    }

    private record Point(String method, boolean afterwards, Error error, int times) {}

    ThrownFaults(Stage stage) {
        this.stage = stage;
        try {
            ledger = Ledger.of(stage.ledger(Stage.HOOKED));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        pools = List.of(Host.pool(stage.proxy().url()), Host.pool(stage.proxy().url()));
        pools.get(1).setAutoCommit(false);
        sources = List.of(
                new FaultyConnections(pools.get(0)),
                new FaultyConnections(pools.get(1)).owner(TransactionOwner.COUNTERFOIL));
        players = sources.stream()
                .map(source -> new Player(TicketService.builder(source).build(), ledger))
                .toList();
        for (String method : METHODS) {
            for (Error error : Error.values()) {
                points.add(new Point(method, false, error, 1));
                // PostgreSQL reports no conflict about what it has done.
                if (error != Error.CONFLICT) {
                    points.add(new Point(method, true, error, 1));
                }
                points.add(new Point(method, false, error, 12));
            }
        }
        Collections.shuffle(points, new Random(stage.seed()));
    }

    /** Plays calls until one of them meets the next point. */
    boolean strike() {
        for (int i = 0; i < points.size(); i++) {
            Point point = points.get(next++ % points.size());
            for (int source = 0; source < sources.size(); source++) {
                if (meets(point, source)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean meets(Point point, int source) {
        AtomicInteger thrown = new AtomicInteger();
        Supplier<Throwable> hook = () -> {
            thrown.incrementAndGet();
            return point.error().thrown.get();
        };
        FaultyConnections connections = sources.get(source);
        if (point.afterwards()) {
            connections.failAfter(point.method(), point.times(), hook);
        } else {
            connections.fail(point.method(), point.times(), hook);
        }
        Call call = Call.at(stage.seed(), Stage.HOOKED, 0, calls++);
        players.get(source).play(call);
        connections.fail("none", 0, hook);
        // A pool from which no connection was asked for yet has no figures.
        HikariPoolMXBean pool = pools.get(source).getHikariPoolMXBean();
        int held = connections.held() + (pool == null ? 0 : pool.getActiveConnections());
        if (held != 0) {
            findings.add(Findings.Kind.LEFT_BEHIND, held + " connections after " + point + " in " + call.token());
        }
        return thrown.get() > 0;
    }

    Findings findings() {
        return findings;
    }

    @Override
    public void close() {
        pools.forEach(HikariDataSource::close);
        try {
            ledger.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
