package io.github.counterfoil.benchmark.workload;

import io.github.counterfoil.benchmark.sample.Samples;
import io.github.counterfoil.benchmark.sample.TicketSet;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;

/** What has to be remembered of one contestant's tickets from one slice to the next. */
public final class Stage {
    private final Samples samples;
    private final AtomicLong imported = new AtomicLong();
    private final AtomicIntegerArray assigned;

    public Stage(Samples samples) {
        this.samples = samples;
        this.assigned = new AtomicIntegerArray(samples.size(TicketSet.TRIAGE));
    }

    public Samples samples() {
        return samples;
    }

    /** The number of the first ticket of the next import. */
    long nextImport() {
        return imported.getAndAdd(samples.scale().batch());
    }

    /** Whether the ticket was unassigned, and is assigned from now on; or the other way round. */
    boolean assigns(int ticket) {
        return assigned.getAndUpdate(ticket, before -> 1 - before) == 0;
    }
}
