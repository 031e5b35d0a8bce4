package io.github.counterfoil.benchmark.flowable;

import io.github.counterfoil.benchmark.contestant.Entrant;
import io.github.counterfoil.benchmark.sample.Samples;
import io.github.counterfoil.benchmark.store.TicketStore;
import io.github.counterfoil.benchmark.workload.Workload;
import java.util.Set;
import javax.sql.DataSource;

/** Flowable, for what its tasks can do. */
public final class FlowableEntrant implements Entrant {

    @Override
    public String id() {
        return "flowable";
    }

    @Override
    public Set<Workload> workloads() {
        return Set.of(Workload.LIFECYCLE, Workload.OPEN);
    }

    @Override
    public TicketStore open(DataSource dataSource, String schema, Samples samples) {
        return new FlowableStore(dataSource, schema);
    }
}
