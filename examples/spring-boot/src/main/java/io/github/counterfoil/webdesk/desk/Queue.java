package io.github.counterfoil.webdesk.desk;

import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.TicketQuery;
import io.github.counterfoil.ticket.TicketStatus;
import java.util.UUID;
import java.util.function.Function;

/** The lists at the side of the inbox. */
public enum Queue {
    UNSOLVED("Not closed", me -> TicketQuery.unsolved()),
    MINE("Mine", me -> TicketQuery.unsolved().assignedTo(me)),
    UNASSIGNED("Nobody's", me -> TicketQuery.unsolved().unassigned()),
    URGENT("Urgent", me -> TicketQuery.unsolved().priority(Priority.HIGH)),
    PENDING("Waiting for the customer", me -> TicketQuery.all().status(TicketStatus.PENDING)),
    CLOSED("Closed", me -> TicketQuery.all().status(TicketStatus.CLOSED)),
    ALL("All", me -> TicketQuery.all());

    private final String title;
    private final Function<UUID, TicketQuery> query;

    Queue(String title, Function<UUID, TicketQuery> query) {
        this.title = title;
        this.query = query;
    }

    public String title() {
        return title;
    }

    TicketQuery query(UUID me) {
        return query.apply(me);
    }
}
