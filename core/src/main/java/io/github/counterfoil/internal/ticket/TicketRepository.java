package io.github.counterfoil.internal.ticket;

import static io.github.counterfoil.internal.jooq.Tables.TICKET;
import static io.github.counterfoil.internal.jooq.Tables.TICKET_NUMBER;
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
        return find(database, access, shape, false, ticketId);
    }

    /** As {@link #find(Database, Access, TicketShape, UUID)}. */
    public static <T> Optional<T> findByNumber(Database database, Access access, TicketShape<T> shape, long number) {
        return find(database, access, shape, true, number);
    }

    private static <T> Optional<T> find(
            Database database, Access access, TicketShape<T> shape, boolean byNumber, Object key) {
        Supplier<List<Field<?>>> columns = shape.columns(access);
        SqlText sql = database.text(
                new TicketText(access.actor().role(), byNumber),
                () -> select(Sent.all(columns.get()))
                        .from(TICKET)
                        .join(access.people())
                        .on(access.acts())
                        .where(TICKET.ID.eq(byNumber ? ofNumber("ticket") : DSL.param("ticket", UUID.class)))
                        .and(access.visibleTickets()));
        Map<String, Object> values = access.values();
        values.put("ticket", key);
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

    /** @param name of the parameter that is the number */
    static Field<UUID> ofNumber(String name) {
        return DSL.field(select(TICKET_NUMBER.ID)
                .from(TICKET_NUMBER)
                .where(TICKET_NUMBER.NUMBER.eq(DSL.param(name, Long.class))));
    }

    private record TicketText(Role side, boolean byNumber) {}
}
