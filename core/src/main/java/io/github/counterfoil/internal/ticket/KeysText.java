package io.github.counterfoil.internal.ticket;

import static io.github.counterfoil.internal.jooq.Tables.TICKET;
import static io.github.counterfoil.internal.jooq.Tables.TICKET_ACTIVITY;
import static io.github.counterfoil.internal.jooq.Tables.TICKET_ASSIGNMENT;
import static io.github.counterfoil.internal.jooq.Tables.TICKET_FOLLOWER;
import static io.github.counterfoil.internal.jooq.Tables.TICKET_PARTICIPANT;
import static io.github.counterfoil.internal.jooq.Tables.TICKET_TAG;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectCount;
import static org.jooq.impl.DSL.selectDistinct;

import io.github.counterfoil.event.Role;
import io.github.counterfoil.internal.access.Access;
import io.github.counterfoil.internal.ticket.QueryConditions.Part;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.TicketQuery.Sort;
import io.github.counterfoil.ticket.TicketStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jooq.CommonTableExpression;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.SortField;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * Finds the tickets of a query in its order, by their ids alone. They are read from an index in its order, one part for each status,
 * priority, worker and tag, so that no ticket is looked at that is not found; what no index tells is asked of each ticket on the way.
 * What is one person's is read from that person's tickets.
 */
record KeysText(Access access, QueryShape query, QueryValues names, Turn turn, int most) {
    static final String LAST_RANK = "last_rank";
    static final String LAST_TIME = "last_time";
    static final String LAST_ID = "last_id";

    static final Field<UUID> ID = DSL.field(DSL.name("id_on_page"), UUID.class);
    static final Field<Integer> RANK = DSL.field(DSL.name("rank_on_page"), Integer.class);
    private static final Field<Object> TIME = DSL.field(DSL.name("time_on_page"), Object.class);

    /** More than these cost more to plan than to read. */
    private static final int MOST_BRANCHES = 48;

    /**
     * Where a page begins.
     *
     * @param lastRank of the ticket before it; what the text depends on where it has a part for each priority, else 0
     */
    record Turn(boolean first, boolean newestFirst, int lastRank) {}

    /** Where tickets are read in the order of their keys. */
    private record Source(Table<?> table, Field<UUID> id, Field<?> time, Condition matches) {}

    /** So many of them at most, in order. */
    Select<? extends Record> inOrder(Field<Integer> size) {
        if (query.sort() == Sort.PRIORITY && !query.ofOne()) {
            return ranked(size);
        }
        return select(ID, RANK, TIME)
                .from(found().asTable("found"))
                .orderBy(order())
                .limit(size);
    }

    /** All of them, each once; of each part the first ones. */
    Select<? extends Record> found() {
        if (query.ofOne()) {
            return ofOne();
        }
        return merged(Set.of(), true);
    }

    /** High ones first: a part for each priority, which holds what those before it left room for. */
    private Select<? extends Record> ranked(Field<Integer> size) {
        List<CommonTableExpression<?>> parts = new ArrayList<>();
        Field<Integer> room = size;
        for (Priority priority : List.of(Priority.HIGH, Priority.MEDIUM, Priority.LOW)) {
            int rank = rank(priority);
            boolean wanted = query.priorities().isEmpty() || query.priorities().contains(priority);
            if (wanted && (turn.first() || rank >= turn.lastRank())) {
                Select<? extends Record> found = merged(Set.of(priority), !turn.first() && rank == turn.lastRank());
                CommonTableExpression<?> part = DSL.name("of_rank_" + rank)
                        .as(select(ID, inline(rank).as(RANK), TIME)
                                .from(found.asTable("found"))
                                .orderBy(direction(TIME), direction(ID))
                                .limit(room));
                parts.add(part);
                room = room.minus(DSL.field(selectCount().from(part)));
            }
        }
        Select<? extends Record> all = parts.stream()
                .<Select<? extends Record>>map(part -> select(ID, RANK, TIME).from(part))
                .reduce(KeysText::unionAll)
                .orElseGet(() -> select(ID, RANK, TIME)
                        .from(merged(Set.of(), false).asTable("none"))
                        .where(DSL.falseCondition()));
        return DSL.with(parts).select(ID, RANK, TIME).from(all.asTable("ranked"));
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Select<? extends Record> unionAll(Select<? extends Record> one, Select<? extends Record> other) {
        return ((Select) one).unionAll((Select) other);
    }

    /** @param priorities none for those of the query */
    private Select<? extends Record> merged(Set<Priority> priorities, boolean beyond) {
        List<Source> sources = sources(priorities.isEmpty() ? query.priorities() : priorities);
        Select<? extends Record> all = sources.stream()
                .<Select<? extends Record>>map(source -> branch(source, beyond && !turn.first()))
                .reduce(KeysText::unionAll)
                .orElseThrow();
        boolean repeats = !sources.get(0).table().equals(TICKET) && Math.max(query.assignees(), tags()) > 1;
        return repeats ? selectDistinct(ID, RANK, TIME).from(all.asTable("repeated")) : all;
    }

    /** How many of the tags have parts of their own: of those that a ticket has to have all, the first. */
    private int tags() {
        return query.allTags() > 0 ? 1 : query.anyTags();
    }

    private List<Source> sources(Set<Priority> priorities) {
        return switch (query.sort()) {
            case UPDATED -> statuses().map(this::byActivity).toList();
            case STATUS_SINCE -> statuses().map(this::bySince).toList();
            case CREATED, PRIORITY, RELEVANCE -> byCreation(priorities);
        };
    }

    private Stream<TicketStatus> statuses() {
        return (query.statuses().isEmpty() ? EnumSet.allOf(TicketStatus.class) : query.statuses()).stream();
    }

    private List<Source> byCreation(Set<Priority> priorities) {
        Set<Priority> each = priorities.isEmpty() ? EnumSet.allOf(Priority.class) : priorities;
        int values = query.assignees() > 0 ? query.assignees() : tags();
        long branches = statuses().count() * each.size();
        if (values > 0 && values * branches <= MOST_BRANCHES) {
            List<Source> sources = new ArrayList<>();
            for (int i = 0; i < values; i++) {
                int value = i;
                Function<Cell, Source> source =
                        query.assignees() > 0 ? cell -> byAssignment(cell, value) : cell -> byTag(cell, value);
                cells(each).map(source).forEach(sources::add);
            }
            return sources;
        }
        if (query.statuses().isEmpty() && priorities.isEmpty() && !query.unassigned()) {
            return List.of(byTicket(DSL.noCondition(), Set.of()));
        }
        return cells(each)
                .map(cell -> byTicket(
                        TICKET.STATUS
                                .eq(inline(cell.status().wireName()))
                                .and(TICKET.PRIORITY.eq(inline(cell.priority().wireName()))),
                        Set.of(Part.STATUS, Part.PRIORITY)))
                .toList();
    }

    private record Cell(TicketStatus status, Priority priority) {}

    private Stream<Cell> cells(Set<Priority> priorities) {
        return statuses().flatMap(status -> priorities.stream().map(priority -> new Cell(status, priority)));
    }

    private Source byTicket(Condition matches, Set<Part> done) {
        return ticket(TICKET.CREATED_AT, matches, done);
    }

    private Source allOf(Condition whose) {
        return new Source(
                TICKET,
                TICKET.ID,
                conditions().time(),
                whose.and(DSL.and(conditions().but(Set.of()))));
    }

    /** What was put off is looked up by the moment alone, and then sorted: no plan walks all tickets in their order for it. */
    private Select<? extends Record> ofMoment() {
        Table<?> putOff = select(
                        TICKET.ID.as(ID), rank().as(RANK), conditions().time().as(TIME))
                .from(TICKET)
                .where(access.visibleTickets())
                .and(DSL.and(conditions().but(Set.of())))
                .offset(inline(0))
                .asTable("put_off");
        return ofOne(new Source(putOff, ID, time(conditions().time()), DSL.noCondition()), RANK);
    }

    private static <T> Field<T> time(Field<T> like) {
        return DSL.field(TIME.getQualifiedName(), like.getDataType());
    }

    private Source bySince(TicketStatus status) {
        return ticket(TICKET.STATUS_SINCE, TICKET.STATUS.eq(inline(status.wireName())), Set.of(Part.STATUS));
    }

    private Source ticket(Field<?> time, Condition matches, Set<Part> done) {
        Set<Part> all = EnumSet.of(Part.ASSIGNEES, Part.FIRST_TAG);
        all.addAll(done);
        return new Source(
                TICKET,
                TICKET.ID,
                time,
                access.visibleTickets()
                        .and(matches)
                        .and(DSL.and(conditions().among(TICKET.ID)))
                        .and(DSL.and(conditions().but(all))));
    }

    private Source byActivity(TicketStatus status) {
        return new Source(
                TICKET_ACTIVITY,
                TICKET_ACTIVITY.TICKET_ID,
                TICKET_ACTIVITY.UPDATED_AT,
                TICKET_ACTIVITY
                        .STATUS
                        .eq(inline(status.wireName()))
                        .and(within(TICKET_ACTIVITY.UPDATED_AT, query.updated(), "updated"))
                        .and(DSL.and(conditions().among(TICKET_ACTIVITY.TICKET_ID)))
                        .and(others(
                                TICKET_ACTIVITY.TICKET_ID,
                                Set.of(Part.STATUS, Part.UPDATED, Part.ASSIGNEES, Part.FIRST_TAG))));
    }

    private Source byAssignment(Cell cell, int place) {
        return ofCell(
                TICKET_ASSIGNMENT,
                TICKET_ASSIGNMENT.TICKET_ID,
                TICKET_ASSIGNMENT.TICKET_CREATED_AT,
                TICKET_ASSIGNMENT
                        .WORKER_ID
                        .eq(DSL.param(names.assignee(place), UUID.class))
                        .and(TICKET_ASSIGNMENT.STATUS.eq(inline(cell.status().wireName())))
                        .and(TICKET_ASSIGNMENT.PRIORITY.eq(
                                inline(cell.priority().wireName()))),
                Part.ASSIGNEES);
    }

    private Source byTag(Cell cell, int place) {
        return ofCell(
                TICKET_TAG,
                TICKET_TAG.TICKET_ID,
                TICKET_TAG.TICKET_CREATED_AT,
                TICKET_TAG
                        .TAG
                        .eq(DSL.param(names.tag(place), String.class))
                        .and(TICKET_TAG.STATUS.eq(inline(cell.status().wireName())))
                        .and(TICKET_TAG.PRIORITY.eq(inline(cell.priority().wireName()))),
                Part.FIRST_TAG);
    }

    /** One value's tickets of one status and priority, in a table whose index has them in the order in which they were opened. */
    private Source ofCell(
            Table<?> table, Field<UUID> ticketId, Field<Instant> createdAt, Condition matches, Part value) {
        return new Source(
                table,
                ticketId,
                createdAt,
                matches.and(within(createdAt, query.created(), "created"))
                        .and(others(ticketId, Set.of(Part.STATUS, Part.PRIORITY, Part.CREATED, value))));
    }

    private Condition within(Field<?> time, QueryShape.Ends ends, String name) {
        return DSL.and(conditions().within(time, ends, name));
    }

    /** What the ticket itself is asked, row by row: no plan reads all tickets for it. */
    private Condition others(Field<UUID> ticketId, Set<Part> done) {
        List<Condition> others = conditions().but(done);
        return others.isEmpty()
                ? DSL.noCondition()
                : DSL.condition(DSL.field(
                        select(DSL.field(DSL.and(others))).from(TICKET).where(TICKET.ID.eq(ticketId))));
    }

    private QueryConditions conditions() {
        return new QueryConditions(query, names);
    }

    /** How many is written into the text: by a parameter alone, PostgreSQL would plan for a tenth of all tickets. */
    private Select<? extends Record> branch(Source source, boolean beyond) {
        Condition matches = beyond ? source.matches().and(beyond(source.time(), source.id())) : source.matches();
        return select(source.id().as(ID), inline(0).as(RANK), source.time().as(TIME))
                .from(source.table())
                .where(matches)
                .orderBy(direction(source.time()), direction(source.id()))
                .limit(inline(most));
    }

    /** A customer's own tickets and those in which they take part are read apart, each in the order of an index. */
    private Select<? extends Record> ofOne() {
        if (query.text()) {
            return ofOne(new Source(sought().tickets(), TICKET.ID, conditions().time(), sought().fit()));
        }
        if (query.followed()) {
            return ofOne(byFollower());
        }
        if (query.side() != Role.CUSTOMER) {
            return query.putOff() ? ofMoment() : ofOne(allOf(access.visibleTickets()));
        }
        Select<? extends Record> own =
                own().map(this::ofOne).reduce(KeysText::unionAll).orElseThrow();
        return query.ofCustomer() ? own : unionAll(own, ofOne(byParticipation()));
    }

    /** A customer's own tickets, a part for each status where they are asked for by status in the order of its index. */
    private Stream<Source> own() {
        if (query.statuses().isEmpty() || query.sort() != Sort.CREATED) {
            return Stream.of(allOf(access.ownTickets()));
        }
        return statuses()
                .map(status -> new Source(
                        TICKET,
                        TICKET.ID,
                        TICKET.CREATED_AT,
                        access.ownTickets()
                                .and(Shown.text(TICKET.STATUS).eq(inline(status.wireName())))
                                .and(DSL.and(conditions().but(Set.of(Part.STATUS))))));
    }

    private Select<? extends Record> ofOne(Source source) {
        return ofOne(source, query.sort() == Sort.RELEVANCE ? sought().rank() : rank());
    }

    private Select<? extends Record> ofOne(Source source, Field<Integer> rank) {
        if (!isRanked()) {
            return branch(source, !turn.first());
        }
        Condition matches = source.matches();
        if (!turn.first()) {
            Field<Integer> lastRank = DSL.param(LAST_RANK, Integer.class);
            matches = matches.and(rank.gt(lastRank).or(rank.eq(lastRank).and(beyond(source.time(), source.id()))));
        }
        return select(source.id().as(ID), rank.as(RANK), source.time().as(TIME))
                .from(source.table())
                .where(matches)
                .orderBy(rank.asc(), direction(source.time()), direction(source.id()))
                .limit(inline(most));
    }

    private Sought sought() {
        return new Sought(access, conditions());
    }

    private boolean isRanked() {
        return query.sort() == Sort.PRIORITY || query.sort() == Sort.RELEVANCE;
    }

    private Field<Integer> rank() {
        return DSL.case_(conditions().priority())
                .when(inline(Priority.HIGH.wireName()), inline(rank(Priority.HIGH)))
                .when(inline(Priority.MEDIUM.wireName()), inline(rank(Priority.MEDIUM)))
                .else_(inline(rank(Priority.LOW)));
    }

    private Source byParticipation() {
        return ofOthers(
                TICKET_PARTICIPANT,
                TICKET_PARTICIPANT.TICKET_ID,
                TICKET_PARTICIPANT.TICKET_CREATED_AT,
                access.participations());
    }

    private Source byFollower() {
        return ofOthers(
                TICKET_FOLLOWER,
                TICKET_FOLLOWER.TICKET_ID,
                TICKET_FOLLOWER.TICKET_CREATED_AT,
                TICKET_FOLLOWER.WORKER_ID.eq(DSL.param(names.follower(), UUID.class)));
    }

    /** The rows of one person in a table whose index has the tickets in the order in which they were opened. */
    private Source ofOthers(Table<?> table, Field<UUID> ticketId, Field<Instant> createdAt, Condition theirs) {
        List<Condition> others = conditions().but(Set.of(Part.CREATED));
        boolean created = query.sort() == Sort.CREATED;
        boolean alone = created && others.isEmpty();
        return new Source(
                alone ? table : table.join(TICKET).on(TICKET.ID.eq(ticketId)),
                ticketId,
                created || query.sort() == Sort.PRIORITY
                        ? createdAt
                        : conditions().time(),
                theirs.and(within(createdAt, query.created(), "created")).and(DSL.and(others)));
    }

    private <T> Condition beyond(Field<T> time, Field<UUID> id) {
        Field<T> lastTime = DSL.param(LAST_TIME, time);
        Field<UUID> lastId = DSL.param(LAST_ID, UUID.class);
        return turn.newestFirst()
                ? row(time, id).lt(lastTime, lastId)
                : row(time, id).gt(lastTime, lastId);
    }

    /** The order of what is found. */
    List<SortField<?>> order() {
        return isRanked()
                ? List.of(RANK.asc(), direction(TIME), direction(ID))
                : List.of(direction(TIME), direction(ID));
    }

    private SortField<?> direction(Field<?> field) {
        return turn.newestFirst() ? field.desc() : field.asc();
    }

    private static int rank(Priority priority) {
        return switch (priority) {
            case HIGH -> 0;
            case MEDIUM -> 1;
            case LOW -> 2;
        };
    }
}
