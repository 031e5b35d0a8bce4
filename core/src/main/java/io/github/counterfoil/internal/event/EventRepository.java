package io.github.counterfoil.internal.event;

import static io.github.counterfoil.internal.jooq.Tables.TICKET;
import static io.github.counterfoil.internal.jooq.Tables.TICKET_EVENT;
import static io.github.counterfoil.internal.jooq.Tables.WORKER;
import static org.jooq.impl.DSL.lateral;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.noField;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.trueCondition;
import static org.jooq.impl.DSL.when;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.NotAllowed;
import io.github.counterfoil.error.TicketNotFound;
import io.github.counterfoil.internal.access.Access;
import io.github.counterfoil.internal.page.Cursor;
import io.github.counterfoil.page.Page;
import io.github.counterfoil.page.PageRequest;
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

/** Reads histories. Nothing else in Counterfoil selects from {@code ticket_event}, and nothing here without the access. */
public final class EventRepository {

    private EventRepository() {}

    /** One page of a ticket's history as the actor may see it: one statement. */
    public static <E> Page<E> history(
            DSLContext dsl, Access access, UUID ticketId, PageRequest page, Function<EventRow, E> reader) {
        Cursor.checkSize(page);
        String scope = "history " + access.actor() + ticketId + page.newestFirst();
        Field<Integer> number = access.eventNumber();
        Condition beyond = Cursor.decode(scope, page.cursor())
                .map(EventRepository::position)
                .map(position -> page.newestFirst() ? number.lt(position) : number.gt(position))
                .orElse(noCondition());

        List<EventRow> rows = fetch(dsl, access, ticketId, beyond, page.size() + 1, page.newestFirst());
        boolean more = rows.size() > page.size();
        List<EventRow> shown = more ? rows.subList(0, page.size()) : rows;
        Optional<String> next = more
                ? Optional.of(Cursor.encode(
                        scope, Integer.toString(shown.get(shown.size() - 1).number())))
                : Optional.empty();
        return new Page<>(shown.stream().map(reader).toList(), next);
    }

    /** What the actor may see of what happened after a version, oldest first. */
    public static <E> List<E> since(
            DSLContext dsl, Access access, UUID ticketId, int version, int limit, Function<EventRow, E> reader) {
        return fetch(dsl, access, ticketId, access.eventNumber().gt(version), limit, false).stream()
                .map(reader)
                .toList();
    }

    private static List<EventRow> fetch(
            DSLContext dsl, Access access, UUID ticketId, Condition beyond, int limit, boolean newestFirst) {
        Field<Integer> number = access.eventNumber();
        Field<String> agentName = access.actor().isCustomer() ? agentName() : noField(String.class);
        Table<?> event = lateral(select(
                                number.as("number"),
                                TICKET_EVENT.ID,
                                TICKET_EVENT.TYPE,
                                TICKET_EVENT.CREATED_AT,
                                TICKET_EVENT.CREATED_BY,
                                TICKET_EVENT.CREATED_BY_FIRST_NAME,
                                TICKET_EVENT.CREATED_BY_LAST_NAME,
                                TICKET_EVENT.ROLE,
                                TICKET_EVENT.VISIBILITY,
                                TICKET_EVENT.BODY,
                                agentName.as("agent_name"))
                        .from(TICKET_EVENT)
                        .where(TICKET_EVENT.TICKET_ID.eq(TICKET.ID))
                        .and(access.visibleEvents())
                        .and(beyond)
                        .orderBy(newestFirst ? number.desc() : number.asc())
                        .limit(limit))
                .as("event");
        Field<Integer> eventNumber = event.field("number", Integer.class);
        Result<? extends Record> rows = dsl.select(TICKET.ID)
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
            throw new NotAllowed("actor.unknown", "not an active " + access.actor());
        }
        if (rows.get(0).get(TICKET.ID) == null) {
            throw new TicketNotFound(ticketId);
        }
        return rows.stream()
                .filter(row -> row.get("number") != null)
                .map(EventRepository::row)
                .toList();
    }

    private static EventRow row(Record row) {
        return new EventRow(
                row.get(TICKET.ID),
                row.get("number", Integer.class),
                row.get(TICKET_EVENT.ID.getName(), UUID.class),
                row.get(TICKET_EVENT.TYPE.getName(), String.class),
                row.get(TICKET_EVENT.CREATED_AT.getName(), java.time.Instant.class),
                row.get(TICKET_EVENT.CREATED_BY.getName(), UUID.class),
                row.get(TICKET_EVENT.CREATED_BY_FIRST_NAME.getName(), String.class),
                row.get(TICKET_EVENT.CREATED_BY_LAST_NAME.getName(), String.class),
                row.get(TICKET_EVENT.ROLE.getName(), String.class),
                row.get(TICKET_EVENT.VISIBILITY.getName(), String.class),
                row.get(TICKET_EVENT.BODY.getName(), JSONB.class).data(),
                row.get("agent_name", String.class));
    }

    private static Field<String> agentName() {
        Field<UUID> agentId =
                DSL.jsonbGetAttributeAsText(TICKET_EVENT.BODY, "agent_id").cast(UUID.class);
        return when(
                TICKET_EVENT.TYPE.in("assignment-added", "assignment-removed"),
                DSL.field(select(WORKER.FIRST_NAME.concat(" ").concat(WORKER.LAST_NAME))
                        .from(WORKER)
                        .where(WORKER.ID.eq(agentId))));
    }

    private static int position(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new InvalidInput("cursor", "invalid", null);
        }
    }
}
