package io.github.counterfoil.replay;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.counterfoil.TicketService;
import io.github.counterfoil.embedded.EmbeddedPostgresql;
import io.github.counterfoil.people.Worker;
import io.github.counterfoil.replay.Arguments.Mode;
import io.github.counterfoil.verification.VerificationReport;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Replays a log of ticket operations into Counterfoil and prints, as one JSON object, what is in the database then.
 *
 * <p>Exits with 0; with 1 if the result is not the expected one or a ticket is not what its history says; with 2 if the input cannot be replayed.
 */
public final class Replay {
    private final PrintStream out;
    private final PrintStream err;

    Replay(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    public static void main(String[] args) {
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.exit(new Replay(out, System.err).run(args));
    }

    int run(String... args) {
        try {
            return run(Arguments.parse(args));
        } catch (BadInput e) {
            err.println("replay: " + e.getMessage());
            return 2;
        }
    }

    private int run(Arguments arguments) {
        OperationLog log = OperationLog.read(arguments.log());
        Expectation expectation = arguments.expected() == null ? null : Expectation.read(arguments.expected());
        ObjectNode result;
        if (arguments.url() != null) {
            result = replay(arguments, log, arguments.url());
        } else {
            try (EmbeddedPostgresql postgresql = EmbeddedPostgresql.start()) {
                result = replay(arguments, log, postgresql.jdbcUrl());
                if (arguments.keep()) {
                    waitForEnter(postgresql.jdbcUrl());
                }
            }
        }
        List<String> differences = expectation == null ? List.of() : expectation.differences(result);
        differences.forEach(difference -> err.println("differs: " + difference));
        if (expectation != null && differences.isEmpty()) {
            err.println("as expected in all " + expectation.comparable(result) + " fields that can be compared");
        }
        return differences.isEmpty() && result.get("discrepancies").asInt() == 0 ? 0 : 1;
    }

    private ObjectNode replay(Arguments arguments, OperationLog log, String url) {
        // What is not kept stands in a schema of its own, so that it can be dropped without looking at anything else.
        String schema = arguments.keep()
                ? "counterfoil"
                : "counterfoil_replay_" + UUID.randomUUID().toString().replace("-", "");
        try (HikariDataSource pool = pool(url, arguments.threads())) {
            TicketService.Builder builder = TicketService.builder(pool).schema(schema);
            if (!arguments.keep()) {
                builder.usersTable(schema, "users", "id");
            }
            try {
                return replay(arguments, log, pool, builder, schema);
            } finally {
                if (!arguments.keep()) {
                    drop(pool, schema);
                }
            }
        } catch (SQLException e) {
            throw new BadInput("the database failed (SQLSTATE " + e.getSQLState() + ")");
        }
    }

    private ObjectNode replay(
            Arguments arguments, OperationLog log, HikariDataSource pool, TicketService.Builder builder, String schema)
            throws SQLException {
        TicketService tickets = builder.build();
        tickets.schema().apply();
        Identities identities = new Identities(log);
        Progress progress = new Progress(err, System.console() != null, log.size());
        long start = System.nanoTime();
        identities.register(tickets);
        if (arguments.mode() == Mode.IMPORT) {
            new ImportReplay(log, identities).run(tickets, progress);
        } else {
            new LiveReplay(log, identities).run(builder, arguments.threads(), progress);
        }
        double seconds = secondsSince(start);
        try (Connection connection = pool.getConnection()) {
            ObjectNode result = Result.read(connection, schema, identities);
            result.put("seconds", seconds);
            result.put("operations_per_second", Math.round(log.size() / Math.max(seconds, 0.001)));
            verify(tickets, result);
            addFigures(tickets, identities, result);
            print(result);
            return result;
        }
    }

    private void verify(TicketService tickets, ObjectNode result) {
        long start = System.nanoTime();
        VerificationReport report = tickets.verifyAll();
        report.discrepancies().forEach(discrepancy -> err.println("found: " + discrepancy));
        result.put("verified_tickets", report.tickets());
        result.put("discrepancies", report.discrepancies().size());
        result.put("verify_seconds", secondsSince(start));
    }

    /** The same totals once more, from the library's own figures. */
    private static void addFigures(TicketService tickets, Identities identities, ObjectNode result) {
        int resolved = 0;
        int openLoad = 0;
        for (UUID worker : identities.workerIds()) {
            Worker.Figures figures =
                    tickets.figures().worker(worker, Instant.EPOCH, Instant.parse("9999-01-01T00:00:00Z"));
            resolved += figures.resolved();
            openLoad += figures.openLoad();
        }
        result.put("figures_resolved", resolved);
        result.put("figures_open_load", openLoad);
    }

    private static double secondsSince(long start) {
        return Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0;
    }

    private void print(ObjectNode result) {
        try {
            out.println(JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build()
                    .writeValueAsString(result));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HikariDataSource pool(String url, int threads) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(threads + 1);
        config.setMinimumIdle(1);
        try {
            return new HikariDataSource(config);
        } catch (RuntimeException e) {
            throw new BadInput("no connection to the database at --url");
        }
    }

    private static void drop(HikariDataSource pool, String schema) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(true);
            statement.execute("drop schema if exists \"" + schema + "\" cascade");
        }
    }

    private void waitForEnter(String url) {
        err.println("kept until you press Enter: " + url);
        try {
            int read = System.in.read();
            err.println(read < 0 ? "no input, so not kept" : "stopped");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
