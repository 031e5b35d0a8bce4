package io.github.counterfoil.internal.event;

import static io.github.counterfoil.internal.jooq.Tables.PULL_CHANGES;
import static io.github.counterfoil.internal.jooq.Tables.READ_CHANGES;
import static io.github.counterfoil.internal.jooq.Tables.TICKET;
import static io.github.counterfoil.internal.jooq.Tables.TICKET_EVENT;
import static io.github.counterfoil.internal.jooq.Tables.TICKET_PURGE;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.param;
import static org.jooq.impl.DSL.select;

import io.github.counterfoil.event.Role;
import io.github.counterfoil.internal.access.Access;
import io.github.counterfoil.internal.access.AgentName;
import io.github.counterfoil.internal.database.Database;
import io.github.counterfoil.internal.database.Frame;
import io.github.counterfoil.internal.database.Row;
import io.github.counterfoil.internal.database.Rows;
import io.github.counterfoil.internal.database.Sent;
import io.github.counterfoil.internal.database.SqlText;
import io.github.counterfoil.internal.jooq.Routines;
import io.github.counterfoil.internal.jooq.tables.TicketPurgeTable;
import io.github.counterfoil.internal.json.StoredJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * Reads changes: one statement finds them, holds them for a consumer, and reads what they are of the ticket's rows. It finds those
 * alone that its own snapshot sees.
 */
public final class ChangeRepository {
    /** What stands in the place of an event's number for a purge. */
    private static final int PURGE = Integer.MAX_VALUE;

    private static final TicketPurgeTable PURGED = TICKET_PURGE.as("purged");

    private ChangeRepository() {}

    /**
     * Where a change stands.
     *
     * @param seq the event's number; 0 for the opening
     */
    public record Place(long position, UUID ticketId, int seq) {}

    /**
     * What stands at a place for one side, with all absent where that side sees nothing there.
     *
     * @param imported whether the event was
     */
    public record StoredChange<T>(
            Place place,
            @Nullable EventRow event,
            boolean imported,
            @Nullable T ticket,
            @Nullable Instant purgedAt,
            @Nullable UUID purgedBy) {}

    /**
     * What a read answered.
     *
     * @param refusal null unless it was refused
     */
    public record Answer<T>(@Nullable String refusal, List<StoredChange<T>> changes) {}

    /**
     * The columns of a ticket that a side is told of with each change.
     *
     * @param columns of the ticket that a query is at
     * @param reader reads these columns
     */
    public record TicketPart<T>(Supplier<List<Field<?>>> columns, Function<Row, T> reader) {}

    /** @param values for the parameters of {@code read_changes}, by their names without the prefix: asked for at each try */
    public static <T> Answer<T> read(
            Database database, Access access, TicketPart<T> part, UUID id, Supplier<Map<String, Object>> values) {
        SqlText sql = database.text(
                new ReadText(access.actor().role()),
                () -> query(
                        access,
                        part,
                        READ_CHANGES(
                                param("consumer", SQLDataType.CLOB),
                                param("customers", SQLDataType.BOOLEAN),
                                param("token", SQLDataType.UUID),
                                param("lost", SQLDataType.UUID),
                                param("most", SQLDataType.INTEGER),
                                param("hold", SQLDataType.INTEGER),
                                Routines.changeHorizon(),
                                param("patience", SQLDataType.INTEGER),
                                param("durable", SQLDataType.BOOLEAN))));
        return database.namedCommand(
                id, sql, frame -> values(access, values.get(), frame), rows -> answer(rows, access, part));
    }

    private static Map<String, Object> values(Access access, Map<String, Object> own, Frame frame) {
        Map<String, Object> values = access.values();
        values.putAll(own);
        values.put("patience", frame.patience());
        values.put("durable", frame.durable());
        return values;
    }

    /** @param values for the parameters of {@code pull_changes}, by their names without the prefix */
    public static <T> Answer<T> pull(Database database, Access access, TicketPart<T> part, Map<String, Object> values) {
        SqlText sql = database.text(
                new PullText(access.actor().role()),
                () -> query(
                        access,
                        part,
                        PULL_CHANGES(
                                param("from", SQLDataType.CLOB),
                                param("at", SQLDataType.INSTANT),
                                param("position", SQLDataType.BIGINT),
                                param("ticket", SQLDataType.UUID),
                                param("seq", SQLDataType.INTEGER),
                                param("most", SQLDataType.INTEGER),
                                Routines.changeHorizon())));
        Map<String, Object> all = access.values();
        all.putAll(values);
        return database.reads(reads -> reads.read(sql, all, rows -> answer(rows, access, part)));
    }

    private record ReadText(Role side) {}

    private record PullText(Role side) {}

    private static Query query(Access access, TicketPart<?> part, Table<?> keys) {
        Table<?> key = keys.as("key");
        Field<Long> position = key.field("position", Long.class);
        Field<UUID> ticketId = key.field("ticket_id", UUID.class);
        Field<Integer> seq = key.field("seq", Integer.class);
        List<Field<?>> columns = new ArrayList<>();
        columns.add(key.field("refusal", String.class));
        columns.add(position);
        columns.add(ticketId);
        columns.add(seq);
        columns.add(TICKET_EVENT.BODY.cast(String.class));
        columns.addAll(EventRepository.header(TICKET_EVENT, access.eventNumber(), access.eventTime()));
        columns.add(DSL.field(TICKET_EVENT.COMMAND.isNull()));
        columns.add(HistoryRepository.AGENT.FIRST_NAME);
        columns.add(HistoryRepository.AGENT.LAST_NAME);
        columns.add(PURGED.CREATED_AT);
        columns.add(PURGED.CREATED_BY);
        columns.add(TICKET.ID);
        columns.addAll(part.columns().get());
        Condition agentNamed =
                access.actor().isCustomer() ? HistoryRepository.assigned(TICKET_EVENT) : DSL.falseCondition();
        return select(Sent.all(columns))
                .from(key)
                .leftJoin(TICKET_EVENT)
                .on(TICKET_EVENT.TICKET_ID.eq(ticketId))
                .and(TICKET_EVENT.SEQ.eq(seq))
                .and(access.visibleEvents())
                .leftJoin(HistoryRepository.AGENT)
                .on(agentNamed)
                .leftJoin(PURGED)
                .on(PURGED.ID.eq(ticketId))
                .and(seq.eq(inline(PURGE)))
                .leftJoin(TICKET)
                .on(TICKET.ID.eq(ticketId))
                .orderBy(position, ticketId, seq);
    }

    private static <T> Answer<T> answer(Rows rows, Access access, TicketPart<T> part) {
        List<StoredChange<T>> changes = new ArrayList<>();
        while (rows.next()) {
            String refusal = rows.optionalText();
            if (refusal != null) {
                return new Answer<>(refusal, List.of());
            }
            changes.add(change(rows, access, part));
        }
        StoredJson.parse(changes.stream()
                .filter(change -> change.event() != null)
                .map(change -> change.event().body())
                .toList());
        return new Answer<>(null, changes);
    }

    private static <T> StoredChange<T> change(Rows rows, Access access, TicketPart<T> part) {
        Place place = new Place(rows.largeNumber(), rows.id(), rows.number());
        EventRow event = null;
        boolean imported = false;
        if (rows.isNull()) {
            rows.skip(1 + EventRepository.HEADER_COLUMNS + 1);
        } else {
            event = EventRepository.event(rows, place.ticketId(), rows.json());
            imported = rows.flag();
        }
        if (event != null && access.actor().isCustomer() && !rows.isNull()) {
            event = event.naming(new AgentName(rows.text(), rows.text()));
        } else {
            rows.skip(2);
        }
        Instant purgedAt = rows.optionalTime();
        UUID purgedBy = rows.optionalId();
        T ticket = rows.optionalId() == null ? null : part.reader().apply(rows);
        return new StoredChange<>(place, event, imported, ticket, purgedAt, purgedBy);
    }
}
