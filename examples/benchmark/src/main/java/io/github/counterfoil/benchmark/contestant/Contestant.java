package io.github.counterfoil.benchmark.contestant;

import io.github.counterfoil.benchmark.measure.Cost;
import io.github.counterfoil.benchmark.measure.Slice;
import io.github.counterfoil.benchmark.sample.TicketSet;
import io.github.counterfoil.benchmark.workload.Workload;
import java.sql.SQLException;
import java.util.Set;

/** Who takes part. */
public interface Contestant extends AutoCloseable {

    /** By what it is chosen. */
    String id();

    /** What it takes part in. */
    Set<Workload> workloads();

    /** Makes its tables and fills them. */
    void prepare(Set<TicketSet> sets) throws SQLException;

    /** Does a workload for a short time. */
    Slice play(Workload workload, Load load);

    /** Counts what one operation of a workload takes, with nothing else at work. */
    Cost count(Workload workload) throws SQLException;

    @Override
    void close();
}
