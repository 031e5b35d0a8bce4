package io.github.counterfoil.leaks;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What a run of the kit found.
 *
 * @param seed of the run: the same seed plays the same operations
 * @param canaries how many tokens were planted
 * @param probes how many answers were searched
 * @param leaks in the order in which they were found; each token once for each function
 */
public record LeakReport(long seed, int canaries, long probes, List<Leak> leaks) {
    public LeakReport {
        leaks = List.copyOf(leaks);
    }

    /** @throws AssertionError that names every leak, if there is one */
    public void requireNone() {
        if (!leaks.isEmpty()) {
            throw new AssertionError(leaks.size() + " leaks, seed " + seed
                    + leaks.stream().map(leak -> "\n  " + leak).collect(Collectors.joining()));
        }
    }

    @Override
    public String toString() {
        return canaries + " canaries planted, " + probes + " answers searched, " + leaks.size() + " leaks, seed "
                + seed;
    }
}
