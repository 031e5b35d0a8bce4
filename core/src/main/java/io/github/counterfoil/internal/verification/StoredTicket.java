package io.github.counterfoil.internal.verification;

import static io.github.counterfoil.internal.database.JsonRows.selectRow;
import static io.github.counterfoil.internal.jooq.Tables.TICKET;
import static io.github.counterfoil.internal.jooq.Tables.TICKET_ASSIGNMENT;
import static io.github.counterfoil.internal.jooq.Tables.TICKET_FEEDBACK;
import static io.github.counterfoil.internal.jooq.Tables.TICKET_RESOLUTION;

import io.github.counterfoil.error.TicketNotFound;
import io.github.counterfoil.internal.access.Access;
import io.github.counterfoil.internal.database.JsonRows;
import io.github.counterfoil.internal.event.EventRepository;
import io.github.counterfoil.internal.event.StoredEvent;
import io.github.counterfoil.internal.event.TicketState.Rating;
import io.github.counterfoil.internal.event.TicketState.Resolution;
import io.github.counterfoil.internal.jooq.tables.records.TicketRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;

/** All that is stored of one ticket, as it was at one moment. */
record StoredTicket(
        TicketRecord row,
        List<StoredEvent> events,
        Map<UUID, Instant> assignments,
        List<Resolution> resolutions,
        List<Rating> ratings) {

    private static final Field<List<Map.Entry<UUID, Instant>>> ASSIGNMENTS = JsonRows.field(
            "assignments",
            selectRow(TICKET_ASSIGNMENT.WORKER_ID, TICKET_ASSIGNMENT.ASSIGNED_AT)
                    .from(TICKET_ASSIGNMENT)
                    .where(TICKET_ASSIGNMENT.TICKET_ID.eq(TICKET.ID)),
            row -> Map.entry(row.id(), row.time()));

    private static final Field<List<Resolution>> RESOLUTIONS = JsonRows.field(
            "resolutions",
            selectRow(
                            TICKET_RESOLUTION.CLOSED_SEQ,
                            TICKET_RESOLUTION.WORKER_ID,
                            TICKET_RESOLUTION.TITLE,
                            TICKET_RESOLUTION.ASSIGNED_AT,
                            TICKET_RESOLUTION.RESOLVED_AT)
                    .from(TICKET_RESOLUTION)
                    .where(TICKET_RESOLUTION.TICKET_ID.eq(TICKET.ID)),
            row -> new Resolution(row.number(), row.id(), row.text(), row.time(), row.time()));

    private static final Field<List<Rating>> RATINGS = JsonRows.field(
            "ratings",
            selectRow(
                            TICKET_FEEDBACK.CLOSED_SEQ,
                            TICKET_FEEDBACK.CUSTOMER_ID,
                            TICKET_FEEDBACK.RATING,
                            TICKET_FEEDBACK.COMMENT,
                            TICKET_FEEDBACK.SUBMITTED_AT)
                    .from(TICKET_FEEDBACK)
                    .where(TICKET_FEEDBACK.TICKET_ID.eq(TICKET.ID)),
            row -> new Rating(row.number(), row.id(), row.number(), row.optionalText(), row.time()));

    /** The ticket with this id. */
    static Optional<StoredTicket> find(DSLContext dsl, UUID ticketId) {
        return fetch(dsl, TICKET.ID.eq(ticketId), 1).stream().findFirst();
    }

    /** The tickets that follow an id, in the order of their ids. */
    static List<StoredTicket> after(DSLContext dsl, UUID ticketId, int limit) {
        return fetch(dsl, TICKET.ID.gt(ticketId), limit);
    }

    /** The ticket with this id, for an actor who may read its whole history. */
    static StoredTicket visible(DSLContext dsl, Access access, UUID ticketId) {
        Record row = dsl.select(TICKET.fields())
                .select(EventRepository.WHOLE_HISTORY, ASSIGNMENTS, RESOLUTIONS, RATINGS)
                .from(access.people())
                .leftJoin(TICKET)
                .on(TICKET.ID.eq(ticketId).and(access.visibleTickets()))
                .where(access.acts())
                .fetchOne();
        if (row == null) {
            throw access.actor().unknown();
        }
        if (row.get(TICKET.ID) == null) {
            throw new TicketNotFound(ticketId);
        }
        return of(row);
    }

    private static List<StoredTicket> fetch(DSLContext dsl, Condition condition, int limit) {
        return dsl.select(TICKET.fields())
                .select(EventRepository.WHOLE_HISTORY, ASSIGNMENTS, RESOLUTIONS, RATINGS)
                .from(TICKET)
                .where(condition)
                .orderBy(TICKET.ID)
                .limit(limit)
                .fetch(StoredTicket::of);
    }

    private static StoredTicket of(Record row) {
        return new StoredTicket(
                row.into(TICKET),
                row.get(EventRepository.WHOLE_HISTORY),
                row.get(ASSIGNMENTS).stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
                row.get(RESOLUTIONS),
                row.get(RATINGS));
    }
}
