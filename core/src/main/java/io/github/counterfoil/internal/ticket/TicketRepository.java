package io.github.counterfoil.internal.ticket;

import static io.github.counterfoil.internal.jooq.Tables.TICKET;
import static org.jooq.impl.DSL.select;

import io.github.counterfoil.error.TicketNotFound;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.internal.access.Access;
import io.github.counterfoil.internal.database.Database;
import io.github.counterfoil.internal.database.Sent;
import io.github.counterfoil.internal.database.SqlText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jooq.Field;
import org.jooq.impl.DSL;

/** Reads tickets, for either side of the counter: one statement each, and one that asks for the actor where no ticket was found. */
public final class TicketRepository {

    private TicketRepository() {}

    public static <T> T ticket(Database database, Access access, TicketShape<T> shape, UUID ticketId) {
        return find(database, access, shape, ticketId).orElseThrow(() -> new TicketNotFound(ticketId));
    }

    /** Empty if there is no such ticket for who asks. */
    public static <T> Optional<T> find(Database database, Access access, TicketShape<T> shape, UUID ticketId) {
        Supplier<List<Field<?>>> columns = shape.columns(access);
        SqlText sql = database.text(
                new TicketText(access.actor().role()),
                () -> select(Sent.all(columns.get()))
                        .from(TICKET)
                        .join(access.people())
                        .on(access.acts())
                        .where(TICKET.ID.eq(DSL.param("ticket", ticketId)))
                        .and(access.visibleTickets()));
        Map<String, Object> values = access.values();
        values.put("ticket", ticketId);
        return database.reads(reads -> {
            Optional<T> found = reads.read(
                    sql,
                    values,
                    rows -> rows.next() ? Optional.of(shape.reader().apply(rows)) : Optional.empty());
            if (found.isEmpty()) {
                access.requireActor(database, reads);
            }
            return found;
        });
    }

    private record TicketText(Role side) {}
}
