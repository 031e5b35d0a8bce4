package io.github.counterfoil.faults;

import io.github.counterfoil.testing.Waiting;
import java.time.Duration;
import java.util.List;

/** What happens to hosts. */
final class HostFaults {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int LONGEST_MILLIS = 2_000;

    private HostFaults() {}

    static boolean kill(Stage stage) {
        stage.hosts().replaceAny(stage.random());
        return true;
    }

    /** As a pause of the garbage collector, or a swapped-out process, does it. */
    static boolean freeze(Stage stage) {
        boolean[] struck = {false};
        Waiting.require("somebody to freeze", LIMIT, () -> {
            struck[0] = freezeOne(stage);
            return struck[0];
        });
        return struck[0];
    }

    private static boolean freezeOne(Stage stage) {
        List<Long> backends = stage.backends(true);
        long pid = stage.random().nextBoolean() || backends.isEmpty()
                ? stage.hosts().pidOfAny(stage.random())
                : backends.get(0);
        boolean frozen = Commands.signal("STOP", pid);
        try {
            if (frozen) {
                Waiting.pause(Duration.ofMillis(500 + stage.random().nextInt(LONGEST_MILLIS - 500)));
            }
            return frozen;
        } finally {
            Commands.signal("CONT", pid);
        }
    }
}
