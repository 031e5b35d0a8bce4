package io.github.counterfoil.internal.change;

import static io.github.counterfoil.internal.jooq.Tables.ANNOUNCE_CHANGES;

import io.github.counterfoil.change.Change;
import io.github.counterfoil.change.ChangeFeed;
import io.github.counterfoil.change.Changes;
import io.github.counterfoil.change.CustomerChange;
import io.github.counterfoil.internal.command.ServiceContext;

/** The staff's feed, and the way to the customers'. */
public final class PostgresChanges extends PostgresChangeFeed<Change.About, Change> implements Changes {
    private final ServiceContext context;

    public PostgresChanges(ServiceContext context) {
        super(context, new StaffSide(context));
        this.context = context;
    }

    @Override
    public void announce(boolean on) {
        require(context.database()
                .write((dsl, frame) -> dsl.fetchSingle(ANNOUNCE_CHANGES(on, frame.patience(), frame.durable())))
                .getRefusal());
    }

    @Override
    public ChangeFeed<CustomerChange> forCustomers() {
        return new PostgresChangeFeed<>(context, new CustomerSide(context));
    }
}
