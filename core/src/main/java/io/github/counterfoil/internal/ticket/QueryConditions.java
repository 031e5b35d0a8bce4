package io.github.counterfoil.internal.ticket;

import static io.github.counterfoil.internal.jooq.Tables.TICKET;
import static io.github.counterfoil.internal.jooq.Tables.TICKET_ASSIGNMENT;
import static io.github.counterfoil.internal.jooq.Tables.TICKET_TAG;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;

import io.github.counterfoil.event.Role;
import io.github.counterfoil.internal.event.DueEvents;
import io.github.counterfoil.internal.ticket.QueryShape.Ends;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.TicketStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * The conditions of a query on the ticket that a statement is at, as who asks sees it. What customers see otherwise is asked of
 * {@link Shown} alone.
 */
record QueryConditions(QueryShape query, QueryValues names) {

    /** What a part of a statement has seen to by itself. */
    enum Part {
        STATUS,
        PRIORITY,
        ASSIGNEES,
        FIRST_TAG,
        CREATED,
        UPDATED
    }

    /** All conditions but those that were seen to. */
    List<Condition> but(Collection<Part> done) {
        List<Condition> all = new ArrayList<>();
        if (!done.contains(Part.STATUS) && !query.statuses().isEmpty()) {
            all.add(status().in(query.statuses().stream()
                    .map(TicketStatus::wireName)
                    .map(DSL::inline)
                    .toList()));
        }
        if (!done.contains(Part.PRIORITY) && !query.priorities().isEmpty()) {
            all.add(priority()
                    .in(query.priorities().stream()
                            .map(Priority::wireName)
                            .map(DSL::inline)
                            .toList()));
        }
        if (!done.contains(Part.CREATED)) {
            all.addAll(within(TICKET.CREATED_AT, query.created(), "created"));
        }
        if (!done.contains(Part.UPDATED)) {
            all.addAll(
                    within(isCustomers() ? TICKET.PUBLIC_UPDATED_AT : TICKET.UPDATED_AT, query.updated(), "updated"));
        }
        all.addAll(within(since(), query.statusSince(), "status_since"));
        if (query.closed().any()) {
            all.add(status().eq(inline(TicketStatus.CLOSED.wireName())));
            all.addAll(within(since(), query.closed(), "closed"));
        }
        if (query.channels()) {
            all.add(TICKET.SOURCE_CHANNEL.eq(any(DSL.param(names.channels(), String[].class))));
        }
        query.responded()
                .ifPresent(responded -> all.add(
                        responded ? TICKET.FIRST_RESPONSE_SEQ.isNotNull() : TICKET.FIRST_RESPONSE_SEQ.isNull()));
        if (query.numbered()) {
            all.add(TICKET.ID.eq(TicketRepository.ofNumber(names.number())));
        }
        if (!isCustomers()) {
            addStaffs(done, all);
        }
        return all;
    }

    private void addStaffs(Collection<Part> done, List<Condition> all) {
        all.addAll(snooze());
        if (query.unanswered()) {
            all.add(DueEvents.unanswered(DSL.param(names.unanswered(), TICKET.CREATED_AT)));
        }
        if (query.unassigned()) {
            all.add(DSL.condition(TICKET.ASSIGNED).not());
        }
        if (!done.contains(Part.ASSIGNEES) && query.assignees() > 0) {
            all.add(assigned(TICKET.ID));
        }
        if (query.ofCustomer()) {
            all.add(TICKET.CUSTOMER_ID.eq(DSL.param(names.customer(), UUID.class)));
        }
        boolean tagged = done.contains(Part.FIRST_TAG);
        if (query.allTags() > (tagged ? 1 : 0)) {
            all.add(TICKET.TAGS.contains(DSL.param(names.allTags(), TICKET.TAGS)));
        }
        if (query.anyTags() > 0 && (!tagged || query.allTags() > 0)) {
            all.add(overlap(names.anyTags()));
        }
        if (query.noTags()) {
            all.add(overlap(names.noTags()).not());
        }
        for (int i = 0; i < query.fields(); i++) {
            all.add(DSL.jsonbGetAttribute(TICKET.CUSTOM_FIELDS, DSL.param(names.fieldName(i), String.class))
                    .eq(DSL.param(names.fieldValue(i), String.class).cast(JSONB.class)));
        }
        if (query.heldFields()) {
            all.add(DSL.condition(DSL.function(
                    DSL.name("pg_catalog", "jsonb_exists_all"),
                    SQLDataType.BOOLEAN,
                    TICKET.CUSTOM_FIELDS,
                    DSL.param(names.heldFields(), TICKET.TAGS))));
        }
    }

    /** Whether a ticket is put off is a matter of the moment at which it is asked. */
    private List<Condition> snooze() {
        Field<Instant> until = TICKET.SNOOZED_UNTIL;
        List<Condition> all = new ArrayList<>(within(until, query.woke(), "woke"));
        if (query.woke().any()) {
            all.add(until.le(DSL.currentInstant()));
        }
        query.snoozed()
                .ifPresent(snoozed -> all.add(
                        snoozed
                                ? until.gt(DSL.currentInstant())
                                : until.isNull().or(until.le(DSL.currentInstant()))));
        return all;
    }

    /** To any of the workers who are asked for. */
    private Condition assigned(Field<UUID> ticketId) {
        Condition theirs = query.assignees() == 1
                ? TICKET_ASSIGNMENT.WORKER_ID.eq(DSL.param(names.assignee(0), UUID.class))
                : TICKET_ASSIGNMENT.WORKER_ID.eq(
                        any(DSL.param(names.assignees(), String[].class).cast(UUID[].class)));
        return ticketId.in(
                select(TICKET_ASSIGNMENT.TICKET_ID).from(TICKET_ASSIGNMENT).where(theirs));
    }

    private static Condition overlap(String name) {
        return DSL.condition(DSL.function(
                DSL.name("pg_catalog", "arrayoverlap"),
                SQLDataType.BOOLEAN,
                TICKET.TAGS,
                DSL.param(name, TICKET.TAGS)));
    }

    /** The tickets that are found by the first condition that narrows beside the order: for a walk in another one. */
    List<Condition> among(Field<UUID> ticketId) {
        List<Condition> all = new ArrayList<>();
        if (query.assignees() > 0) {
            all.add(assigned(ticketId));
        }
        if (query.allTags() > 0) {
            all.add(ticketId.in(select(TICKET_TAG.TICKET_ID)
                    .from(TICKET_TAG)
                    .where(TICKET_TAG.TAG.eq(DSL.param(names.tag(0), String.class)))));
        } else if (query.anyTags() > 0) {
            all.add(ticketId.in(select(TICKET_TAG.TICKET_ID)
                    .from(TICKET_TAG)
                    .where(TICKET_TAG.TAG.eq(any(DSL.param(names.anyTags(), String[].class))))));
        }
        return all;
    }

    List<Condition> within(Field<?> time, Ends ends, String name) {
        List<Condition> all = new ArrayList<>();
        if (ends.from()) {
            all.add(least(time, names.from(name)));
        }
        if (ends.before()) {
            all.add(less(time, names.before(name)));
        }
        return all;
    }

    private static <T> Condition least(Field<T> time, String name) {
        return time.ge(DSL.param(name, time));
    }

    private static <T> Condition less(Field<T> time, String name) {
        return time.lt(DSL.param(name, time));
    }

    private boolean isCustomers() {
        return query.side() == Role.CUSTOMER;
    }

    private Field<String> status() {
        return isCustomers() ? Shown.text(TICKET.STATUS) : TICKET.STATUS;
    }

    Field<String> priority() {
        return isCustomers() ? Shown.text(TICKET.PRIORITY) : TICKET.PRIORITY;
    }

    /** Since when the ticket has its status: microseconds for customers. */
    private Field<?> since() {
        return isCustomers() ? Shown.time(TICKET.STATUS_SINCE) : TICKET.STATUS_SINCE;
    }

    /** What the tickets are sorted by, beside their priority. */
    Field<?> time() {
        Field<Instant> updated = isCustomers() ? TICKET.PUBLIC_UPDATED_AT : TICKET.UPDATED_AT;
        return switch (query.sort()) {
            case CREATED, PRIORITY, RELEVANCE -> TICKET.CREATED_AT;
            case UPDATED -> updated;
            case STATUS_SINCE -> since();
        };
    }
}
