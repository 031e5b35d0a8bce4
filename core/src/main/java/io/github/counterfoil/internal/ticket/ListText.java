package io.github.counterfoil.internal.ticket;

import static io.github.counterfoil.internal.jooq.Tables.TICKET;
import static io.github.counterfoil.internal.jooq.Tables.TICKET_ASSIGNMENT;
import static io.github.counterfoil.internal.jooq.Tables.TICKET_FOLLOWER;
import static io.github.counterfoil.internal.jooq.Tables.TICKET_PARTICIPANT;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;

import io.github.counterfoil.event.Role;
import io.github.counterfoil.internal.access.Access;
import io.github.counterfoil.internal.database.Sent;
import io.github.counterfoil.internal.page.Cursor;
import io.github.counterfoil.internal.page.Portion;
import io.github.counterfoil.ticket.TicketStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.Record2;
import org.jooq.Select;
import org.jooq.SelectJoinStep;
import org.jooq.SortField;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * The statement that answers a page of tickets, and what its text depends on. Which tickets are on the page is read from an index
 * in its order, one part for each status, so that no ticket is looked at that is not shown, or, for one customer, none of others;
 * what each row costs is paid for the page's rows only.
 *
 * @param statuses none for any
 * @param anyCustomer for a customer, whether also tickets that are another's
 * @param first whether it is the first page
 */
record ListText(
        Role side,
        Set<TicketStatus> statuses,
        boolean anyAssignee,
        boolean anyCustomer,
        boolean anyFollower,
        boolean first,
        boolean newestFirst) {
    static final String ASSIGNEE = "assignee";
    static final String CUSTOMER = "customer";
    static final String FOLLOWER = "follower";
    static final String LAST_TIME = "last_time";
    static final String LAST_ID = "last_id";
    static final String SIZE = "size";

    private static final Field<UUID> ID = DSL.field(DSL.name("id_on_page"), UUID.class);
    private static final Field<Instant> CREATED_AT = DSL.field(DSL.name("created_at_on_page"), Instant.class);

    Query query(Access access, TicketShape<?> shape) {
        Field<Integer> size = DSL.param(SIZE, Integer.class);
        Table<?> keys = keys(access)
                .orderBy(order(CREATED_AT, ID))
                .limit(size.plus(inline(1)))
                .asTable("key_on_page");
        Field<Integer> found = DSL.count().over().as("found");
        Table<?> page = select(ID, found)
                .select(Portion.columns(shape.bytes(), order(CREATED_AT, ID)))
                .from(keys)
                .join(TICKET)
                .on(TICKET.ID.eq(ID))
                .join(access.people())
                .on(access.acts())
                .where(access.visibleTickets())
                .asTable("page");
        List<Field<?>> columns = new ArrayList<>(shape.columns(access));
        columns.add(0, page.field(found));
        return select(Sent.all(columns))
                .from(page)
                .join(TICKET)
                .on(TICKET.ID.eq(page.field(ID)))
                .where(Portion.holds(page, size))
                .orderBy(Portion.place(page));
    }

    private SelectJoinStep<Record2<UUID, Instant>> keys(Access access) {
        Select<Record2<UUID, Instant>> found;
        if (side == Role.CUSTOMER) {
            Condition status = statuses.isEmpty()
                    ? noCondition()
                    : Shown.text(TICKET.STATUS).in(wireNames(statuses));
            Select<Record2<UUID, Instant>> own = keys(
                    TICKET, TICKET.ID, TICKET.CREATED_AT, access.ownTickets().and(status));
            found = anyCustomer ? own.unionAll(participations(access, status)) : own;
        } else if (!anyFollower) {
            found = keys(
                    TICKET_FOLLOWER.join(TICKET).on(TICKET.ID.eq(TICKET_FOLLOWER.TICKET_ID)),
                    TICKET_FOLLOWER.TICKET_ID,
                    TICKET_FOLLOWER.TICKET_CREATED_AT,
                    TICKET_FOLLOWER
                            .WORKER_ID
                            .eq(DSL.param(FOLLOWER, UUID.class))
                            .and(statuses.isEmpty() ? noCondition() : TICKET.STATUS.in(wireNames(statuses)))
                            .and(ofAssigneeAndCustomer()));
        } else if (!anyCustomer) {
            found = tickets(access, statuses.isEmpty() ? noCondition() : TICKET.STATUS.in(wireNames(statuses)));
        } else if (!anyAssignee) {
            found = (statuses.isEmpty() ? EnumSet.allOf(TicketStatus.class) : statuses)
                    .stream().map(this::assigned).reduce(Select::unionAll).orElseThrow();
        } else if (statuses.isEmpty()) {
            found = tickets(access, noCondition());
        } else {
            found = statuses.stream()
                    .map(status -> tickets(access, TICKET.STATUS.eq(inline(status.wireName()))))
                    .reduce(Select::unionAll)
                    .orElseThrow();
        }
        return select(ID, CREATED_AT).from(found.asTable("found"));
    }

    private Select<Record2<UUID, Instant>> participations(Access access, Condition status) {
        return keys(
                statuses.isEmpty()
                        ? TICKET_PARTICIPANT
                        : TICKET_PARTICIPANT.join(TICKET).on(TICKET.ID.eq(TICKET_PARTICIPANT.TICKET_ID)),
                TICKET_PARTICIPANT.TICKET_ID,
                TICKET_PARTICIPANT.TICKET_CREATED_AT,
                access.participations().and(status));
    }

    private Select<Record2<UUID, Instant>> tickets(Access access, Condition status) {
        return keys(
                TICKET,
                TICKET.ID,
                TICKET.CREATED_AT,
                access.visibleTickets().and(status).and(ofAssigneeAndCustomer()));
    }

    private Condition ofAssigneeAndCustomer() {
        Condition assigned = anyAssignee
                ? noCondition()
                : TICKET.ID.in(select(TICKET_ASSIGNMENT.TICKET_ID)
                        .from(TICKET_ASSIGNMENT)
                        .where(TICKET_ASSIGNMENT.WORKER_ID.eq(DSL.param(ASSIGNEE, UUID.class))));
        Condition ofCustomer = anyCustomer ? noCondition() : TICKET.CUSTOMER_ID.eq(DSL.param(CUSTOMER, UUID.class));
        return assigned.and(ofCustomer);
    }

    private Select<Record2<UUID, Instant>> assigned(TicketStatus status) {
        return keys(
                TICKET_ASSIGNMENT,
                TICKET_ASSIGNMENT.TICKET_ID,
                TICKET_ASSIGNMENT.TICKET_CREATED_AT,
                TICKET_ASSIGNMENT
                        .WORKER_ID
                        .eq(DSL.param(ASSIGNEE, UUID.class))
                        .and(TICKET_ASSIGNMENT.STATUS.eq(inline(status.wireName()))));
    }

    /** The largest page is written into the text: by a parameter alone, PostgreSQL would plan for a tenth of all tickets. */
    private Select<Record2<UUID, Instant>> keys(
            Table<?> table, Field<UUID> id, Field<Instant> createdAt, Condition matches) {
        return select(id.as(ID), createdAt.as(CREATED_AT))
                .from(table)
                .where(first ? matches : matches.and(beyond(createdAt, id)))
                .orderBy(order(createdAt, id))
                .limit(inline(Cursor.MAX_PAGE_SIZE + 1));
    }

    private Condition beyond(Field<Instant> createdAt, Field<UUID> id) {
        Field<Instant> lastTime = DSL.param(LAST_TIME, createdAt);
        Field<UUID> lastId = DSL.param(LAST_ID, UUID.class);
        return newestFirst
                ? row(createdAt, id).lt(lastTime, lastId)
                : row(createdAt, id).gt(lastTime, lastId);
    }

    private List<SortField<?>> order(Field<Instant> createdAt, Field<UUID> id) {
        return newestFirst ? List.of(createdAt.desc(), id.desc()) : List.of(createdAt.asc(), id.asc());
    }

    private static List<Field<String>> wireNames(Collection<TicketStatus> statuses) {
        return statuses.stream()
                .<Field<String>>map(status -> inline(status.wireName()))
                .toList();
    }
}
