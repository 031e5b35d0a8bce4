package io.github.counterfoil.benchmark.workload;

import io.github.counterfoil.benchmark.sample.Person;
import io.github.counterfoil.benchmark.sample.SampleTicket;
import io.github.counterfoil.benchmark.sample.Samples;
import io.github.counterfoil.benchmark.sample.TicketSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.LongStream;

/** One of the threads of a slice: it works on tickets of its own, and draws the rest from a fixed seed. */
public final class Player {
    private final Stage stage;
    private final int thread;
    private final int threads;
    private final SplittableRandom random;
    private long turn;

    /** @param round so that each round begins with other tickets */
    public Player(Stage stage, int thread, int threads, int round) {
        this.stage = stage;
        this.thread = thread;
        this.threads = threads;
        this.random = new SplittableRandom(31L * round + thread);
        this.turn = 7919L * round;
    }

    Samples samples() {
        return stage.samples();
    }

    int draw(int bound) {
        return random.nextInt(bound);
    }

    Person agent() {
        return samples().agent(random.nextInt(1 << 20));
    }

    Person customer() {
        return samples().customer(random.nextInt(1 << 20));
    }

    String text() {
        return samples().text(random.nextInt(1 << 20));
    }

    /** The next of this thread's tickets. */
    int nextTicket(TicketSet set) {
        int size = samples().size(set);
        int own = Math.max(1, size / threads);
        return (int) ((thread * (long) own + turn++ % own) % size);
    }

    /** This thread's tickets for an operation on many. */
    List<UUID> bulk() {
        int number = samples().scale().bulk();
        long first = (long) thread * number % samples().size(TicketSet.BULK);
        return LongStream.range(first, first + number)
                .mapToObj(n -> Samples.ticketId(TicketSet.BULK, n))
                .toList();
    }

    List<SampleTicket> nextImport() {
        return samples().batch(stage.nextImport());
    }

    boolean assigns(int ticket) {
        return stage.assigns(ticket);
    }
}
