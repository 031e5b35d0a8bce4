package io.github.counterfoil.hosts;

import io.github.counterfoil.TicketService;
import java.util.function.Consumer;

/** A host that uses Counterfoil outside and inside its own transactions. */
interface Host extends AutoCloseable {

    /** What the host uses where it has no transaction. */
    TicketService tickets();

    /** A transaction of the host's, which it commits, or rolls back if the work throws; that is thrown on. */
    void transaction(Consumer<TicketService> work);

    /** The host's own work, inside its transaction. */
    void refund();

    @Override
    void close();
}
