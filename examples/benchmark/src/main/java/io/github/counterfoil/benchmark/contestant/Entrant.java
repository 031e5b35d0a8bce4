package io.github.counterfoil.benchmark.contestant;

import io.github.counterfoil.benchmark.sample.Samples;
import io.github.counterfoil.benchmark.store.TicketStore;
import io.github.counterfoil.benchmark.workload.Workload;
import java.util.Set;
import javax.sql.DataSource;

/** A store that can take part. Further ones are found as services. */
public interface Entrant {

    /** By what it is chosen; also the name of its schema, with {@code _} for {@code -}. */
    String id();

    Set<Workload> workloads();

    /** A store on connections to its schema; it may hold more than one at a time. */
    TicketStore open(DataSource dataSource, String schema, Samples samples);
}
