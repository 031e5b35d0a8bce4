package io.github.counterfoil.faults;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** The hosts at work, each with its ledger. */
final class Hosts implements AutoCloseable {
    private static final long STOP_SECONDS = 120;

    private final String url;
    private final long seed;
    private final Path folder;
    private final List<HostProcess> processes = new ArrayList<>();

    Hosts(String url, long seed, Path folder) {
        this.url = url;
        this.seed = seed;
        this.folder = folder;
    }

    void start(int count) {
        IntStream.range(0, count).forEach(n -> processes.add(started(n)));
    }

    private HostProcess started(int n) {
        return HostProcess.start(
                Host.class,
                folder.resolve("host-" + n + ".errors"),
                url,
                Long.toString(seed),
                Integer.toString(n),
                ledger(folder, n).toString());
    }

    static Path ledger(Path folder, int host) {
        return folder.resolve("host-" + host + ".ledger");
    }

    long pidOfAny(Random random) {
        return processes.get(random.nextInt(processes.size())).pid();
    }

    /** kill -9 of one of them; another continues its ledger. */
    void replaceAny(Random random) {
        int n = random.nextInt(processes.size());
        processes.get(n).close();
        processes.set(n, started(n));
    }

    void exhaust(long millis) {
        processes.forEach(process -> process.say(Host.EXHAUST + " " + millis));
    }

    /** Lets all calls end. What each has to say of itself comes back. */
    List<String> stop() {
        processes.forEach(process -> process.say(Host.STOP));
        return processes.stream().map(process -> process.answer(STOP_SECONDS)).toList();
    }

    /** Ends the hosts that have stopped. The threads that were left over come back. */
    List<String> end() {
        processes.forEach(process -> process.say("end"));
        return processes.stream().map(process -> process.answer(STOP_SECONDS)).toList();
    }

    @Override
    public void close() {
        processes.forEach(HostProcess::close);
    }
}
