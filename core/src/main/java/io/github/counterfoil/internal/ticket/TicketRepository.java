package io.github.counterfoil.internal.ticket;

import static io.github.counterfoil.internal.jooq.Tables.TICKET;
import static io.github.counterfoil.internal.jooq.Tables.TICKET_ASSIGNMENT;
import static io.github.counterfoil.internal.ticket.TicketShape.OWNER;
import static org.jooq.impl.DSL.lateral;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.TicketNotFound;
import io.github.counterfoil.internal.access.Access;
import io.github.counterfoil.internal.given.Given;
import io.github.counterfoil.internal.page.Cursor;
import io.github.counterfoil.internal.page.Portion;
import io.github.counterfoil.internal.validation.MomentRules;
import io.github.counterfoil.page.Page;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.ticket.TicketFilter;
import io.github.counterfoil.ticket.TicketStatus;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.SortField;
import org.jooq.Table;

/** Reads tickets, for either side of the counter: one statement each. */
public final class TicketRepository {

    private TicketRepository() {}

    public static <T> T ticket(DSLContext dsl, Access access, TicketShape<T> shape, UUID ticketId) {
        return find(dsl, access, shape, ticketId).orElseThrow(() -> new TicketNotFound(ticketId));
    }

    /** Empty if there is no such ticket for who asks. */
    public static <T> Optional<T> find(DSLContext dsl, Access access, TicketShape<T> shape, UUID ticketId) {
        Result<? extends Record> found = dsl.select(shape.columns())
                .from(access.people())
                .leftJoin(TICKET.join(OWNER).on(OWNER.ID.eq(TICKET.CUSTOMER_ID)))
                .on(TICKET.ID.eq(ticketId).and(access.visibleTickets()))
                .where(access.acts())
                .fetch();
        requireActor(found, access);
        return found.stream()
                .filter(row -> row.get(TICKET.ID) != null)
                .findFirst()
                .map(shape.reader());
    }

    /** @throws InvalidInput for what {@link #list} cannot answer */
    public static void check(Access access, TicketFilter filter, PageRequest page) {
        Given.value("filter", filter);
        Cursor.check(
                page,
                asked -> scope(access, filter, asked),
                text -> position(text).isPresent());
    }

    private static String scope(Access access, TicketFilter filter, PageRequest page) {
        return "tickets " + access.actor() + sorted(filter) + page.newestFirst();
    }

    /** @param page checked by {@link #check} */
    public static <T> Page<T> list(
            DSLContext dsl, Access access, TicketShape<T> shape, TicketFilter filter, PageRequest page) {
        String scope = scope(access, filter, page);
        Condition beyond = Cursor.decode(scope, page.cursor())
                .flatMap(TicketRepository::position)
                .map(position -> beyond(position, page.newestFirst()))
                .orElse(noCondition());
        List<SortField<?>> order = page.newestFirst()
                ? List.of(TICKET.CREATED_AT.desc(), TICKET.ID.desc())
                : List.of(TICKET.CREATED_AT.asc(), TICKET.ID.asc());

        // The page is found by key first, so that what each row costs is paid for the page's rows only.
        Field<UUID> idOnPage = TICKET.ID.as("id_on_page");
        Table<?> ids = lateral(select(idOnPage)
                        .select(Portion.columns(shape.bytes(), order))
                        .from(TICKET)
                        .where(access.visibleTickets())
                        .and(matches(filter))
                        .and(beyond)
                        .orderBy(order)
                        .limit(page.size() + 1))
                .as("page");
        Result<? extends Record> found = dsl.select(shape.columns())
                .from(access.people())
                .leftJoin(ids)
                .on(Portion.reaches(ids))
                .leftJoin(TICKET.join(OWNER).on(OWNER.ID.eq(TICKET.CUSTOMER_ID)))
                .on(TICKET.ID.eq(ids.field(idOnPage)).and(Portion.holds(ids, page.size())))
                .where(access.acts())
                .orderBy(Portion.place(ids))
                .fetch();
        requireActor(found, access);
        return page(found, shape, scope);
    }

    /** A row without a ticket after others tells that there are more. */
    private static <T> Page<T> page(Result<? extends Record> found, TicketShape<T> shape, String scope) {
        List<? extends Record> shown =
                found.stream().filter(row -> row.get(TICKET.ID) != null).toList();
        Optional<String> next = !shown.isEmpty() && shown.size() < found.size()
                ? Optional.of(Cursor.encode(scope, position(shown.get(shown.size() - 1))))
                : Optional.empty();
        return new Page<>(shown.stream().map(shape.reader()).toList(), next);
    }

    private static void requireActor(Result<? extends Record> found, Access access) {
        if (found.isEmpty()) {
            throw access.actor().unknown();
        }
    }

    private static Condition matches(TicketFilter filter) {
        Condition matches = noCondition();
        if (!filter.statuses().isEmpty()) {
            matches = matches.and(TICKET.STATUS.in(filter.statuses().stream()
                    .map(TicketStatus::wireName)
                    .sorted()
                    .toList()));
        }
        if (filter.assigneeId().isPresent()) {
            matches = matches.and(TICKET.ID.in(select(TICKET_ASSIGNMENT.TICKET_ID)
                    .from(TICKET_ASSIGNMENT)
                    .where(TICKET_ASSIGNMENT.WORKER_ID.eq(filter.assigneeId().get()))));
        }
        if (filter.customerId().isPresent()) {
            matches = matches.and(TICKET.CUSTOMER_ID.eq(filter.customerId().get()));
        }
        return matches;
    }

    private static Condition beyond(Position last, boolean newestFirst) {
        return newestFirst
                ? row(TICKET.CREATED_AT, TICKET.ID).lt(last.createdAt(), last.id())
                : row(TICKET.CREATED_AT, TICKET.ID).gt(last.createdAt(), last.id());
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

    private static String position(Record row) {
        return new Position(row.get(TICKET.CREATED_AT), row.get(TICKET.ID)).text();
    }

    private static String sorted(TicketFilter filter) {
        return filter.statuses().stream().sorted().toList() + "" + filter.assigneeId() + filter.customerId();
    }
}
