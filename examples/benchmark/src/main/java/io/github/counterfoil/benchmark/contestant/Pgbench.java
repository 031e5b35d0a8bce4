package io.github.counterfoil.benchmark.contestant;

import com.zaxxer.hikari.HikariDataSource;
import io.github.counterfoil.benchmark.measure.Cost;
import io.github.counterfoil.benchmark.measure.CountingProxy;
import io.github.counterfoil.benchmark.measure.Latencies;
import io.github.counterfoil.benchmark.measure.Slice;
import io.github.counterfoil.benchmark.sample.Samples;
import io.github.counterfoil.benchmark.sample.TicketSet;
import io.github.counterfoil.benchmark.store.OneStatementStore;
import io.github.counterfoil.benchmark.store.TicketStore;
import io.github.counterfoil.benchmark.workload.Workload;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** PostgreSQL's own client in C, with the statements of one round trip each: what no Java program gets past. */
public final class Pgbench implements Contestant {
    private static final String SCHEMA = "pgbench";
    private static final Pattern RATE = Pattern.compile("(?m)^tps = ([0-9.]+)");
    private static final int FEW = 20;
    private static final int MANY = 120;

    private final Path program;
    private final BenchmarkDatabase database;
    private final Samples samples;
    private final HikariDataSource pool;
    private final TicketStore store;
    /** Each run draws other ids. */
    private int runs;

    /** Where to; the proxy does not understand what is encrypted. */
    private record Target(String host, int port, String encryption) {}

    public Pgbench(Path program, BenchmarkDatabase database, Samples samples) throws SQLException {
        this.program = program;
        this.database = database;
        this.samples = samples;
        database.createSchema(SCHEMA);
        this.pool = database.pool(SCHEMA, 1, null);
        this.store = new OneStatementStore(pool);
    }

    /** The program, if it is on the path. */
    public static Optional<Path> program() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "pgbench"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @Override
    public String id() {
        return SCHEMA;
    }

    @Override
    public Set<Workload> workloads() {
        return PgbenchScripts.WORKLOADS;
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
        // It counts in whole seconds.
        boolean inTime = load.operations() == Integer.MAX_VALUE && load.time().toSeconds() > 0;
        return run(
                workload,
                load.threads(),
                new Target(database.host(), database.port(), "prefer"),
                inTime ? "-T" : "-t",
                inTime ? Long.toString(load.time().toSeconds()) : Integer.toString(Math.min(load.operations(), MANY)));
    }

    /** By the difference of two runs, so that connecting and preparing are not counted. The log is that of the same statements from Java. */
    @Override
    public Cost count(Workload workload) {
        long[] few = total(workload, FEW);
        long[] many = total(workload, MANY);
        double operations = MANY - FEW;
        return new Cost(
                (many[0] - few[0]) / operations,
                Math.round((many[1] - few[1]) / operations),
                Math.round((many[2] - few[2]) / operations),
                -1,
                -1);
    }

    private long[] total(Workload workload, int operations) {
        try (CountingProxy proxy = database.proxy()) {
            run(workload, 1, new Target("127.0.0.1", proxy.port(), "disable"), "-t", Integer.toString(operations));
            return new long[] {proxy.trips(), proxy.up(), proxy.down()};
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Slice run(Workload workload, int clients, Target target, String until, String amount) {
        try {
            Path folder = Files.createTempDirectory("counterfoil-pgbench");
            try {
                Path script = folder.resolve("script.sql");
                Files.writeString(script, PgbenchScripts.of(workload, samples, clients));
                List<String> command = new ArrayList<>(
                        List.of(program.toString(), "-n", "-M", "prepared", "-c", Integer.toString(clients), "-j"));
                command.addAll(List.of(Integer.toString(clients), until, amount, "--random-seed=" + ++runs));
                command.addAll(List.of("-D", PgbenchScripts.TEXT_VARIABLE + "=" + samples.text(0)));
                command.addAll(List.of("-l", "--log-prefix=" + folder.resolve("log"), "-f", script.toString()));
                command.addAll(List.of("-h", target.host(), "-p", Integer.toString(target.port()), database.name()));
                String output = output(command, folder, target.encryption());
                return new Slice(rate(output), latencies(folder));
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String output(List<String> command, Path folder, String encryption) throws IOException {
        Path output = folder.resolve("output.txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        Map<String, String> environment = builder.environment();
        environment.put("PGOPTIONS", "-c search_path=" + SCHEMA);
        environment.put("PGSSLMODE", encryption);
        environment.put("PGGSSENCMODE", "disable");
        if (database.user() != null) {
            environment.put("PGUSER", database.user());
        }
        if (database.password() != null) {
            environment.put("PGPASSWORD", database.password());
        }
        Process process = builder.start();
        try {
            int code = process.waitFor();
            String said = Files.readString(output, StandardCharsets.UTF_8);
            if (code != 0) {
                throw new IllegalStateException("pgbench failed: " + said);
            }
            return said;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            process.destroy();
        }
    }

    private static double rate(String output) {
        Matcher rate = RATE.matcher(output);
        if (!rate.find()) {
            throw new IllegalStateException("pgbench told no rate");
        }
        return Double.parseDouble(rate.group(1));
    }

    /** One line a transaction, the third word its time in microseconds. */
    private static Latencies latencies(Path folder) throws IOException {
        Latencies latencies = new Latencies();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(file -> file.getFileName().toString().startsWith("log."))
                    .toList()) {
                for (String line : Files.readAllLines(file)) {
                    latencies.add(1_000 * Long.parseLong(line.split(" ")[2]));
                }
            }
        }
        return latencies;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    @Override
    public void close() {
        store.close();
    }
}
