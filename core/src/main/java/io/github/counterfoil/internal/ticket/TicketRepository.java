package io.github.counterfoil.internal.ticket;

import static io.github.counterfoil.internal.jooq.Tables.TICKET;
import static io.github.counterfoil.internal.jooq.Tables.TICKET_NUMBER;
import static org.jooq.impl.DSL.select;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.TicketNotFound;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.internal.access.Access;
import io.github.counterfoil.internal.database.Database;
import io.github.counterfoil.internal.database.Rows;
import io.github.counterfoil.internal.database.Sent;
import io.github.counterfoil.internal.database.SqlText;
import io.github.counterfoil.internal.page.Cursor;
import io.github.counterfoil.internal.validation.Faults;
import io.github.counterfoil.internal.validation.MomentRules;
import io.github.counterfoil.page.Page;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.ticket.TicketFilter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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
        SqlText sql = database.text(
                new TicketText(access.actor().role(), byNumber),
                () -> select(Sent.all(shape.columns(access)))
                        .from(TICKET)
                        .join(access.people())
                        .on(access.acts())
                        .where(TICKET.ID.eq(byNumber ? ofNumber() : DSL.param("ticket", UUID.class)))
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

    private static Field<UUID> ofNumber() {
        return DSL.field(select(TICKET_NUMBER.ID)
                .from(TICKET_NUMBER)
                .where(TICKET_NUMBER.NUMBER.eq(DSL.param("ticket", Long.class))));
    }

    private record TicketText(Role side, boolean byNumber) {}

    /** @throws InvalidInput for what {@link #list} cannot answer, and for what was found before */
    public static void check(Access access, TicketFilter filter, PageRequest page, Faults faults) {
        faults.require("filter", filter);
        Cursor.check(
                page,
                asked -> scope(access, filter, asked),
                text -> position(text).isPresent(),
                faults);
    }

    private static String scope(Access access, TicketFilter filter, PageRequest page) {
        return "tickets " + access.actor() + sorted(filter) + page.newestFirst();
    }

    /** @param page checked by {@link #check} */
    public static <T> Page<T> list(
            Database database, Access access, TicketShape<T> shape, TicketFilter filter, PageRequest page) {
        String scope = scope(access, filter, page);
        Optional<Position> last = Cursor.decode(scope, page.cursor()).flatMap(TicketRepository::position);
        ListText text = new ListText(
                access.actor().role(),
                filter.statuses(),
                filter.assigneeId().isEmpty(),
                filter.customerId().isEmpty(),
                filter.followerId().isEmpty(),
                last.isEmpty(),
                page.newestFirst());
        Map<String, Object> values = access.values();
        filter.assigneeId().ifPresent(id -> values.put(ListText.ASSIGNEE, id));
        filter.customerId().ifPresent(id -> values.put(ListText.CUSTOMER, id));
        filter.followerId().ifPresent(id -> values.put(ListText.FOLLOWER, id));
        last.ifPresent(position -> {
            values.put(ListText.LAST_TIME, position.createdAt().atOffset(ZoneOffset.UTC));
            values.put(ListText.LAST_ID, position.id());
        });
        values.put(ListText.SIZE, page.size());
        SqlText sql = database.text(text, () -> text.query(access, shape));
        return database.reads(reads -> {
            Page<T> found = reads.read(sql, values, rows -> page(rows, shape, scope));
            if (found.items().isEmpty()) {
                access.requireActor(database, reads);
            }
            return found;
        });
    }

    /** Each row begins with how many tickets were found, of which one more is looked for than the page may hold. */
    private static <T> Page<T> page(Rows rows, TicketShape<T> shape, String scope) {
        List<T> shown = new ArrayList<>();
        int found = 0;
        while (rows.next()) {
            found = rows.number();
            shown.add(shape.reader().apply(rows));
        }
        return new Page<>(
                shown,
                found > shown.size()
                        ? Optional.of(Cursor.encode(
                                scope,
                                position(shown.get(shown.size() - 1), shape).text()))
                        : Optional.empty());
    }

    /** Where a page ended. */
    private record Position(Instant createdAt, UUID id) {
        String text() {
            return createdAt + " " + id;
        }
    }

    /** Empty for what no ticket's position is written as. */
    private static Optional<Position> position(String text) {
        String[] parts = text.split(" ", -1);
        try {
            Position position = new Position(Instant.parse(parts[0]), UUID.fromString(parts[1]));
            return Optional.of(position)
                    .filter(read -> read.text().equals(text) && MomentRules.moment(read.createdAt()) == null);
        } catch (DateTimeException | IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static <T> Position position(T ticket, TicketShape<T> shape) {
        return new Position(shape.createdAt().apply(ticket), shape.id().apply(ticket));
    }

    private static String sorted(TicketFilter filter) {
        return filter.statuses().stream().sorted().toList() + "" + filter.assigneeId() + filter.customerId()
                + filter.followerId();
    }
}
