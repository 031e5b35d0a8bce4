package io.github.counterfoil.faults;

import io.github.counterfoil.testing.Waiting;
import java.time.Duration;

/** What happens to the server as a whole. */
final class ServerFaults {
    /** How long the database is away; so long that hosts give up waiting. */
    static final Duration OUTAGE = Duration.ofSeconds(Integer.getInteger("counterfoil.faults.outage", 5));

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private ServerFaults() {}

    static boolean kill(Stage stage) {
        stage.server().kill();
        stage.server().start();
        return true;
    }

    static boolean stop(Stage stage) {
        if (stage.random().nextBoolean()) {
            stage.server().stopFast();
        } else {
            stage.server().stopImmediately();
        }
        stage.server().start();
        return true;
    }

    static boolean fill(Stage stage) {
        Volume volume = stage.server().volume();
        if (!volume.isOwn()) {
            return false;
        }
        volume.fill();
        try {
            Waiting.pause(Duration.ofMillis(700));
        } finally {
            volume.free();
        }
        Waiting.require("an answer of the server", LIMIT, () -> stage.server().answers());
        return true;
    }

    static boolean outage(Stage stage) {
        try {
            stage.proxy().become(CuttingProxy.Network.REFUSING);
            Waiting.pause(OUTAGE.dividedBy(2));
            stage.proxy().become(CuttingProxy.Network.SILENT);
            Waiting.pause(OUTAGE.dividedBy(2));
        } finally {
            stage.proxy().become(CuttingProxy.Network.OPEN);
        }
        return true;
    }

    static boolean readOnly(Stage stage) {
        setReadOnly(stage, "on");
        try {
            Waiting.pause(Duration.ofMillis(300));
        } finally {
            setReadOnly(stage, "off");
        }
        return true;
    }

    private static void setReadOnly(Stage stage, String value) {
        stage.execute("alter system set default_transaction_read_only = " + value);
        stage.execute("select pg_reload_conf()");
    }
}
