package io.github.counterfoil.faults;

import java.time.Duration;
import java.util.List;
import java.util.Random;

/** Faults of all kinds, one after the other, while hosts work. After each, the work has to go on soon. */
final class Campaign {
    /** So many, and then a new database: what is judged is read at once. */
    private static final int ROUND = 500;

    /** From the end of a fault to the first success. */
    private static final Duration SOON = Duration.ofSeconds(5);

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final long seed;
    private final int faults;
    private final Report report;

    Campaign(long seed, int faults) {
        this.seed = seed;
        this.faults = faults;
        this.report = new Report(seed);
    }

    Report run() {
        long begun = System.nanoTime();
        List<FaultKind> schedule = FaultKind.schedule(faults, new Random(seed));
        try (Workplace workplace = Workplace.open();
                OwnServer server = OwnServer.in(workplace.folder())) {
            for (int from = 0; from < schedule.size(); from += ROUND) {
                int number = from / ROUND;
                List<FaultKind> some = schedule.subList(from, Math.min(from + ROUND, schedule.size()));
                try (Stage stage = new Stage(server, workplace.folder(), number, seed + number)) {
                    play(stage, some);
                }
                report.took(Duration.ofNanos(System.nanoTime() - begun));
                if (!report.findings().isEmpty()) {
                    break;
                }
                System.out.println("faults: " + report.faults() + " of " + faults);
            }
        }
        return report;
    }

    private void play(Stage stage, List<FaultKind> some) {
        stage.hosts().start(Stage.HOSTS);
        stage.requireSuccess();
        try (ThrownFaults hooks = new ThrownFaults(stage)) {
            for (FaultKind kind : some) {
                if (kind.strike(stage, hooks)) {
                    struck(kind, stage.firstSuccess(LIMIT));
                }
            }
            report.found(hooks.findings());
        }
        report.found(stage.stop());
        report.played(stage.played());
        report.found(stage.judge());
    }

    private void struck(FaultKind kind, Duration recovery) {
        report.struck(kind, recovery);
        if (recovery.compareTo(SOON) > 0) {
            report.found(late(kind, recovery));
        }
    }

    private static Findings late(FaultKind kind, Duration recovery) {
        Findings findings = new Findings();
        findings.add(Findings.Kind.LATE, kind + ": " + recovery);
        return findings;
    }
}
