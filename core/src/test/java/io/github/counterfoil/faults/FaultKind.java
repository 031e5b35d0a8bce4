package io.github.counterfoil.faults;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The faults, and how many of each there are among 10,000. The numbers are those of docs/reliability.md. */
enum FaultKind {
    F1(2000, "connection cut before the statement reaches the server", ConnectionFaults::beforeTheServer),
    F2(2000, "connection cut after the server has done it, before the answer", ConnectionFaults::afterTheServer),
    F3(1700, "connection cut at any byte, half closed, reset, byte by byte, late", ConnectionFaults::anywhere),
    F4(100, "connection silent, before the server or after it", ConnectionFaults::silence),
    F5(1500, "sessions terminated: one, or all at once", SessionFaults::terminate),
    F6(800, "statement cancelled", SessionFaults::cancel),
    F7(250, "kill -9 of a session's process", SessionFaults::kill),
    F8(200, "kill -9 of the whole server", ServerFaults::kill),
    F9(50, "immediate or fast shutdown", ServerFaults::stop),
    F10(150, "kill -9 of a host, another continues", HostFaults::kill),
    F11(100, "session or host frozen for a time", HostFaults::freeze),
    F12(20, "data volume full for a time", ServerFaults::fill),
    F14(200, "lock held by a stranger", SessionFaults::hold),
    F15(100, "transaction left idle, by a stranger or ended under us", SessionFaults::idle),
    F17(50, "no connection left, at the server or in the pool", SessionFaults::exhaust),
    F18(10, "outage: refused, then silent", ServerFaults::outage),
    F19(50, "server read-only for a time", ServerFaults::readOnly),
    F20(720, "error or exception thrown by connection, driver or source", null);

    /** What goes wrong, once; false if this machine cannot do it. */
    interface Strike {
        boolean at(Stage stage);
    }

    static final int ALL = 10_000;

    private final int weight;
    private final String description;
    private final @Nullable Strike strike;

    FaultKind(int weight, String description, @Nullable Strike strike) {
        this.weight = weight;
        this.description = description;
        this.strike = strike;
    }

    String description() {
        return description;
    }

    boolean strike(Stage stage, ThrownFaults hooks) {
        return strike == null ? hooks.strike() : strike.at(stage);
    }

    /** So many faults in the order of chance, each kind among them. The first kind makes up the number. */
    static List<FaultKind> schedule(int count, Random random) {
        List<FaultKind> faults = new ArrayList<>(List.of(F1));
        for (FaultKind kind : values()) {
            if (kind != F1) {
                faults.addAll(Collections.nCopies(Math.max(1, Math.round((float) kind.weight * count / ALL)), kind));
            }
        }
        while (faults.size() < count) {
            faults.add(F1);
        }
        Collections.shuffle(faults, random);
        return faults;
    }
}
