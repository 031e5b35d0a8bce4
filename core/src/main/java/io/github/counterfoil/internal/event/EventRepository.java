package io.github.counterfoil.internal.event;

import static io.github.counterfoil.internal.database.JsonRows.selectRow;
import static io.github.counterfoil.internal.jooq.Tables.CUSTOMER;
import static io.github.counterfoil.internal.jooq.Tables.TICKET;
import static io.github.counterfoil.internal.jooq.Tables.TICKETS;
import static io.github.counterfoil.internal.jooq.Tables.TICKET_EVENT;
import static io.github.counterfoil.internal.jooq.Tables.TICKET_FACT;
import static io.github.counterfoil.internal.jooq.Tables.WORKER;
import static org.jooq.impl.DSL.boolAnd;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.jsonbObject;
import static org.jooq.impl.DSL.key;
import static org.jooq.impl.DSL.lateral;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.when;

import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.internal.database.DocumentJson;
import io.github.counterfoil.internal.database.JsonRows;
import io.github.counterfoil.internal.database.Row;
import io.github.counterfoil.internal.jooq.tables.TicketEventTable;
import io.github.counterfoil.internal.json.StoredJson;
import io.github.counterfoil.internal.page.Portion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.SortField;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * Reads events as they are stored, for verification, states of the past and documents: the staff's view. What a desk shows is
 * {@link HistoryRepository}'s; nothing else in Counterfoil selects from {@code ticket_event}.
 */
public final class EventRepository {
    private static final TicketEventTable EVENT = TICKET_EVENT.as("portion");

    /** What an event takes beside its body. */
    public static final int HEADER_BYTES = 512;

    private static final int MAX_PORTION = (int) (Portion.MAX_BYTES / HEADER_BYTES);

    /** The number of the last event of the ticket that a query is at; 0 before the first. */
    public static final Field<Integer> LAST_EVENT = DSL.field(select(coalesce(max(TICKET_EVENT.SEQ), inline(0)))
                    .from(TICKET_EVENT)
                    .where(TICKET_EVENT.TICKET_ID.eq(TICKET.ID)))
            .as("last_event");

    /** The first events of the ticket that a query is at, as {@link #following}. */
    public static final Field<List<StoredEvent>> FIRST_EVENTS = storedEvents(0, false);

    /** The same for verification. */
    public static final Field<List<StoredEvent>> FIRST_EVENTS_JUDGED = storedEvents(0, true);

    /** The number of the first message that customers see of a worker who is no system actor, of the ticket that a query is at. */
    public static final Field<Integer> FIRST_RESPONSE = DSL.field(select(min(TICKET_EVENT.SEQ))
                    .from(TICKET_EVENT)
                    .join(WORKER)
                    .on(WORKER.ID.eq(TICKET_EVENT.CREATED_BY))
                    .and(WORKER.SYSTEM.eq(inline(false)))
                    .where(TICKET_EVENT.TICKET_ID.eq(TICKET.ID))
                    .and(TICKET_EVENT.TYPE.eq(inline("message")))
                    .and(TICKET_EVENT.ROLE.eq(inline(Role.AGENT.wireName())))
                    .and(TICKET_EVENT.PUBLIC_SEQ.isNotNull()))
            .as("first_response");

    /** Whether figures know the first response that the ticket names, and no other. */
    public static final Field<Boolean> RESPONSE_FITS = coalesce(
                    DSL.field(select(boolAnd(TICKET_FACT
                                    .SEQ
                                    .isNotDistinctFrom(TICKET.FIRST_RESPONSE_SEQ)
                                    .and(TICKET_FACT.AT.isNotDistinctFrom(TICKET.FIRST_RESPONSE_AT))
                                    .and(TICKET_FACT.OPENED_AT.eq(TICKET.CREATED_AT))
                                    .and(TICKET_FACT.WORKER_ID.isNotDistinctFrom(EVENT.CREATED_BY))))
                            .from(TICKET_FACT)
                            .leftJoin(EVENT)
                            .on(EVENT.TICKET_ID.eq(TICKET_FACT.TICKET_ID))
                            .and(EVENT.SEQ.eq(TICKET_FACT.SEQ))
                            .where(TICKET_FACT.TICKET_ID.eq(TICKET.ID))
                            .and(TICKET_FACT.KIND.eq(inline("responded")))),
                    DSL.field(TICKET.FIRST_RESPONSE_SEQ.isNull()))
            .as("response_fits");

    private EventRepository() {}

    /** A ticket's number in its document, beside the documented columns: named so that no other system's is taken for it. */
    public static final String NUMBER = "counterfoil_number";

    /** Its references, likewise; a document of a ticket that has none has no such member. */
    public static final String REFERENCES = "counterfoil_references";

    private static Field<JSONB> document(Stream<Field<?>> columns) {
        return concatenated(
                concatenated(
                        DocumentJson.object(columns.toArray(Field[]::new)),
                        jsonbObject(key(NUMBER).value(TICKET.NUMBER))),
                ReferenceRepository.document(REFERENCES));
    }

    /** What the operator || is between two of these. */
    private static Field<JSONB> concatenated(Field<JSONB> first, Field<JSONB> second) {
        return DSL.function(DSL.name("pg_catalog", "jsonb_concat"), SQLDataType.JSONB, first, second);
    }

    /** What a ticket's document may hold. */
    public static Set<String> documented() {
        return Stream.concat(Stream.of(TICKETS.fields()).map(Field::getName), Stream.of(NUMBER, REFERENCES))
                .collect(Collectors.toSet());
    }

    /** A ticket's row of the documented view, for whoever acts for the host. */
    public static Optional<JSONB> document(DSLContext dsl, UUID ticketId) {
        return dsl.select(document(Stream.of(TICKETS.fields())))
                .from(TICKETS)
                .join(TICKET)
                .on(TICKET.ID.eq(TICKETS.ID))
                .where(TICKETS.ID.eq(ticketId))
                .fetchOptional(row -> row.value1());
    }

    /**
     * Events of a ticket that follow one of them, in order, for verification and for states of the past: the staff's view,
     * without the bodies on which no state depends. As many as a {@link Portion} holds.
     *
     * @param upTo the number of the last
     * @param judged whether each is looked at for what no event has, which reads all bodies in the database
     */
    public static List<StoredEvent> following(DSLContext dsl, UUID ticketId, int after, int upTo, boolean judged) {
        Field<List<StoredEvent>> events = storedEvents(after, judged);
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

    private static Field<List<StoredEvent>> storedEvents(int after, boolean judged) {
        Table<?> portion = portion(
                TICKET_EVENT.SEQ.gt(after),
                when(isTelling(TICKET_EVENT), TICKET_EVENT.SIZE).otherwise(inline(0)));
        List<Field<?>> columns = new ArrayList<>();
        columns.add(EVENT.TICKET_ID);
        columns.add(when(isTelling(EVENT), EVENT.BODY.cast(String.class)).otherwise(inline("{}")));
        columns.addAll(header(EVENT, EVENT.SEQ, EVENT.CREATED_AT));
        columns.add(EVENT.PUBLIC_SEQ);
        columns.add(EVENT.PUBLIC_AT);
        columns.add(coalesce(
                DSL.field(select(inline(true))
                        .from(WORKER)
                        .where(WORKER.ID.eq(EVENT.CREATED_BY))
                        .and(EVENT.ROLE.eq(Role.AGENT.wireName()))),
                DSL.field(select(inline(true))
                        .from(CUSTOMER)
                        .where(CUSTOMER.ID.eq(EVENT.CREATED_BY))
                        .and(EVENT.ROLE.ne(Role.AGENT.wireName()))),
                inline(false)));
        columns.add(EVENT.SIZE);
        columns.add(EVENT.POSITION);
        columns.add(judged ? unfit() : inline((String) null));
        return JsonRows.field(
                "stored_events",
                selectRow(columns)
                        .from(portion)
                        .where(Portion.holds(portion, inline(MAX_PORTION)))
                        .orderBy(EVENT.SEQ),
                EventRepository::storedEvent);
    }

    /**
     * What is selected of an event beside its body, for {@link #event}.
     *
     * @param event has the columns of {@code ticket_event}, or those of a function that answers events
     * @param number the event's number on the side of who reads
     * @param time its time on that side
     */
    public static List<Field<?>> header(Table<?> event, Field<Integer> number, Field<Instant> time) {
        return List.of(
                number,
                event.field(TICKET_EVENT.ID),
                event.field(TICKET_EVENT.TYPE),
                time,
                event.field(TICKET_EVENT.CREATED_BY),
                event.field(TICKET_EVENT.CREATED_BY_FIRST_NAME),
                event.field(TICKET_EVENT.CREATED_BY_LAST_NAME),
                DSL.field(event.field(TICKET_EVENT.ROLE).eq(inline(Role.AGENT.wireName()))),
                DSL.field(event.field(TICKET_EVENT.VISIBILITY).eq(inline(Visibility.PUBLIC.wireName()))));
    }

    /** How many {@link #header} selects. */
    static final int HEADER_COLUMNS = 9;

    /** The event whose {@link #header} is what a row has next. */
    public static EventRow event(Row row, UUID ticketId, StoredJson body) {
        return new EventRow(
                ticketId,
                row.number(),
                row.id(),
                row.word(),
                row.time(),
                row.id(),
                row.word(),
                row.word(),
                row.flag() ? Role.AGENT : Role.CUSTOMER,
                row.flag() ? Visibility.PUBLIC : Visibility.PRIVATE,
                body,
                null);
    }

    private static StoredEvent storedEvent(Row row) {
        UUID ticketId = row.id();
        StoredJson body = row.json();
        return new StoredEvent(
                event(row, ticketId, body),
                row.optionalNumber(),
                row.optionalTime(),
                row.flag(),
                row.number(),
                row.largeNumber(),
                row.optionalText());
    }

    /** What the functions that write events see to, so that no constraint has to look at each row again. */
    private static Field<String> unfit() {
        Condition isPublic = EVENT.VISIBILITY.eq(inline(Visibility.PUBLIC.wireName()));
        Field<String> bodyType = DSL.function(DSL.name("pg_catalog", "jsonb_typeof"), SQLDataType.VARCHAR, EVENT.BODY);
        return coalesce(
                unless(EVENT.ROLE.in(inlined(Role.values(), Role::wireName)), EVENT.ROLE),
                unless(EVENT.VISIBILITY.in(inlined(Visibility.values(), Visibility::wireName)), EVENT.VISIBILITY),
                unless(EVENT.TYPE.ne(inline("note-added")).or(isPublic.not()), EVENT.VISIBILITY),
                unless(EVENT.PUBLIC_SEQ.isNull().or(isPublic), EVENT.PUBLIC_SEQ),
                unless(EVENT.PUBLIC_SEQ.isNull().or(EVENT.PUBLIC_AT.isNotNull()), EVENT.PUBLIC_AT),
                unless(EVENT.PUBLIC_AT.isNull().or(EVENT.PUBLIC_SEQ.isNotNull()), EVENT.PUBLIC_AT),
                unless(EVENT.PUBLIC_AT.isNull().or(EVENT.PUBLIC_AT.le(EVENT.CREATED_AT)), EVENT.PUBLIC_AT),
                unless(bodyType.eq(inline("object")), EVENT.BODY),
                unless(EVENT.SIZE.eq(DSL.octetLength(EVENT.BODY.cast(String.class))), EVENT.SIZE));
    }

    private static Field<String> unless(Condition rule, Field<?> column) {
        return when(rule.not(), inline(column.getName()));
    }

    private static <T> List<Field<String>> inlined(T[] values, Function<T, String> name) {
        return Stream.of(values)
                .<Field<String>>map(value -> inline(name.apply(value)))
                .toList();
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
        Table<?> event = lateral(
                        select(EVENT.SEQ, document).from(portion).where(Portion.holds(portion, inline(MAX_PORTION))))
                .as("event");
        return dsl.select(event.field(EVENT.SEQ), event.field(document))
                .from(TICKET)
                .crossJoin(event)
                .where(TICKET.ID.eq(ticketId))
                .orderBy(event.field(EVENT.SEQ))
                .fetch(row -> new EventDocument(row.value1(), row.value2().data()));
    }

    /**
     * Events that a worker wrote, as the documented view shows them and each with its ticket, in the order of their times, for
     * whoever acts for the host. As many as a {@link Portion} holds.
     *
     * @param after the last one before them; null for the first
     */
    public static List<WrittenEvent> written(DSLContext dsl, UUID workerId, @Nullable WrittenEvent after) {
        Condition following = after == null
                ? DSL.noCondition()
                : DSL.row(TICKET_EVENT.CREATED_AT, TICKET_EVENT.TICKET_ID, TICKET_EVENT.SEQ)
                        .gt(after.at(), after.ticketId(), after.seq());
        List<SortField<?>> order =
                List.of(TICKET_EVENT.CREATED_AT.asc(), TICKET_EVENT.TICKET_ID.asc(), TICKET_EVENT.SEQ.asc());
        Table<?> portion = select(TICKET_EVENT.fields())
                .select(Portion.columns(TICKET_EVENT.SIZE.plus(HEADER_BYTES), order))
                .from(TICKET_EVENT)
                .where(TICKET_EVENT.CREATED_BY.eq(workerId))
                .and(TICKET_EVENT.ROLE.eq(Role.AGENT.wireName()))
                .and(following)
                .orderBy(order)
                .limit(MAX_PORTION)
                .asTable(EVENT.getName());
        Field<JSONB> document =
                concatenated(eventDocument(), jsonbObject(key("ticket_id").value(EVENT.TICKET_ID)));
        return dsl.select(EVENT.CREATED_AT, EVENT.TICKET_ID, EVENT.SEQ, document)
                .from(portion)
                .where(Portion.holds(portion, inline(MAX_PORTION)))
                .orderBy(EVENT.CREATED_AT, EVENT.TICKET_ID, EVENT.SEQ)
                .fetch(row -> new WrittenEvent(
                        row.value1(), row.value2(), row.value3(), row.value4().data()));
    }

    /** An event as JSON, and its place among its author's. */
    public record WrittenEvent(Instant at, UUID ticketId, int seq, String json) {}

    /** A ticket's row of the documented view without what is made of its events, and the number of the last of those. */
    public static Optional<DocumentFrame> frame(DSLContext dsl, UUID ticketId) {
        Field<JSONB> frame = document(Stream.of(TICKETS.fields())
                .filter(field -> !field.equals(TICKETS.TICKET_HISTORY) && !field.equals(TICKETS.INTERNAL_NOTES)));
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
        return concatenated(
                EVENT.BODY,
                jsonbObject(
                        key("id").value(EVENT.ID),
                        key("type").value(EVENT.TYPE),
                        key("created_at").value(DocumentJson.moment(EVENT.CREATED_AT)),
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
                key("created_at").value(DocumentJson.moment(EVENT.CREATED_AT)),
                key("created_by").value(EVENT.CREATED_BY));
    }
}
