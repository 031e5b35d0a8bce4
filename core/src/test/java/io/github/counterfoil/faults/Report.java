package io.github.counterfoil.faults;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a run of faults has shown. */
final class Report {
    private final long seed;
    private final Map<FaultKind, Integer> faults = new EnumMap<>(FaultKind.class);
    private final Map<Told.Answer, Integer> answers = new EnumMap<>(Told.Answer.class);
    private final Findings findings = new Findings();
    private int calls;
    private Duration took = Duration.ZERO;
    private Duration longestCall = Duration.ZERO;
    private Duration longestRecovery = Duration.ZERO;

    Report(long seed) {
        this.seed = seed;
    }

    void struck(FaultKind kind, Duration recovery) {
        faults.merge(kind, 1, Integer::sum);
        if (recovery.compareTo(longestRecovery) > 0) {
            longestRecovery = recovery;
        }
    }

    void played(List<Played> played) {
        calls += played.size();
        for (Played one : played) {
            for (Played.Try tried : one.tries()) {
                if (tried.took().compareTo(longestCall) > 0) {
                    longestCall = tried.took();
                }
            }
            Told last = one.tries().get(one.tries().size() - 1).told();
            if (last != null) {
                answers.merge(last.answer(), 1, Integer::sum);
            }
        }
    }

    void found(Findings more) {
        findings.addAll(more);
    }

    void took(Duration time) {
        took = time;
    }

    Findings findings() {
        return findings;
    }

    int faults() {
        return faults.values().stream().mapToInt(Integer::intValue).sum();
    }

    private int faults(FaultKind kind) {
        return faults.getOrDefault(kind, 0);
    }

    private int restarts() {
        return faults(FaultKind.F7) + faults(FaultKind.F8) + faults(FaultKind.F9);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(line(
                "seed %d: %,d faults in %d s, %d hosts of %d threads",
                seed, faults(), took.toSeconds(), Stage.HOSTS, Cast.THREADS));
        faults.forEach((kind, count) -> text.append(line("%6d  %s %s", count, kind, kind.description())));
        text.append(line(
                "%,d calls: %,d done, %,d refused, %,d not taken by the database",
                calls, answered(Told.Answer.DONE), answered(Told.Answer.REFUSED), answered(Told.Answer.NOTHING)));
        text.append(line("%s", findings.counts()));
        text.append(line(
                "longest call %.1f s, longest time from the end of a fault to the first success %.1f s",
                seconds(longestCall), seconds(longestRecovery)));
        text.append(line("the server was started again %,d times", restarts()));
        if (findings.isEmpty()) {
            text.append(line(
                    "no failure in %,d faults: with 95 %% confidence less than %.3g %% of such faults do harm (3/n)",
                    faults(), 300.0 / faults()));
        }
        return text.append(findings).toString();
    }

    private int answered(Told.Answer answer) {
        return answers.getOrDefault(answer, 0);
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values) + "\n";
    }
}
