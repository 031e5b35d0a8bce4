package io.github.counterfoil.internal.event;

import static io.github.counterfoil.internal.database.JsonRows.selectRow;
import static io.github.counterfoil.internal.jooq.Tables.CUSTOMER;
import static io.github.counterfoil.internal.jooq.Tables.TICKET;
import static io.github.counterfoil.internal.jooq.Tables.TICKETS;
import static io.github.counterfoil.internal.jooq.Tables.TICKET_EVENT;
import static io.github.counterfoil.internal.jooq.Tables.WORKER;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.jsonbObject;
import static org.jooq.impl.DSL.key;
import static org.jooq.impl.DSL.lateral;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.when;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.TicketNotFound;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.internal.access.Access;
import io.github.counterfoil.internal.access.AgentName;
import io.github.counterfoil.internal.database.JsonRows;
import io.github.counterfoil.internal.jooq.tables.TicketEventTable;
import io.github.counterfoil.internal.jooq.tables.WorkerTable;
import io.github.counterfoil.internal.page.Cursor;
import io.github.counterfoil.internal.page.Portion;
import io.github.counterfoil.page.Page;
import io.github.counterfoil.page.PageRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.SortField;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * Reads histories. Nothing else in Counterfoil selects from {@code ticket_event}; what a desk asks for is read with its access
 * alone.
 */
public final class EventRepository {
    private static final Field<UUID> FOUND_TICKET = TICKET.ID.as("found_ticket_id");
    private static final Field<Integer> NUMBER = DSL.field(DSL.name("number"), Integer.class);
    private static final Field<Instant> TIME = DSL.field(DSL.name("time"), Instant.class);
    private static final Field<JSONB> SHOWN_BODY = DSL.field(DSL.name("shown_body"), JSONB.class);
    private static final TicketEventTable EVENT = TICKET_EVENT.as("portion");
    private static final WorkerTable AGENT = WORKER.as("agent");

    /** As PostgreSQL matches what is written as a UUID. */
    public static final String UUID_TEXT = "^[[:xdigit:]]{8}(-[[:xdigit:]]{4}){3}-[[:xdigit:]]{12}$";

    /** What an event takes beside its body. */
    public static final int HEADER_BYTES = 512;

    private static final int MAX_PORTION = (int) (Portion.MAX_BYTES / HEADER_BYTES);

    /** The number of the last event of the ticket that a query is at; 0 before the first. */
    public static final Field<Integer> LAST_EVENT = DSL.field(select(coalesce(max(TICKET_EVENT.SEQ), inline(0)))
                    .from(TICKET_EVENT)
                    .where(TICKET_EVENT.TICKET_ID.eq(TICKET.ID)))
            .as("last_event");

    /** The first events of the ticket that a query is at, as {@link #following}. */
    public static final Field<List<StoredEvent>> FIRST_EVENTS = storedEvents(0);

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
     * One page of a ticket's history as the actor may see it, no larger than a {@link Portion}: one statement.
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

        Portioned rows = fetch(dsl, access, ticketId, beyond, page.size(), page.newestFirst());
        Optional<String> next = rows.more()
                ? Optional.of(Cursor.encode(
                        scope,
                        Integer.toString(
                                rows.shown().get(rows.shown().size() - 1).number())))
                : Optional.empty();
        return new Page<>(
                rows.shown().stream().map(reader).flatMap(Optional::stream).toList(), next);
    }

    /** What the actor may see of what happened after a version, oldest first, no larger than a {@link Portion}. */
    public static <E> List<E> since(
            DSLContext dsl,
            Access access,
            UUID ticketId,
            int version,
            int limit,
            Function<EventRow, Optional<E>> reader) {
        return fetch(dsl, access, ticketId, access.eventNumber().gt(version), limit, false).shown().stream()
                .map(reader)
                .flatMap(Optional::stream)
                .toList();
    }

    /** What a ticket's document may hold. */
    public static Field<?>[] documented() {
        return TICKETS.fields();
    }

    /** A ticket's row of the documented view, for whoever acts for the host. */
    public static Optional<JSONB> document(DSLContext dsl, UUID ticketId) {
        return dsl.select(jsonbObject(TICKETS.fields()))
                .from(TICKETS)
                .where(TICKETS.ID.eq(ticketId))
                .fetchOptional(row -> row.value1());
    }

    /**
     * Events of a ticket that follow one of them, in order, for verification and for states of the past: the staff's view,
     * without the bodies on which no state depends. As many as a {@link Portion} holds.
     *
     * @param upTo the number of the last
     */
    public static List<StoredEvent> following(DSLContext dsl, UUID ticketId, int after, int upTo) {
        Field<List<StoredEvent>> events = storedEvents(after);
        return dsl
                .select(events)
                .from(TICKET)
                .where(TICKET.ID.eq(ticketId))
                .fetchOptional(events)
                .orElse(List.of())
                .stream()
                .takeWhile(event -> event.row().number() <= upTo)
                .toList();
    }

    private static Field<List<StoredEvent>> storedEvents(int after) {
        Table<?> portion = portion(
                TICKET_EVENT.SEQ.gt(after),
                when(isTelling(TICKET_EVENT), TICKET_EVENT.SIZE).otherwise(inline(0)));
        return JsonRows.field(
                "stored_events",
                selectRow(
                                EVENT.TICKET_ID,
                                EVENT.SEQ,
                                EVENT.ID,
                                EVENT.TYPE,
                                EVENT.CREATED_AT,
                                EVENT.CREATED_BY,
                                EVENT.CREATED_BY_FIRST_NAME,
                                EVENT.CREATED_BY_LAST_NAME,
                                EVENT.ROLE,
                                EVENT.VISIBILITY,
                                when(isTelling(EVENT), EVENT.BODY.cast(String.class))
                                        .otherwise(inline("{}")),
                                EVENT.PUBLIC_SEQ,
                                EVENT.PUBLIC_AT,
                                DSL.field(when(
                                                EVENT.ROLE.eq(Role.AGENT.wireName()),
                                                EVENT.CREATED_BY.in(
                                                        select(WORKER.ID).from(WORKER)))
                                        .otherwise(EVENT.CREATED_BY.in(
                                                select(CUSTOMER.ID).from(CUSTOMER)))),
                                EVENT.SIZE)
                        .from(portion)
                        .where(Portion.holds(portion, MAX_PORTION))
                        .orderBy(EVENT.SEQ),
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
                        row.flag(),
                        row.number()));
    }

    /** Whether a state depends on the body, or, of a public event without a number, it tells why there is none. */
    private static Condition isTelling(TicketEventTable event) {
        return event.TYPE
                .in(OwnTypes.names(EventType::changesTickets))
                .or(event.VISIBILITY.eq(Visibility.PUBLIC.wireName()).and(event.PUBLIC_SEQ.isNull()));
    }

    /** Events of the ticket that a query is at, as {@link #EVENT}. */
    private static Table<?> portion(Condition among, Field<Integer> bodyBytes) {
        return select(TICKET_EVENT.fields())
                .select(Portion.columns(bodyBytes.plus(HEADER_BYTES), List.of(TICKET_EVENT.SEQ.asc())))
                .from(TICKET_EVENT)
                .where(TICKET_EVENT.TICKET_ID.eq(TICKET.ID))
                .and(among)
                .orderBy(TICKET_EVENT.SEQ)
                .limit(MAX_PORTION)
                .asTable(EVENT.getName());
    }

    /**
     * Events of a ticket that follow one of them, in order, as the documented view shows them. As many as a {@link Portion}
     * holds.
     *
     * @param upTo the number of the last
     * @param notes whether as {@code internal_notes} shows them, and no others
     */
    public static List<EventDocument> documents(DSLContext dsl, UUID ticketId, int after, int upTo, boolean notes) {
        Condition among = TICKET_EVENT.SEQ.gt(after).and(TICKET_EVENT.SEQ.le(upTo));
        Table<?> portion = portion(notes ? among.and(TICKET_EVENT.TYPE.eq("note-added")) : among, TICKET_EVENT.SIZE);
        Field<JSONB> document = (notes ? noteDocument() : eventDocument()).as("event_document");
        Table<?> event = lateral(select(EVENT.SEQ, document).from(portion).where(Portion.holds(portion, MAX_PORTION)))
                .as("event");
        return dsl.select(event.field(EVENT.SEQ), event.field(document))
                .from(TICKET)
                .crossJoin(event)
                .where(TICKET.ID.eq(ticketId))
                .orderBy(event.field(EVENT.SEQ))
                .fetch(row -> new EventDocument(row.value1(), row.value2().data()));
    }

    /** A ticket's row of the documented view without what is made of its events, and the number of the last of those. */
    public static Optional<DocumentFrame> frame(DSLContext dsl, UUID ticketId) {
        Field<JSONB> frame = jsonbObject(Stream.of(TICKETS.fields())
                .filter(field -> !field.equals(TICKETS.TICKET_HISTORY) && !field.equals(TICKETS.INTERNAL_NOTES))
                .toArray(Field[]::new));
        return dsl.select(frame, LAST_EVENT)
                .from(TICKETS)
                .join(TICKET)
                .on(TICKET.ID.eq(TICKETS.ID))
                .where(TICKETS.ID.eq(ticketId))
                .fetchOptional(row -> new DocumentFrame(row.value1().data(), row.value2()));
    }

    /** What stands around the events of a ticket's document. */
    public record DocumentFrame(String json, int lastEvent) {}

    /** An event as JSON. */
    public record EventDocument(int seq, String json) {}

    private static Field<JSONB> eventDocument() {
        // What the operator || is between two of these.
        return DSL.function(
                DSL.name("pg_catalog", "jsonb_concat"),
                SQLDataType.JSONB,
                EVENT.BODY,
                jsonbObject(
                        key("id").value(EVENT.ID),
                        key("type").value(EVENT.TYPE),
                        key("created_at").value(EVENT.CREATED_AT),
                        key("created_by_uuid").value(EVENT.CREATED_BY),
                        key("created_by_first_name").value(EVENT.CREATED_BY_FIRST_NAME),
                        key("created_by_last_name").value(EVENT.CREATED_BY_LAST_NAME),
                        key("role").value(EVENT.ROLE),
                        key("visibility").value(EVENT.VISIBILITY)));
    }

    private static Field<JSONB> noteDocument() {
        return jsonbObject(
                key("id").value(EVENT.ID),
                key("content").value(DSL.jsonbGetAttribute(EVENT.BODY, "content")),
                key("created_at").value(EVENT.CREATED_AT),
                key("created_by").value(EVENT.CREATED_BY));
    }

    /**
     * The first rows of what was asked for.
     *
     * @param more whether there are others
     */
    private record Portioned(List<EventRow> shown, boolean more) {}

    private static Portioned fetch(
            DSLContext dsl, Access access, UUID ticketId, Condition beyond, int limit, boolean newestFirst) {
        Field<Integer> number = access.eventNumber();
        List<SortField<Integer>> order = List.of(newestFirst ? number.desc() : number.asc());
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
                        .select(Portion.columns(TICKET_EVENT.SIZE, order))
                        .from(TICKET_EVENT)
                        .leftJoin(AGENT)
                        .on(access.actor().isCustomer() ? assigned(AGENT) : falseCondition())
                        .where(TICKET_EVENT.TICKET_ID.eq(TICKET.ID))
                        .and(access.visibleEvents())
                        .and(beyond)
                        .orderBy(order)
                        .limit(limit + 1))
                .as("event");
        // What only tells that there is more is not sent.
        Field<JSONB> body = when(Portion.holds(event, limit), event.field(TICKET_EVENT.BODY))
                .as(SHOWN_BODY);
        Result<? extends Record> rows = dsl.select(FOUND_TICKET)
                .select(Stream.of(event.fields())
                        .filter(field -> !field.equals(event.field(TICKET_EVENT.BODY)))
                        .toList())
                .select(body)
                .from(access.people())
                .leftJoin(TICKET)
                .on(TICKET.ID.eq(ticketId).and(access.visibleTickets()))
                .leftJoin(event)
                .on(Portion.reaches(event))
                .where(access.acts())
                .orderBy(Portion.place(event))
                .fetch();
        if (rows.isEmpty()) {
            throw access.actor().unknown();
        }
        if (rows.get(0).get(FOUND_TICKET) == null) {
            throw new TicketNotFound(ticketId);
        }
        List<EventRow> shown = rows.stream()
                .filter(row -> row.get(SHOWN_BODY) != null)
                .map(row -> row(row, event))
                .toList();
        return new Portioned(shown, rows.get(rows.size() - 1).get(SHOWN_BODY) == null && !shown.isEmpty());
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
                row.get(SHOWN_BODY).data(),
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
