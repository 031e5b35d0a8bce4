package io.github.counterfoil.internal.event;

import static io.github.counterfoil.internal.jooq.Tables.TICKET;
import static io.github.counterfoil.internal.jooq.Tables.TICKET_EVENT;
import static io.github.counterfoil.internal.jooq.Tables.WORKER;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.lateral;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.when;

import io.github.counterfoil.desk.TicketWithHistory;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.TicketNotFound;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.internal.access.Access;
import io.github.counterfoil.internal.access.AgentName;
import io.github.counterfoil.internal.database.Database;
import io.github.counterfoil.internal.database.JsonRows;
import io.github.counterfoil.internal.database.Row;
import io.github.counterfoil.internal.database.Rows;
import io.github.counterfoil.internal.database.Sent;
import io.github.counterfoil.internal.database.SqlText;
import io.github.counterfoil.internal.database.UuidText;
import io.github.counterfoil.internal.jooq.tables.WorkerTable;
import io.github.counterfoil.internal.json.StoredJson;
import io.github.counterfoil.internal.page.Cursor;
import io.github.counterfoil.internal.page.Portion;
import io.github.counterfoil.internal.validation.Faults;
import io.github.counterfoil.page.Page;
import io.github.counterfoil.page.PageRequest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.SelectFieldOrAsterisk;
import org.jooq.SortField;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Reads histories as desks show them, with the actor's access alone, no larger than a {@link Portion}: one statement each, and
 * one that asks for the actor where no ticket was found.
 */
public final class HistoryRepository {
    private static final Field<Integer> NUMBER = DSL.field(DSL.name("number"), Integer.class);
    private static final Field<Instant> TIME = DSL.field(DSL.name("time"), Instant.class);
    private static final int MAX_WRITTEN = 1_000;
    /** Whom an event names that customers see. */
    static final WorkerTable AGENT = WORKER.as("agent");

    private static final Supplier<List<Field<?>>> NO_TICKET = List::of;

    private HistoryRepository() {}

    /** @throws InvalidInput for what {@link #history} cannot answer */
    public static void check(Access access, UUID ticketId, PageRequest page) {
        Cursor.check(
                page,
                asked -> scope(access, ticketId, asked),
                text -> position(text).isPresent(),
                new Faults());
    }

    private static String scope(Access access, UUID ticketId, PageRequest page) {
        return "history " + access.actor() + ticketId + page.newestFirst();
    }

    /**
     * One page of a ticket's history as the actor may see it.
     *
     * @param page checked by {@link #check}
     */
    public static <E> Page<E> history(
            Database database, Access access, UUID ticketId, PageRequest page, Function<EventRow, Optional<E>> reader) {
        return readPage(database, access, ticketId, page, NO_TICKET, (found, next) -> page(found, next, reader));
    }

    /**
     * The same beside the ticket.
     *
     * @param columns of the ticket that a query is at
     * @param ticketReader reads these columns
     */
    public static <T, E> TicketWithHistory<T, E> withTicket(
            Database database,
            Access access,
            UUID ticketId,
            PageRequest page,
            Supplier<List<Field<?>>> columns,
            Function<Row, T> ticketReader,
            Function<EventRow, Optional<E>> reader) {
        return readPage(
                database,
                access,
                ticketId,
                page,
                columns,
                (found, next) -> new TicketWithHistory<>(
                        ticketReader.apply(JsonRows.row(found.ticket())), page(found, next, reader)));
    }

    private static <R> R readPage(
            Database database,
            Access access,
            UUID ticketId,
            PageRequest page,
            Supplier<List<Field<?>>> columns,
            BiFunction<Portioned, Optional<String>, R> reader) {
        String scope = scope(access, ticketId, page);
        Optional<Integer> position = Cursor.decode(scope, page.cursor()).flatMap(HistoryRepository::position);
        HistoryText text =
                new HistoryText(access.actor().role(), columns != NO_TICKET, page.newestFirst(), position.isPresent());
        return read(database, access, ticketId, text, columns, position.orElse(0), page.size(), found -> {
            Optional<String> next = found.more()
                    ? Optional.of(Cursor.encode(scope, Integer.toString(found.lastNumber())))
                    : Optional.empty();
            return reader.apply(found, next);
        });
    }

    private static <E> Page<E> page(Portioned found, Optional<String> next, Function<EventRow, Optional<E>> reader) {
        return new Page<>(events(found, reader), next);
    }

    /** What the actor may see of what happened after a version, oldest first. */
    public static <E> List<E> since(
            Database database,
            Access access,
            UUID ticketId,
            int version,
            int limit,
            Function<EventRow, Optional<E>> reader) {
        HistoryText text = new HistoryText(access.actor().role(), false, false, true);
        return read(database, access, ticketId, text, NO_TICKET, version, limit, found -> events(found, reader));
    }

    private static <E> List<E> events(Portioned found, Function<EventRow, Optional<E>> reader) {
        StoredJson.parse(found.shown().stream().map(EventRow::body).toList());
        List<E> events = new ArrayList<>(found.shown().size());
        for (EventRow row : found.shown()) {
            reader.apply(row).ifPresent(events::add);
        }
        return events;
    }

    /**
     * The first rows of what was asked for.
     *
     * @param ticket its columns as a JSON array
     * @param more whether there are other rows
     */
    private record Portioned(String ticket, List<EventRow> shown, boolean more) {
        int lastNumber() {
            return shown.get(shown.size() - 1).number();
        }
    }

    private static <R> R read(
            Database database,
            Access access,
            UUID ticketId,
            HistoryText text,
            Supplier<List<Field<?>>> columns,
            int position,
            int size,
            Function<Portioned, R> reader) {
        Map<String, Object> values = access.values();
        values.put("ticket", ticketId);
        values.put("position", position);
        values.put("size", size);
        SqlText sql = database.text(text, () -> text.query(access, columns.get()));
        return database.reads(reads -> {
            Optional<Portioned> found = reads.read(sql, values, rows -> portioned(rows, ticketId, access));
            if (found.isEmpty()) {
                access.requireActor(database, reads);
                throw new TicketNotFound(ticketId);
            }
            return reader.apply(found.get());
        });
    }

    /**
     * What a customer wrote in tickets that are not theirs, in the order of its times: no larger than a {@link Portion}.
     *
     * @param after the last one before; null for the first
     */
    public static List<EventRow> writtenElsewhere(Database database, Access access, @Nullable EventRow after) {
        SqlText sql = database.text(new WrittenText(after == null), () -> written(access, after == null));
        Map<String, Object> values = access.values();
        if (after != null) {
            values.put("last_time", after.createdAt().atOffset(ZoneOffset.UTC));
            values.put("last_ticket", after.ticketId());
            values.put("position", after.number());
        }
        return database.reads(reads -> reads.read(sql, values, rows -> {
            List<EventRow> written = new ArrayList<>();
            while (rows.next()) {
                UUID ticketId = rows.id();
                StoredJson body = rows.json();
                written.add(EventRepository.event(rows, ticketId, body));
            }
            return written;
        }));
    }

    private record WrittenText(boolean first) {}

    private static Query written(Access access, boolean first) {
        List<SortField<?>> order = List.of(
                access.eventTime().asc(),
                TICKET_EVENT.TICKET_ID.asc(),
                access.eventNumber().asc());
        Condition following = first
                ? noCondition()
                : DSL.row(access.eventTime(), TICKET_EVENT.TICKET_ID, access.eventNumber())
                        .gt(
                                DSL.param("last_time", access.eventTime()),
                                DSL.param("last_ticket", UUID.class),
                                DSL.param("position", Integer.class));
        Table<?> event = select(TICKET_EVENT.fields())
                .select(access.eventNumber().as(NUMBER), access.eventTime().as(TIME))
                .select(Portion.columns(TICKET_EVENT.SIZE.plus(inline(EventRepository.HEADER_BYTES)), order))
                .from(TICKET_EVENT)
                .join(TICKET)
                .on(TICKET.ID.eq(TICKET_EVENT.TICKET_ID))
                .where(access.writtenEvents())
                .and(access.visibleEvents())
                .and(DSL.not(access.ownTickets()))
                .and(following)
                .orderBy(order)
                .limit(inline(MAX_WRITTEN))
                .asTable("event");
        List<Field<?>> columns = new ArrayList<>();
        columns.add(event.field(TICKET_EVENT.TICKET_ID));
        columns.add(event.field(TICKET_EVENT.BODY).cast(String.class));
        columns.addAll(EventRepository.header(event, event.field(NUMBER), event.field(TIME)));
        return select(Sent.all(columns))
                .from(event)
                .where(Portion.holds(event, inline(MAX_WRITTEN)))
                .orderBy(Portion.place(event));
    }

    private static Optional<Portioned> portioned(Rows rows, UUID ticketId, Access access) {
        if (!rows.next()) {
            return Optional.empty();
        }
        String ticket = rows.text();
        List<EventRow> shown = new ArrayList<>();
        while (!rows.isNull()) {
            shown.add(event(rows, ticketId, access.actor().isCustomer()));
            if (!rows.next()) {
                return Optional.of(new Portioned(ticket, shown, false));
            }
            rows.skip(1);
        }
        return Optional.of(new Portioned(ticket, shown, !shown.isEmpty()));
    }

    private static EventRow event(Rows row, UUID ticketId, boolean agentNamed) {
        EventRow event = EventRepository.event(row, ticketId, row.json());
        return agentNamed && !row.isNull() ? event.naming(new AgentName(row.text(), row.text())) : event;
    }

    /**
     * What the text of a history depends on.
     *
     * @param withTicket whether the ticket comes along, in the first row
     * @param further whether it begins at a position
     */
    private record HistoryText(Role side, boolean withTicket, boolean newestFirst, boolean further) {

        Query query(Access access, List<Field<?>> columns) {
            Field<Integer> size = DSL.param("size", Integer.class);
            List<SortField<Integer>> order = List.of(
                    newestFirst
                            ? access.eventNumber().desc()
                            : access.eventNumber().asc());
            Table<?> event = lateral(select(
                                    access.eventNumber().as(NUMBER),
                                    TICKET_EVENT.ID,
                                    TICKET_EVENT.TYPE,
                                    access.eventTime().as(TIME),
                                    TICKET_EVENT.CREATED_BY,
                                    TICKET_EVENT.CREATED_BY_FIRST_NAME,
                                    TICKET_EVENT.CREATED_BY_LAST_NAME,
                                    TICKET_EVENT.ROLE,
                                    TICKET_EVENT.VISIBILITY,
                                    TICKET_EVENT.BODY)
                            .select(Portion.columns(TICKET_EVENT.SIZE, order))
                            .from(TICKET_EVENT)
                            .where(TICKET_EVENT.TICKET_ID.eq(TICKET.ID))
                            .and(access.visibleEvents())
                            .and(further ? beyond(access.eventNumber()) : noCondition())
                            .orderBy(order)
                            .limit(size.plus(inline(1))))
                    .as("event");
            return select(shown(access, columns, event, size))
                    .from(TICKET)
                    .join(access.people())
                    .on(access.acts())
                    .leftJoin(event)
                    .on(Portion.reaches(event))
                    .leftJoin(AGENT)
                    .on(access.actor().isCustomer() ? assigned(event) : DSL.falseCondition())
                    .where(TICKET.ID.eq(DSL.param("ticket", UUID.class)))
                    .and(access.visibleTickets())
                    .orderBy(Portion.place(event));
        }

        private Condition beyond(Field<Integer> number) {
            Field<Integer> position = DSL.param("position", Integer.class);
            return newestFirst ? number.lt(position) : number.gt(position);
        }
    }

    private static List<SelectFieldOrAsterisk> shown(
            Access access, List<Field<?>> columns, Table<?> event, Field<Integer> size) {
        List<SelectFieldOrAsterisk> shown = new ArrayList<>();
        // Once for the page.
        shown.add(when(Portion.place(event).isNull().or(Portion.place(event).eq(inline(1))), JsonRows.array(columns)));
        // What only tells that there is more is not sent.
        shown.add(
                when(Portion.holds(event, size), event.field(TICKET_EVENT.BODY).cast(String.class)));
        shown.addAll(Sent.all(EventRepository.header(event, event.field(NUMBER), event.field(TIME))));
        if (access.actor().isCustomer()) {
            shown.add(AGENT.FIRST_NAME);
            shown.add(AGENT.LAST_NAME);
        }
        return shown;
    }

    /** Whether an event that names an agent names this one; other types may hold anything under the same name. */
    static Condition assigned(Table<?> event) {
        Field<String> agentId = DSL.jsonbGetAttributeAsText(event.field(TICKET_EVENT.BODY), inline("agent_id"));
        return AGENT.ID.eq(when(event.field(TICKET_EVENT.TYPE).in(agentTypes()), UuidText.read(agentId)));
    }

    private static List<? extends Field<String>> agentTypes() {
        return OwnTypes.names(EventType::agentNamed).stream().map(DSL::inline).toList();
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
