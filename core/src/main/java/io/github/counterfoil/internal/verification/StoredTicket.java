package io.github.counterfoil.internal.verification;

import static io.github.counterfoil.internal.jooq.Tables.TICKET;
import static io.github.counterfoil.internal.jooq.Tables.TICKET_ASSIGNMENT;
import static io.github.counterfoil.internal.jooq.Tables.TICKET_FEEDBACK;
import static io.github.counterfoil.internal.jooq.Tables.TICKET_RESOLUTION;
import static org.jooq.impl.DSL.multiset;
import static org.jooq.impl.DSL.select;

import io.github.counterfoil.error.TicketNotFound;
import io.github.counterfoil.internal.access.Access;
import io.github.counterfoil.internal.event.EventRepository;
import io.github.counterfoil.internal.event.StoredEvent;
import io.github.counterfoil.internal.jooq.tables.records.TicketRecord;
import io.github.counterfoil.internal.ticket.TicketState.Rating;
import io.github.counterfoil.internal.ticket.TicketState.Resolution;
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
import org.jooq.Record2;
import org.jooq.Records;

/** All that is stored of one ticket, as it was at one moment. */
record StoredTicket(
        TicketRecord row,
        List<StoredEvent> events,
        Map<UUID, Instant> assignments,
        List<Resolution> resolutions,
        List<Rating> ratings) {

    private static final Field<Map<UUID, Instant>> ASSIGNMENTS = multiset(
                    select(TICKET_ASSIGNMENT.WORKER_ID, TICKET_ASSIGNMENT.ASSIGNED_AT)
                            .from(TICKET_ASSIGNMENT)
                            .where(TICKET_ASSIGNMENT.TICKET_ID.eq(TICKET.ID)))
            .as("assignments")
            .convertFrom(rows -> rows.stream().collect(Collectors.toMap(Record2::value1, Record2::value2)));

    private static final Field<List<Resolution>> RESOLUTIONS = multiset(select(
                            TICKET_RESOLUTION.CLOSED_SEQ,
                            TICKET_RESOLUTION.WORKER_ID,
                            TICKET_RESOLUTION.TITLE,
                            TICKET_RESOLUTION.ASSIGNED_AT,
                            TICKET_RESOLUTION.RESOLVED_AT)
                    .from(TICKET_RESOLUTION)
                    .where(TICKET_RESOLUTION.TICKET_ID.eq(TICKET.ID)))
            .as("resolutions")
            .convertFrom(rows -> rows.map(Records.mapping(Resolution::new)));

    private static final Field<List<Rating>> RATINGS = multiset(select(
                            TICKET_FEEDBACK.CLOSED_SEQ,
                            TICKET_FEEDBACK.CUSTOMER_ID,
                            TICKET_FEEDBACK.RATING.cast(Integer.class),
                            TICKET_FEEDBACK.COMMENT,
                            TICKET_FEEDBACK.SUBMITTED_AT)
                    .from(TICKET_FEEDBACK)
                    .where(TICKET_FEEDBACK.TICKET_ID.eq(TICKET.ID)))
            .as("ratings")
            .convertFrom(rows -> rows.map(Records.mapping(Rating::new)));

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
                row.get(ASSIGNMENTS),
                row.get(RESOLUTIONS),
                row.get(RATINGS));
    }
}
