package io.github.counterfoil.replay;

import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicInteger;

/** Shows how far the replay is: a bar on a terminal, a line for each tenth elsewhere. */
final class Progress {
    private static final int WIDTH = 40;

    private final PrintStream out;
    private final boolean terminal;
    private final int total;
    private final AtomicInteger done = new AtomicInteger();

    Progress(PrintStream out, boolean terminal, int total) {
        this.out = out;
        this.terminal = terminal;
        this.total = total;
    }

    void advance(int operations) {
        int now = done.addAndGet(operations);
        int steps = terminal ? 100 : 10;
        if ((long) now * steps / total > (long) (now - operations) * steps / total) {
            show(now);
        }
    }

    private synchronized void show(int now) {
        int percent = (int) ((long) now * 100 / total);
        if (terminal) {
            int filled = percent * WIDTH / 100;
            out.print("\r[" + "#".repeat(filled) + ".".repeat(WIDTH - filled) + "] " + percent + " %"
                    + (now == total ? "\n" : ""));
            out.flush();
        } else {
            out.println("replayed " + now + " of " + total + " operations");
        }
    }
}
