package io.github.counterfoil.benchmark;

import io.github.counterfoil.benchmark.contestant.BenchmarkDatabase;
import io.github.counterfoil.benchmark.report.Chart;
import io.github.counterfoil.benchmark.report.JsonReport;
import io.github.counterfoil.benchmark.report.MarkdownReport;
import io.github.counterfoil.benchmark.report.Results;
import io.github.counterfoil.benchmark.volume.Volume;
import io.github.counterfoil.embedded.EmbeddedPostgresql;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Compares Counterfoil with other ways of keeping tickets on PostgreSQL, and prints tables of it. */
public final class Benchmark {
    private final PrintStream out;
    private final PrintStream progress;

    private Benchmark(PrintStream out, PrintStream progress) {
        this.out = out;
        this.progress = progress;
    }

    public static void main(String[] words) throws SQLException, IOException {
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream progress = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        try {
            if (words.length > 0 && Volume.MODES.contains(words[0])) {
                if (!volume(out, progress, words).run()) {
                    System.exit(1);
                }
            } else {
                new Benchmark(out, progress).run(Options.parse(words));
            }
        } catch (BadOption e) {
            progress.println("benchmark: " + e.getMessage());
            progress.println(Options.USAGE);
            progress.println(Volume.USAGE);
            System.exit(2);
        }
    }

    private static Volume volume(PrintStream out, PrintStream progress, String... words) {
        try {
            return new Volume(out, progress, words);
        } catch (IllegalArgumentException e) {
            throw new BadOption(Objects.requireNonNull(e.getMessage()));
        }
    }

    private void run(Options options) throws SQLException, IOException {
        if (options.help()) {
            out.println(Options.USAGE);
            out.println(Volume.USAGE);
        } else if (options.url() != null) {
            run(options, options.url(), false);
        } else {
            try (EmbeddedPostgresql postgresql = EmbeddedPostgresql.start()) {
                run(options, postgresql.jdbcUrl(), true);
            }
        }
    }

    private void run(Options options, String url, boolean serverIsOurs) throws SQLException, IOException {
        try (BenchmarkDatabase database = new BenchmarkDatabase(url, serverIsOurs);
                Contest contest = new Contest(options, database, progress)) {
            Results results = contest.run();
            Map<String, String> environment = environment(options, database);
            Files.createDirectories(options.output());
            Files.writeString(options.output().resolve("benchmark.json"), JsonReport.of(results, environment));
            Files.writeString(options.output().resolve("benchmark.svg"), Chart.of(results));
            environment.forEach((name, value) -> out.println("- " + name + ": " + value));
            out.println();
            out.print(MarkdownReport.of(results));
            progress.println("benchmark.json and benchmark.svg are in "
                    + options.output().toAbsolutePath());
        }
    }

    private static Map<String, String> environment(Options options, BenchmarkDatabase database) throws SQLException {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("PostgreSQL", database.version());
        environment.put("Java", Runtime.version().toString());
        environment.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        environment.put("seconds of a slice", Double.toString(options.slice().toMillis() / 1e3));
        environment.put("rounds", Integer.toString(options.rounds()));
        return environment;
    }
}
