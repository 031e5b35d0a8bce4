package io.github.counterfoil.hosts;

import com.zaxxer.hikari.HikariDataSource;
import io.github.counterfoil.TicketService;
import java.util.function.Consumer;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** jOOQ's own transactions. */
final class JooqHost implements Host {
    private final HikariDataSource pool;
    private final TicketService tickets;
    private @Nullable DSLContext transaction;

    JooqHost(HostDatabase database) {
        pool = database.pool(true);
        tickets = TicketService.builder(pool).build();
    }

    @Override
    public TicketService tickets() {
        return tickets;
    }

    @Override
    public void transaction(Consumer<TicketService> work) {
        DSLContext dsl = DSL.using(pool, SQLDialect.POSTGRES);
        dsl.transaction(tx -> {
            transaction = tx.dsl();
            tx.dsl().connection(connection -> work.accept(tickets.joining(connection)));
        });
    }

    @Override
    public void refund() {
        transaction.execute("insert into refund values (gen_random_uuid(), 12)");
    }

    @Override
    public void close() {
        pool.close();
    }
}
