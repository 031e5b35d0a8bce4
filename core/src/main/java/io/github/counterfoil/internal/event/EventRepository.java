package io.github.counterfoil.internal.event;

import static io.github.counterfoil.internal.database.JsonRows.selectRow;
import static io.github.counterfoil.internal.jooq.Tables.CUSTOMER;
import static io.github.counterfoil.internal.jooq.Tables.TICKET;
import static io.github.counterfoil.internal.jooq.Tables.TICKETS;
import static io.github.counterfoil.internal.jooq.Tables.TICKET_EVENT;
import static io.github.counterfoil.internal.jooq.Tables.WORKER;
import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.jsonbObject;
import static org.jooq.impl.DSL.lateral;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.trueCondition;
import static org.jooq.impl.DSL.when;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.TicketNotFound;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.internal.access.Access;
import io.github.counterfoil.internal.access.AgentName;
import io.github.counterfoil.internal.database.JsonRows;
import io.github.counterfoil.internal.jooq.tables.WorkerTable;
import io.github.counterfoil.internal.page.Cursor;
import io.github.counterfoil.page.Page;
import io.github.counterfoil.page.PageRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * Reads histories. Nothing else in Counterfoil selects from {@code ticket_event}; what a desk asks for is read with its access
 * alone.
 */
public final class EventRepository {
    private static final Field<UUID> FOUND_TICKET = TICKET.ID.as("found_ticket_id");
    private static final Field<Integer> NUMBER = DSL.field(DSL.name("number"), Integer.class);
    private static final Field<Instant> TIME = DSL.field(DSL.name("time"), Instant.class);
    private static final WorkerTable AGENT = WORKER.as("agent");
    private static final String UUID_TEXT = "^[[:xdigit:]]{8}(-[[:xdigit:]]{4}){3}-[[:xdigit:]]{12}$";

    /**
     * All events of the ticket that a query is at, for verification and for states of the past: the staff's view, without
     * the bodies on which no state depends. That of a public event without a customers' number tells why it has none.
     */
    public static final Field<List<StoredEvent>> WHOLE_HISTORY = JsonRows.field(
            "whole_history",
            selectRow(
                            TICKET_EVENT.TICKET_ID,
                            TICKET_EVENT.SEQ,
                            TICKET_EVENT.ID,
                            TICKET_EVENT.TYPE,
                            TICKET_EVENT.CREATED_AT,
                            TICKET_EVENT.CREATED_BY,
                            TICKET_EVENT.CREATED_BY_FIRST_NAME,
                            TICKET_EVENT.CREATED_BY_LAST_NAME,
                            TICKET_EVENT.ROLE,
                            TICKET_EVENT.VISIBILITY,
                            when(
                                            TICKET_EVENT
                                                    .TYPE
                                                    .in(OwnTypes.names(EventType::changesTickets))
                                                    .or(TICKET_EVENT
                                                            .VISIBILITY
                                                            .eq(Visibility.PUBLIC.wireName())
                                                            .and(TICKET_EVENT.PUBLIC_SEQ.isNull())),
                                            TICKET_EVENT.BODY.cast(String.class))
                                    .otherwise(inline("{}")),
                            TICKET_EVENT.PUBLIC_SEQ,
                            TICKET_EVENT.PUBLIC_AT,
                            DSL.field(when(
                                            TICKET_EVENT.ROLE.eq(Role.AGENT.wireName()),
                                            TICKET_EVENT.CREATED_BY.in(
                                                    select(WORKER.ID).from(WORKER)))
                                    .otherwise(TICKET_EVENT.CREATED_BY.in(
                                            select(CUSTOMER.ID).from(CUSTOMER)))))
                    .from(TICKET_EVENT)
                    .where(TICKET_EVENT.TICKET_ID.eq(TICKET.ID))
                    .orderBy(TICKET_EVENT.SEQ),
            row -> new StoredEvent(
                    new EventRow(
                            row.id(),
                            row.number(),
                            row.id(),
                            row.text(),
                            row.time(),
                            row.id(),
                            row.text(),
                            row.text(),
                            row.text(),
                            row.text(),
                            row.text(),
                            null),
                    row.optionalNumber(),
                    row.optionalTime(),
                    row.flag()));

    private EventRepository() {}

    /** @throws InvalidInput for what {@link #history} cannot answer */
    public static void check(Access access, UUID ticketId, PageRequest page) {
        Cursor.check(
                page,
                asked -> scope(access, ticketId, asked),
                text -> position(text).isPresent());
    }

    private static String scope(Access access, UUID ticketId, PageRequest page) {
        return "history " + access.actor() + ticketId + page.newestFirst();
    }

    /**
     * One page of a ticket's history as the actor may see it: one statement.
     *
     * @param page checked by {@link #check}
     */
    public static <E> Page<E> history(
            DSLContext dsl, Access access, UUID ticketId, PageRequest page, Function<EventRow, Optional<E>> reader) {
        String scope = scope(access, ticketId, page);
        Field<Integer> number = access.eventNumber();
        Condition beyond = Cursor.decode(scope, page.cursor())
                .flatMap(EventRepository::position)
                .map(position -> page.newestFirst() ? number.lt(position) : number.gt(position))
                .orElse(noCondition());

        List<EventRow> rows = fetch(dsl, access, ticketId, beyond, page.size() + 1, page.newestFirst());
        boolean more = rows.size() > page.size();
        List<EventRow> shown = more ? rows.subList(0, page.size()) : rows;
        Optional<String> next = more
                ? Optional.of(Cursor.encode(
                        scope, Integer.toString(shown.get(shown.size() - 1).number())))
                : Optional.empty();
        return new Page<>(shown.stream().map(reader).flatMap(Optional::stream).toList(), next);
    }

    /** What the actor may see of what happened after a version, oldest first. */
    public static <E> List<E> since(
            DSLContext dsl,
            Access access,
            UUID ticketId,
            int version,
            int limit,
            Function<EventRow, Optional<E>> reader) {
        return fetch(dsl, access, ticketId, access.eventNumber().gt(version), limit, false).stream()
                .map(reader)
                .flatMap(Optional::stream)
                .toList();
    }

    /** A ticket's row of the documented view, whole history included, for whoever acts for the host. */
    public static Optional<JSONB> document(DSLContext dsl, UUID ticketId) {
        return dsl.select(jsonbObject(TICKETS.fields()))
                .from(TICKETS)
                .where(TICKETS.ID.eq(ticketId))
                .fetchOptional(row -> row.value1());
    }

    private static List<EventRow> fetch(
            DSLContext dsl, Access access, UUID ticketId, Condition beyond, int limit, boolean newestFirst) {
        Field<Integer> number = access.eventNumber();
        Table<?> event = lateral(select(
                                number.as(NUMBER),
                                TICKET_EVENT.ID,
                                TICKET_EVENT.TYPE,
                                access.eventTime().as(TIME),
                                TICKET_EVENT.CREATED_BY,
                                TICKET_EVENT.CREATED_BY_FIRST_NAME,
                                TICKET_EVENT.CREATED_BY_LAST_NAME,
                                TICKET_EVENT.ROLE,
                                TICKET_EVENT.VISIBILITY,
                                TICKET_EVENT.BODY,
                                AGENT.FIRST_NAME,
                                AGENT.LAST_NAME)
                        .from(TICKET_EVENT)
                        .leftJoin(AGENT)
                        .on(access.actor().isCustomer() ? assigned(AGENT) : falseCondition())
                        .where(TICKET_EVENT.TICKET_ID.eq(TICKET.ID))
                        .and(access.visibleEvents())
                        .and(beyond)
                        .orderBy(newestFirst ? number.desc() : number.asc())
                        .limit(limit))
                .as("event");
        Field<Integer> eventNumber = event.field(NUMBER);
        Result<? extends Record> rows = dsl.select(FOUND_TICKET)
                .select(event.fields())
                .from(access.people())
                .leftJoin(TICKET)
                .on(TICKET.ID.eq(ticketId).and(access.visibleTickets()))
                .leftJoin(event)
                .on(trueCondition())
                .where(access.acts())
                .orderBy(newestFirst ? eventNumber.desc() : eventNumber.asc())
                .fetch();
        if (rows.isEmpty()) {
            throw access.actor().unknown();
        }
        if (rows.get(0).get(FOUND_TICKET) == null) {
            throw new TicketNotFound(ticketId);
        }
        return rows.stream()
                .filter(row -> row.get(eventNumber) != null)
                .map(row -> row(row, event))
                .toList();
    }

    private static EventRow row(Record row, Table<?> event) {
        return new EventRow(
                row.get(FOUND_TICKET),
                row.get(event.field(NUMBER)),
                row.get(event.field(TICKET_EVENT.ID)),
                row.get(event.field(TICKET_EVENT.TYPE)),
                row.get(event.field(TIME)),
                row.get(event.field(TICKET_EVENT.CREATED_BY)),
                row.get(event.field(TICKET_EVENT.CREATED_BY_FIRST_NAME)),
                row.get(event.field(TICKET_EVENT.CREATED_BY_LAST_NAME)),
                row.get(event.field(TICKET_EVENT.ROLE)),
                row.get(event.field(TICKET_EVENT.VISIBILITY)),
                row.get(event.field(TICKET_EVENT.BODY)).data(),
                row.get(event.field(AGENT.FIRST_NAME)) == null
                        ? null
                        : new AgentName(row.get(event.field(AGENT.FIRST_NAME)), row.get(event.field(AGENT.LAST_NAME))));
    }

    /** Whether an event that names an agent names this one; other types may hold anything under the same name. */
    private static Condition assigned(WorkerTable worker) {
        Field<String> agentId = DSL.jsonbGetAttributeAsText(TICKET_EVENT.BODY, "agent_id");
        // No cast of what may be no UUID: one event that was changed by hand would hide the whole page.
        Field<UUID> readable = when(agentId.likeRegex(UUID_TEXT), agentId).cast(UUID.class);
        return worker.ID.eq(when(TICKET_EVENT.TYPE.in(OwnTypes.names(EventType::agentNamed)), readable));
    }

    /** Empty for what no event's number is written as. */
    private static Optional<Integer> position(String text) {
        try {
            int number = Integer.parseInt(text);
            return Optional.of(number)
                    .filter(read -> read >= 0 && Integer.toString(read).equals(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
