package io.github.counterfoil.benchmark;

import io.github.counterfoil.benchmark.sample.Scale;
import io.github.counterfoil.benchmark.workload.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is to be run. */
final class Options {
    static final String USAGE = """
            benchmark [--help] [--url JDBC_URL] [--quick] [--workloads A,B] [--contestants A,B] [--threads 1,8] [--commit off,on]
                      [--seconds S] [--rounds N] [--tickets N] [--counts-only] [--output FOLDER]

              --url          a database whose user is a superuser; without it an embedded PostgreSQL is started
              --quick        everything small and short: a minute or so that says little
              --workloads    %s
              --contestants  counterfoil, one-statement, classic, hibernate, literal, copy, pgbench, and those of profiles
              --threads      how many work at the same time: 1,8
              --commit       whether a commit waits for the disk: off,on
              --seconds      of one slice: 1
              --rounds       slices of each contestant that count: 5
              --tickets      among which queues are found: 100000
              --counts-only  counts round trips, bytes and heap, and measures no times
              --output       where results are written: target
            """.formatted(
                    EnumSet.allOf(Workload.class).stream().map(Workload::id).collect(Collectors.joining(", ")));

    private @Nullable String url;
    private Scale scale = Scale.FULL;
    private Set<Workload> workloads = EnumSet.allOf(Workload.class);
    private Set<String> contestants = Set.of();
    private Set<Integer> threads = new TreeSet<>(List.of(1, 8));
    private Set<Boolean> toDisk = new LinkedHashSet<>(List.of(false, true));
    private Duration slice = Duration.ofSeconds(1);
    private int operations = Integer.MAX_VALUE;
    private int rounds = 5;
    private boolean times = true;
    private boolean help;
    private Path output = Path.of(System.getProperty("benchmark.output", "target"));

    static Options parse(String... words) {
        Options options = new Options();
        // Before the others, which may say otherwise.
        if (Arrays.asList(words).contains("--quick")) {
            options.scale = Scale.QUICK;
            options.slice = Duration.ofMillis(50);
            options.rounds = 1;
        }
        Iterator<String> rest = Arrays.asList(words).iterator();
        while (rest.hasNext()) {
            options.take(rest.next(), rest);
        }
        return options;
    }

    private void take(String option, Iterator<String> rest) {
        switch (option) {
            // Taken before all others.
            case "--quick" -> {}
            case "--help" -> help = true;
            case "--counts-only" -> times = false;
            case "--url" -> url = value(option, rest);
            case "--workloads" ->
                workloads = list(option, rest).stream()
                        .map(Options::workload)
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Workload.class)));
            case "--contestants" -> contestants = new LinkedHashSet<>(list(option, rest));
            case "--threads" ->
                threads = list(option, rest).stream()
                        .map(value -> number(option, value))
                        .collect(Collectors.toCollection(TreeSet::new));
            case "--commit" ->
                toDisk = list(option, rest).stream()
                        .map(Options::onOrOff)
                        .collect(Collectors.toCollection(LinkedHashSet::new));
            case "--seconds" -> slice = seconds(value(option, rest));
            case "--rounds" -> rounds = number(option, value(option, rest));
            case "--tickets" -> scale = scale.withQueue(number(option, value(option, rest)));
            case "--output" -> output = Path.of(value(option, rest));
            default -> throw new BadOption("there is no option " + option);
        }
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new BadOption(option + " needs a value");
        }
        return rest.next();
    }

    private static List<String> list(String option, Iterator<String> rest) {
        return List.of(value(option, rest).split(","));
    }

    private static Workload workload(String id) {
        return Arrays.stream(Workload.values())
                .filter(workload -> workload.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new BadOption("there is no workload " + id));
    }

    private static int number(String option, String value) {
        try {
            int number = Integer.parseInt(value);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw new BadOption(option + " needs a whole number above 0");
    }

    private static Duration seconds(String value) {
        try {
            double seconds = Double.parseDouble(value);
            if (seconds > 0 && seconds <= 3_600) {
                return Duration.ofNanos((long) (seconds * 1e9));
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw new BadOption("--seconds needs a number above 0");
    }

    private static boolean onOrOff(String value) {
        return switch (value) {
            case "on" -> true;
            case "off" -> false;
            default -> throw new BadOption("--commit needs on or off");
        };
    }

    /** The same with so many operations of each thread in place of a time. */
    Options operations(int most) {
        operations = most;
        slice = Duration.ofHours(1);
        return this;
    }

    /** The same with other numbers of tickets. */
    Options scale(Scale other) {
        scale = other;
        return this;
    }

    /** Whether only the options are asked for. */
    boolean help() {
        return help;
    }

    @Nullable
    String url() {
        return url;
    }

    Scale scale() {
        return scale;
    }

    Set<Workload> workloads() {
        return workloads;
    }

    /** Empty for all. */
    Set<String> contestants() {
        return contestants;
    }

    Set<Integer> threads() {
        return threads;
    }

    Set<Boolean> toDisk() {
        return toDisk;
    }

    Duration slice() {
        return slice;
    }

    /** Of each thread in a slice, at most. */
    int operations() {
        return operations;
    }

    int rounds() {
        return rounds;
    }

    boolean times() {
        return times;
    }

    Path output() {
        return output;
    }
}
