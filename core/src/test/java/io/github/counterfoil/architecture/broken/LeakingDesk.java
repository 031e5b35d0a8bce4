package io.github.counterfoil.architecture.broken;

import io.github.counterfoil.desk.CustomerDesk;
import io.github.counterfoil.event.TicketEvent;
import java.util.List;

/** Hands a customer what only the staff may see. */
public abstract class LeakingDesk implements CustomerDesk {
    abstract List<TicketEvent> everything();
}
