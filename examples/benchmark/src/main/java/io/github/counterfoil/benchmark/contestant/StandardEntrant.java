package io.github.counterfoil.benchmark.contestant;

import io.github.counterfoil.benchmark.sample.Samples;
import io.github.counterfoil.benchmark.store.ClassicStore;
import io.github.counterfoil.benchmark.store.CopyStore;
import io.github.counterfoil.benchmark.store.CounterfoilStore;
import io.github.counterfoil.benchmark.store.LiteralStore;
import io.github.counterfoil.benchmark.store.OneStatementStore;
import io.github.counterfoil.benchmark.store.TicketStore;
import io.github.counterfoil.benchmark.store.orm.HibernateStore;
import io.github.counterfoil.benchmark.workload.Workload;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import javax.sql.DataSource;

/** Who takes part wherever this program runs. */
public enum StandardEntrant implements Entrant {
    COUNTERFOIL(EnumSet.allOf(Workload.class)) {
        @Override
        public TicketStore open(DataSource dataSource, String schema, Samples samples) {
            return new CounterfoilStore(dataSource, schema);
        }
    },
    /** What the others are measured by. */
    ONE_STATEMENT(EnumSet.complementOf(EnumSet.of(Workload.IMPORT))) {
        @Override
        public TicketStore open(DataSource dataSource, String schema, Samples samples) {
            return new OneStatementStore(dataSource);
        }
    },
    CLASSIC(EnumSet.complementOf(EnumSet.of(Workload.IMPORT))) {
        @Override
        public TicketStore open(DataSource dataSource, String schema, Samples samples) {
            return new ClassicStore(dataSource);
        }
    },
    HIBERNATE(EnumSet.allOf(Workload.class)) {
        @Override
        public TicketStore open(DataSource dataSource, String schema, Samples samples) {
            return new HibernateStore(dataSource);
        }
    },
    LITERAL(EnumSet.complementOf(EnumSet.of(Workload.IMPORT))) {
        @Override
        public TicketStore open(DataSource dataSource, String schema, Samples samples) {
            return new LiteralStore(dataSource);
        }
    },
    /** What imports are measured by. */
    COPY(EnumSet.of(Workload.IMPORT)) {
        @Override
        public TicketStore open(DataSource dataSource, String schema, Samples samples) {
            return new CopyStore(dataSource, schema, samples);
        }
    };

    private final Set<Workload> workloads;

    StandardEntrant(Set<Workload> workloads) {
        this.workloads = Collections.unmodifiableSet(workloads);
    }

    @Override
    public Set<Workload> workloads() {
        return workloads;
    }

    /** By whom a workload is measured. */
    public static String reference(Workload workload) {
        return (workload == Workload.IMPORT ? COPY : ONE_STATEMENT).id();
    }

    @Override
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
