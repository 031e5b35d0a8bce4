package io.github.counterfoil.faults;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.testing.Waiting;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A host whose threads are of this process, until it is closed. */
final class Crew implements AutoCloseable {
    private final Ledger ledger;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong played = new AtomicLong();
    private volatile boolean stopping;

    Crew(Stage stage, TicketService tickets) {
        try {
            ledger = Ledger.of(stage.ledger(Stage.CREW));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        Player player = new Player(tickets, ledger);
        for (int thread = 0; thread < Cast.THREADS; thread++) {
            int one = thread;
            threads.add(new Thread(() -> play(player, stage.seed(), one), "crew " + thread));
        }
        threads.forEach(Thread::start);
    }

    private void play(Player player, long seed, int thread) {
        for (int n = 0; !stopping; n++) {
            player.play(Call.at(seed, Stage.CREW, thread, n));
            played.incrementAndGet();
        }
    }

    /** Returns once so many more calls have been made: a busy machine makes them later. */
    void work(int calls) {
        long enough = played.get() + calls;
        Waiting.require(calls + " calls", Duration.ofSeconds(60), () -> played.get() >= enough);
    }

    @Override
    public void close() {
        stopping = true;
        try {
            for (Thread thread : threads) {
                thread.join(Duration.ofMinutes(2).toMillis());
            }
            ledger.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
