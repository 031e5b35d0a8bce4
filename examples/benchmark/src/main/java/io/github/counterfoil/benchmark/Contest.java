package io.github.counterfoil.benchmark;

import io.github.counterfoil.benchmark.contestant.BenchmarkDatabase;
import io.github.counterfoil.benchmark.contestant.Contestant;
import io.github.counterfoil.benchmark.contestant.Entrant;
import io.github.counterfoil.benchmark.contestant.InProcess;
import io.github.counterfoil.benchmark.contestant.Load;
import io.github.counterfoil.benchmark.contestant.Pgbench;
import io.github.counterfoil.benchmark.contestant.StandardEntrant;
import io.github.counterfoil.benchmark.measure.Slice;
import io.github.counterfoil.benchmark.report.Results;
import io.github.counterfoil.benchmark.report.Results.Setting;
import io.github.counterfoil.benchmark.sample.Samples;
import io.github.counterfoil.benchmark.sample.TicketSet;
import io.github.counterfoil.benchmark.workload.Workload;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One run. In each round each contestant works for a short time, one after the other, and who begins changes from round to round: so what the
 * machine does besides meets all of them alike.
 */
final class Contest implements AutoCloseable {
    private final Options options;
    private final BenchmarkDatabase database;
    private final Samples samples;
    private final PrintStream progress;
    private final List<Contestant> contestants = new ArrayList<>();
    private int slices;

    Contest(Options options, BenchmarkDatabase database, PrintStream progress) {
        this.options = options;
        this.database = database;
        this.samples = new Samples(options.scale());
        this.progress = progress;
    }

    /** Who takes part, after {@link #run}. */
    List<Contestant> contestants() {
        return contestants;
    }

    Results run() throws SQLException {
        enter();
        for (Contestant contestant : contestants) {
            progress.println("fills the tables of " + contestant.id());
            contestant.prepare(sets(contestant));
        }
        database.analyze();
        Results results = new Results(options.scale());
        database.inQuiet(() -> count(results));
        if (options.times()) {
            database.checkpoint();
            measure(results);
        }
        return results;
    }

    private void enter() throws SQLException {
        List<Entrant> entrants = new ArrayList<>(Arrays.asList(StandardEntrant.values()));
        ServiceLoader.load(Entrant.class).forEach(entrants::add);
        Set<String> known = entrants.stream().map(Entrant::id).collect(Collectors.toCollection(TreeSet::new));
        known.add("pgbench");
        for (String wanted : options.contestants()) {
            if (!known.contains(wanted)) {
                throw new BadOption("there is no contestant " + wanted + " among " + known);
            }
        }
        for (Entrant entrant : entrants) {
            if (wanted(entrant.id(), entrant.workloads())) {
                contestants.add(new InProcess(entrant, database, samples));
            }
        }
        if (options.contestants().isEmpty() || options.contestants().contains("pgbench")) {
            if (Pgbench.program().isPresent()) {
                contestants.add(new Pgbench(Pgbench.program().get(), database, samples));
            } else {
                progress.println("pgbench is not on the path: it does not take part");
            }
        }
    }

    private boolean wanted(String id, Set<Workload> workloads) {
        return (options.contestants().isEmpty() || options.contestants().contains(id))
                && options.workloads().stream().anyMatch(workloads::contains);
    }

    private Set<TicketSet> sets(Contestant contestant) {
        Set<TicketSet> sets = EnumSet.noneOf(TicketSet.class);
        for (Workload workload : options.workloads()) {
            if (contestant.workloads().contains(workload)) {
                sets.addAll(workload.sets());
            }
        }
        return sets;
    }

    private void count(Results results) throws SQLException {
        for (Workload workload : options.workloads()) {
            progress.println("counts " + workload.title(options.scale()));
            for (Contestant contestant : players(workload)) {
                results.add(workload, contestant.id(), contestant.count(workload));
            }
        }
    }

    private void measure(Results results) throws SQLException {
        warmUp();
        boolean first = true;
        for (boolean toDisk : options.toDisk()) {
            database.commitToDisk(toDisk);
            for (Workload workload : options.workloads()) {
                if (workload.writes() || first) {
                    for (int threads : options.threads()) {
                        measure(results, new Setting(workload, threads, toDisk));
                    }
                }
            }
            first = false;
        }
    }

    /** Each workload once before the first is measured: otherwise those that come first would be measured cold. */
    private void warmUp() {
        int threads = Collections.max(options.threads());
        for (Workload workload : options.workloads()) {
            progress.println("warms up with " + workload.title(options.scale()));
            slices++;
            Load load = new Load(threads, options.slice(), options.operations(), slices);
            players(workload).forEach(player -> player.play(workload, load));
        }
    }

    private void measure(Results results, Setting setting) {
        List<Contestant> players = players(setting.workload());
        // What is written where has changed since the workload before: the first round does not count.
        for (int round = 0; round <= options.rounds() && !players.isEmpty(); round++) {
            slices++;
            Slice[] played = new Slice[players.size()];
            for (int i = 0; i < players.size(); i++) {
                int turn = (i + round) % players.size();
                Load load = new Load(setting.threads(), options.slice(), options.operations(), slices);
                played[turn] = players.get(turn).play(setting.workload(), load);
            }
            for (int i = 0; i < played.length && round > 0; i++) {
                results.add(setting, players.get(i).id(), played[i]);
            }
        }
        progress.println(setting.title(options.scale()) + ": "
                + players.stream()
                        .map(player -> player.id() + " "
                                + String.format(
                                        Locale.ROOT,
                                        "%.2f",
                                        results.ratio(setting, player.id()).orElse(Double.NaN)))
                        .collect(Collectors.joining(", ")));
    }

    private List<Contestant> players(Workload workload) {
        return contestants.stream()
                .filter(contestant -> contestant.workloads().contains(workload))
                .toList();
    }

    @Override
    public void close() {
        contestants.forEach(Contestant::close);
    }
}
