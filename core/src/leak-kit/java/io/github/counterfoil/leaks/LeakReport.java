package io.github.counterfoil.leaks;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a run of the kit found.
 *
 * @param seed of the run: the same seed plays the same operations
 * @param canaries how many tokens were planted
 * @param probes how many answers were searched
 * @param leaks in the order in which they were found; each canary once for each function
 * @param unsearched the functions of which an answer was too large, too deeply encoded or too slow to be searched whole
 */
public record LeakReport(long seed, int canaries, long probes, List<Leak> leaks, Set<String> unsearched) {
    public LeakReport {
        leaks = List.copyOf(leaks);
        unsearched = Collections.unmodifiableSet(new TreeSet<>(unsearched));
    }

    /** @throws AssertionError that names every leak, or else every function whose answers could not be searched whole */
    public void requireNone() {
        if (!leaks.isEmpty()) {
            throw new AssertionError(leaks.size() + " leaks, seed " + seed
                    + leaks.stream().map(leak -> "\n  " + leak).collect(Collectors.joining()));
        }
        if (!unsearched.isEmpty()) {
            throw new AssertionError("answers that could not be searched whole, seed " + seed + ": " + unsearched);
        }
    }

    @Override
    public String toString() {
        return canaries + " canaries planted, " + probes + " answers searched, " + leaks.size() + " leaks, seed "
                + seed;
    }
}
