package io.github.counterfoil.internal.verification;

import static io.github.counterfoil.internal.database.JsonRows.selectRow;
import static io.github.counterfoil.internal.jooq.Routines.redactedOpening;
import static io.github.counterfoil.internal.jooq.Tables.TICKET;
import static io.github.counterfoil.internal.jooq.Tables.TICKET_ASSIGNMENT;
import static io.github.counterfoil.internal.jooq.Tables.TICKET_FACT;
import static io.github.counterfoil.internal.jooq.Tables.TICKET_FEEDBACK;
import static io.github.counterfoil.internal.jooq.Tables.TICKET_FOLLOWER;
import static io.github.counterfoil.internal.jooq.Tables.TICKET_PARTICIPANT;
import static io.github.counterfoil.internal.jooq.Tables.TICKET_RESOLUTION;
import static org.jooq.impl.DSL.boolAnd;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.octetLength;
import static org.jooq.impl.DSL.select;

import io.github.counterfoil.error.TicketNotFound;
import io.github.counterfoil.internal.access.Access;
import io.github.counterfoil.internal.database.Database;
import io.github.counterfoil.internal.database.JsonRows;
import io.github.counterfoil.internal.event.EventRepository;
import io.github.counterfoil.internal.event.StoredEvent;
import io.github.counterfoil.internal.event.TicketState.Rating;
import io.github.counterfoil.internal.event.TicketState.Resolution;
import io.github.counterfoil.internal.event.TicketState.Turn;
import io.github.counterfoil.internal.jooq.tables.records.TicketRecord;
import io.github.counterfoil.internal.page.Portion;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of one ticket, as it was at one moment.
 *
 * @param lastEvent the number of its last event
 * @param firstEvents as many as one answer holds
 * @param judged whether its events are looked at for what no event has
 * @param participants how each takes part, as events write it
 * @param participantsFit whether what participants and followers repeat of the ticket is as it stands there
 * @param turns closings and reopenings as figures know them
 * @param listed what lists and figures are read from; null unless judged
 * @param beginningRedacted whether what the ticket started with was redacted, and is what was left then
 */
record StoredTicket(
        TicketRecord row,
        int lastEvent,
        List<StoredEvent> firstEvents,
        boolean judged,
        Map<UUID, Instant> assignments,
        Map<UUID, String> participants,
        boolean participantsFit,
        List<Resolution> resolutions,
        List<Rating> ratings,
        List<Turn> turns,
        @Nullable ListedFacts listed,
        boolean beginningRedacted) {

    private static final Field<List<Map.Entry<UUID, Instant>>> ASSIGNMENTS = JsonRows.field(
            "assignments",
            selectRow(TICKET_ASSIGNMENT.WORKER_ID, TICKET_ASSIGNMENT.ASSIGNED_AT)
                    .from(TICKET_ASSIGNMENT)
                    .where(TICKET_ASSIGNMENT.TICKET_ID.eq(TICKET.ID)),
            row -> Map.entry(row.id(), row.time()));

    private static final Field<List<Map.Entry<UUID, String>>> PARTICIPANTS = JsonRows.field(
            "participants",
            selectRow(TICKET_PARTICIPANT.CUSTOMER_ID, TICKET_PARTICIPANT.KIND)
                    .from(TICKET_PARTICIPANT)
                    .where(TICKET_PARTICIPANT.TICKET_ID.eq(TICKET.ID)),
            row -> Map.entry(row.id(), row.word()));

    /** Whether what participants and followers repeat of the ticket is as it stands there. */
    private static final Field<Boolean> PARTICIPANTS_FIT = DSL.field(coalesce(
                            DSL.field(select(boolAnd(TICKET_PARTICIPANT.TICKET_CREATED_AT.eq(TICKET.CREATED_AT)))
                                    .from(TICKET_PARTICIPANT)
                                    .where(TICKET_PARTICIPANT.TICKET_ID.eq(TICKET.ID))),
                            inline(true))
                    .isTrue()
                    .and(coalesce(
                                    DSL.field(select(boolAnd(TICKET_FOLLOWER.TICKET_CREATED_AT.eq(TICKET.CREATED_AT)))
                                            .from(TICKET_FOLLOWER)
                                            .where(TICKET_FOLLOWER.TICKET_ID.eq(TICKET.ID))),
                                    inline(true))
                            .isTrue()))
            .as("participants_fit");

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
                            TICKET_FEEDBACK.SUBMITTED_AT,
                            TICKET_FEEDBACK.PRIVATE)
                    .from(TICKET_FEEDBACK)
                    .where(TICKET_FEEDBACK.TICKET_ID.eq(TICKET.ID)),
            row -> new Rating(row.number(), row.id(), row.number(), row.optionalText(), row.time(), row.flag()));

    private static final Field<List<Turn>> TURNS = JsonRows.field(
            "turns",
            selectRow(TICKET_FACT.SEQ, DSL.field(TICKET_FACT.KIND.eq(inline("closed"))), TICKET_FACT.AT)
                    .from(TICKET_FACT)
                    .where(TICKET_FACT.TICKET_ID.eq(TICKET.ID))
                    .and(TICKET_FACT.KIND.ne(inline("responded")))
                    .and(TICKET_FACT.OPENED_AT.eq(TICKET.CREATED_AT)),
            row -> new Turn(row.number(), row.flag(), row.time()));

    /** Whether what the ticket started with was redacted, and is what was left then. */
    private static final Field<Boolean> BEGINNING_REDACTED = DSL.field(TICKET.OPENING.eq(redactedOpening(
                    TICKET.TITLE,
                    TICKET.DESCRIPTION,
                    TICKET.PRIORITY,
                    TICKET.TAGS,
                    TICKET.CUSTOM_FIELDS,
                    TICKET.SOURCE_CHANNEL,
                    TICKET.CREATED_BY,
                    TICKET.CUSTOMER_ID,
                    TICKET.BEGINNING)))
            .as("beginning_redacted");

    /** How much of an answer a ticket is, all its events counted. */
    private static final Field<Long> BYTES = octetLength(TICKET.DESCRIPTION)
            .plus(octetLength(TICKET.CUSTOM_FIELDS.cast(String.class)))
            .plus(octetLength(TICKET.BEGINNING.cast(String.class)))
            .plus(coalesce(octetLength(TICKET.SHOWN.cast(String.class)), inline(0)))
            .cast(SQLDataType.BIGINT)
            .plus(TICKET.WEIGHT)
            .plus(TICKET.LAST_SEQ.cast(SQLDataType.BIGINT).mul(EventRepository.HEADER_BYTES))
            .plus(EventRepository.HEADER_BYTES);

    /** The ticket with this id. */
    static Optional<StoredTicket> find(DSLContext dsl, UUID ticketId) {
        return fetch(dsl, TICKET.ID.eq(ticketId)).stream().findFirst();
    }

    /** The tickets that follow an id, in the order of their ids: as many as one answer holds, at least one if there is one. */
    static List<StoredTicket> after(DSLContext dsl, UUID ticketId, int limit) {
        Field<UUID> id = TICKET.ID.as("id_in_batch");
        Table<?> batch = select(id)
                .select(Portion.columns(BYTES, List.of(TICKET.ID.asc())))
                .from(TICKET)
                .where(TICKET.ID.gt(ticketId))
                .orderBy(TICKET.ID)
                .limit(limit)
                .asTable("batch");
        return fetch(
                dsl, TICKET.ID.in(select(batch.field(id)).from(batch).where(Portion.holds(batch, DSL.inline(limit)))));
    }

    /** The events in order, until they are not wanted any more; what one answer does not hold is read as it goes on. */
    void forEachEvent(Database database, Predicate<StoredEvent> wanted) {
        List<StoredEvent> events = firstEvents;
        while (!events.isEmpty()) {
            if (!events.stream().allMatch(wanted)) {
                return;
            }
            int last = events.get(events.size() - 1).row().number();
            events = last >= lastEvent
                    ? List.of()
                    : database.read(dsl -> EventRepository.following(dsl, row.getId(), last, lastEvent, judged));
        }
    }

    /** The ticket with this id, for an actor who may read its whole history. */
    static StoredTicket visible(DSLContext dsl, Access access, UUID ticketId) {
        Record row = dsl.select(TICKET.fields())
                .select(
                        EventRepository.LAST_EVENT,
                        EventRepository.FIRST_EVENTS,
                        ASSIGNMENTS,
                        PARTICIPANTS,
                        PARTICIPANTS_FIT,
                        RESOLUTIONS,
                        RATINGS,
                        TURNS)
                .from(access.people())
                .leftJoin(TICKET)
                .on(TICKET.ID.eq(ticketId).and(access.visibleTickets()))
                .where(access.acts())
                .fetchOne();
        if (row == null) {
            throw access.unknown(dsl);
        }
        if (row.get(TICKET.ID) == null) {
            throw new TicketNotFound(ticketId);
        }
        return of(row, false);
    }

    private static List<StoredTicket> fetch(DSLContext dsl, Condition condition) {
        return dsl.select(TICKET.fields())
                .select(
                        EventRepository.LAST_EVENT,
                        EventRepository.FIRST_EVENTS_JUDGED,
                        ASSIGNMENTS,
                        PARTICIPANTS,
                        PARTICIPANTS_FIT,
                        RESOLUTIONS,
                        RATINGS,
                        TURNS,
                        BEGINNING_REDACTED)
                .select(ListedFacts.FIELDS)
                .from(TICKET)
                .where(condition)
                .orderBy(TICKET.ID)
                .fetch(row -> of(row, true));
    }

    private static StoredTicket of(Record row, boolean judged) {
        return new StoredTicket(
                row.into(TICKET),
                row.get(EventRepository.LAST_EVENT),
                row.get(judged ? EventRepository.FIRST_EVENTS_JUDGED : EventRepository.FIRST_EVENTS),
                judged,
                row.get(ASSIGNMENTS).stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
                row.get(PARTICIPANTS).stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
                row.get(PARTICIPANTS_FIT),
                row.get(RESOLUTIONS),
                row.get(RATINGS),
                row.get(TURNS),
                judged ? ListedFacts.of(row) : null,
                judged && row.get(BEGINNING_REDACTED));
    }
}
