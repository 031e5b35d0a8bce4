package io.github.counterfoil.internal.ticket;

import static io.github.counterfoil.internal.database.JsonRows.selectRow;
import static io.github.counterfoil.internal.jooq.Tables.CUSTOMER;
import static io.github.counterfoil.internal.jooq.Tables.TICKET;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.octetLength;

import io.github.counterfoil.event.Role;
import io.github.counterfoil.internal.access.Access;
import io.github.counterfoil.internal.database.JsonRows;
import io.github.counterfoil.internal.database.Row;
import io.github.counterfoil.internal.event.LatestEvents;
import io.github.counterfoil.people.AgentDisplay;
import io.github.counterfoil.ticket.CustomerTicketSummary;
import io.github.counterfoil.ticket.Fragment;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.Ticket;
import io.github.counterfoil.ticket.TicketQuery.Sort;
import io.github.counterfoil.ticket.TicketStatus;
import io.github.counterfoil.ticket.TicketSummary;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jooq.Field;
import org.jooq.Table;

/**
 * A ticket in a list, as one side of the counter sees it: as {@link TicketShape}, without what may be large.
 *
 * @param side who sees it
 * @param latest the events that the columns tell of
 * @param bytes how much of an answer it is
 * @param reader reads the columns, beside where the ticket was found by a text
 * @param key what it is sorted by
 */
public record SummaryShape<T>(
        Role side,
        Function<Access, List<Field<?>>> selected,
        Function<Access, Table<?>> latest,
        Field<Integer> bytes,
        BiFunction<Row, Optional<Fragment>, T> reader,
        Function<T, Key> key) {
    /** Of what is small: names, numbers and times. */
    private static final int OTHER_BYTES = 1024;

    /** What a ticket is sorted by. */
    record Key(UUID id, Instant createdAt, Instant updatedAt, Instant statusSince) {
        Instant time(Sort sort) {
            return switch (sort) {
                case CREATED, PRIORITY, RELEVANCE -> createdAt;
                case UPDATED -> updatedAt;
                case STATUS_SINCE -> statusSince;
            };
        }
    }

    /** For the staff. */
    public static final SummaryShape<TicketSummary> AGENT = new SummaryShape<>(
            Role.AGENT,
            access -> List.of(
                    TICKET.ID,
                    TICKET.NUMBER,
                    TICKET.TITLE,
                    TICKET.STATUS,
                    TICKET.PRIORITY,
                    JsonRows.texts(TICKET.TAGS),
                    TICKET.SOURCE_CHANNEL,
                    TicketColumns.ASSIGNED_TO,
                    JsonRows.rows(selectRow(CUSTOMER.ID, CUSTOMER.FIRST_NAME, CUSTOMER.LAST_NAME, CUSTOMER.EMAIL)
                            .from(CUSTOMER)
                            .where(CUSTOMER.ID.eq(TICKET.CUSTOMER_ID))),
                    TICKET.CREATED_AT,
                    TICKET.UPDATED_AT,
                    TICKET.STATUS_SINCE,
                    TICKET.FIRST_RESPONSE_AT,
                    TICKET.SNOOZED_UNTIL,
                    LatestEvents.writtenInList(access, TICKET.LAST_WRITTEN_SEQ),
                    LatestEvents.unread(),
                    TICKET.LAST_SEQ),
            access -> LatestEvents.unseen(access, TICKET.LAST_SEQ, TICKET.LAST_WRITTEN_SEQ),
            octetLength(TICKET.TITLE)
                    .plus(octetLength(TICKET.TAGS.cast(String.class)))
                    .plus(inline(OTHER_BYTES)),
            SummaryShape::forAgent,
            ticket -> new Key(ticket.id(), ticket.createdAt(), ticket.updatedAt(), ticket.statusSince()));

    /** For the ticket's customer, who sees agents by the names that the host chose. */
    public static SummaryShape<CustomerTicketSummary> customer(AgentDisplay display) {
        return new SummaryShape<>(
                Role.CUSTOMER,
                access -> List.of(
                        TICKET.ID,
                        TICKET.NUMBER,
                        Shown.text(TICKET.TITLE),
                        Shown.text(TICKET.STATUS),
                        Shown.text(TICKET.PRIORITY),
                        TICKET.SOURCE_CHANNEL,
                        TicketColumns.SHOWN_ASSIGNED_TO,
                        TICKET.CREATED_AT,
                        TICKET.PUBLIC_UPDATED_AT,
                        Shown.time(TICKET.STATUS_SINCE),
                        Shown.time(TICKET.FIRST_RESPONSE_AT),
                        LatestEvents.writtenInList(access, TICKET.LAST_MESSAGE_SEQ),
                        LatestEvents.unread(),
                        TICKET.LAST_PUBLIC_SEQ),
                access -> LatestEvents.unseen(access, TICKET.LAST_PUBLIC_SEQ, TICKET.LAST_MESSAGE_SEQ),
                octetLength(Shown.text(TICKET.TITLE)).plus(inline(OTHER_BYTES)),
                (row, fragment) -> forCustomer(row, fragment, display),
                ticket -> new Key(ticket.id(), ticket.createdAt(), ticket.updatedAt(), ticket.statusSince()));
    }

    /** The columns for who is on the same side, whose text nobody on the other side is given. */
    List<Field<?>> columns(Access access) {
        if (side != access.actor().role()) {
            throw new IllegalArgumentException("a ticket of another side");
        }
        return selected.apply(access);
    }

    private static TicketSummary forAgent(Row row, Optional<Fragment> fragment) {
        UUID id = row.id();
        long number = row.largeNumber();
        String title = row.text();
        TicketStatus status = TicketColumns.status(row);
        Priority priority = TicketColumns.priority(row);
        List<String> tags = row.texts();
        Optional<String> channel = Optional.ofNullable(row.optionalText());
        List<Ticket.Assignee> assignees = TicketColumns.assignees(row);
        TicketSummary.Requester customer = row.rows(
                        one -> new TicketSummary.Requester(one.id(), one.text(), one.text(), one.text()))
                .get(0);
        Instant createdAt = row.time();
        Instant updatedAt = row.time();
        Instant since = row.time();
        return new TicketSummary(
                id,
                number,
                title,
                status,
                priority,
                tags,
                channel,
                assignees,
                customer,
                createdAt,
                updatedAt,
                since,
                Optional.ofNullable(row.optionalTime()),
                TicketColumns.closedAt(status, since),
                Optional.ofNullable(row.optionalTime()),
                TicketColumns.written(row),
                row.number(),
                row.number(),
                fragment);
    }

    private static CustomerTicketSummary forCustomer(Row row, Optional<Fragment> fragment, AgentDisplay display) {
        UUID id = row.id();
        long number = row.largeNumber();
        String title = row.text();
        TicketStatus status = TicketColumns.status(row);
        Priority priority = TicketColumns.priority(row);
        Optional<String> channel = Optional.ofNullable(row.optionalText());
        List<String> assignees = TicketColumns.assigneesShown(row, display);
        Instant createdAt = row.time();
        Instant updatedAt = row.time();
        Instant since = row.time();
        return new CustomerTicketSummary(
                id,
                number,
                title,
                status,
                priority,
                channel,
                assignees,
                createdAt,
                updatedAt,
                since,
                Optional.ofNullable(row.optionalTime()),
                TicketColumns.closedAt(status, since),
                TicketColumns.writtenShown(row, display),
                row.number(),
                row.number(),
                fragment);
    }
}
