package io.github.counterfoil.internal.ticket;

import static io.github.counterfoil.internal.database.JsonRows.selectRow;
import static io.github.counterfoil.internal.jooq.Tables.CUSTOMER;
import static io.github.counterfoil.internal.jooq.Tables.TICKET;
import static io.github.counterfoil.internal.jooq.Tables.TICKET_FEEDBACK;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;

import io.github.counterfoil.event.Role;
import io.github.counterfoil.internal.access.Access;
import io.github.counterfoil.internal.database.JsonRows;
import io.github.counterfoil.internal.database.Row;
import io.github.counterfoil.internal.event.LatestEvents;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.people.AgentDisplay;
import io.github.counterfoil.ticket.CustomerTicket;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.Ticket;
import io.github.counterfoil.ticket.TicketStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.impl.DSL;

/**
 * A ticket as one side of the counter sees it: the columns to select of the ticket that a query is at, and the value they
 * become. What a side does not see it does not select.
 *
 * @param side who sees it
 * @param reader reads the columns
 */
public record TicketShape<T>(Role side, Function<Access, List<Field<?>>> selected, Function<Row, T> reader) {

    private static Field<JSONB> feedback(Condition visible) {
        return JsonRows.rows(selectRow(TICKET_FEEDBACK.RATING, TICKET_FEEDBACK.COMMENT, TICKET_FEEDBACK.SUBMITTED_AT)
                .from(TICKET_FEEDBACK)
                .where(TICKET_FEEDBACK.TICKET_ID.eq(TICKET.ID))
                .and(visible)
                .orderBy(TICKET_FEEDBACK.CLOSED_SEQ.desc())
                .limit(inline(1)));
    }

    private static final Field<String> CUSTOMER_EMAIL =
            DSL.field(select(CUSTOMER.EMAIL).from(CUSTOMER).where(CUSTOMER.ID.eq(TICKET.CUSTOMER_ID)));

    /** For the staff. */
    public static final TicketShape<Ticket> AGENT = new TicketShape<>(
            Role.AGENT,
            access -> List.of(
                    TICKET.ID,
                    TICKET.NUMBER,
                    TICKET.TITLE,
                    TICKET.DESCRIPTION,
                    TICKET.STATUS,
                    TICKET.PRIORITY,
                    JsonRows.texts(TICKET.TAGS),
                    TICKET.CUSTOM_FIELDS.cast(String.class),
                    feedback(noCondition()),
                    TICKET.SOURCE_CHANNEL,
                    TICKET.CREATED_AT,
                    TICKET.UPDATED_AT,
                    TICKET.CREATED_BY,
                    TICKET.CUSTOMER_ID,
                    CUSTOMER_EMAIL,
                    TicketColumns.ASSIGNED_TO,
                    TICKET.STATUS_SINCE,
                    TICKET.FIRST_RESPONSE_AT,
                    TICKET.SNOOZED_UNTIL,
                    LatestEvents.written(access, TICKET.LAST_WRITTEN_SEQ),
                    TICKET.LAST_SEQ),
            TicketShape::forAgent);

    private static List<Field<?>> customerColumns(Access access) {
        return List.of(
                TICKET.ID,
                TICKET.NUMBER,
                Shown.text(TICKET.TITLE),
                Shown.text(TICKET.DESCRIPTION),
                Shown.text(TICKET.STATUS),
                Shown.text(TICKET.PRIORITY),
                feedback(TICKET_FEEDBACK.PRIVATE.eq(inline(false))),
                TICKET.SOURCE_CHANNEL,
                TICKET.CREATED_AT,
                TICKET.PUBLIC_UPDATED_AT,
                TicketColumns.SHOWN_ASSIGNED_TO,
                Shown.time(TICKET.STATUS_SINCE),
                Shown.time(TICKET.FIRST_RESPONSE_AT),
                LatestEvents.written(access, TICKET.LAST_MESSAGE_SEQ),
                TICKET.LAST_PUBLIC_SEQ);
    }

    /** For the ticket's customer, who sees agents by the names that the host chose. */
    public static TicketShape<CustomerTicket> customer(AgentDisplay display) {
        return new TicketShape<>(Role.CUSTOMER, TicketShape::customerColumns, row -> forCustomer(row, display));
    }

    /** The columns for who is on the same side, whose text nobody on the other side is given; made for a text that is not there yet. */
    public Supplier<List<Field<?>>> columns(Access access) {
        if (side != access.actor().role()) {
            throw new IllegalArgumentException("a ticket of another side");
        }
        return () -> selected.apply(access);
    }

    private static Ticket forAgent(Row row) {
        UUID id = row.id();
        long number = row.largeNumber();
        String title = row.text();
        String description = row.text();
        TicketStatus status = TicketColumns.status(row);
        Priority priority = TicketColumns.priority(row);
        List<String> tags = row.texts();
        Map<String, JsonValue> fields = fields(row.text());
        Optional<CustomerTicket.Feedback> feedback = feedback(row);
        Optional<String> channel = Optional.ofNullable(row.optionalText());
        Instant createdAt = row.time();
        Instant updatedAt = row.time();
        UUID createdBy = row.id();
        UUID customerId = row.id();
        String email = row.text();
        List<Ticket.Assignee> assignees = TicketColumns.assignees(row);
        Instant since = row.time();
        return new Ticket(
                id,
                number,
                title,
                description,
                status,
                priority,
                tags,
                fields,
                feedback,
                channel,
                createdAt,
                updatedAt,
                createdBy,
                customerId,
                email,
                assignees,
                since,
                Optional.ofNullable(row.optionalTime()),
                TicketColumns.closedAt(status, since),
                Optional.ofNullable(row.optionalTime()),
                TicketColumns.written(row),
                row.number());
    }

    private static CustomerTicket forCustomer(Row row, AgentDisplay display) {
        UUID id = row.id();
        long number = row.largeNumber();
        String title = row.text();
        String description = row.text();
        TicketStatus status = TicketColumns.status(row);
        Priority priority = TicketColumns.priority(row);
        Optional<CustomerTicket.Feedback> feedback = feedback(row);
        Optional<String> channel = Optional.ofNullable(row.optionalText());
        Instant createdAt = row.time();
        Instant updatedAt = row.time();
        List<String> assignees = TicketColumns.assigneesShown(row, display);
        Instant since = row.time();
        return new CustomerTicket(
                id,
                number,
                title,
                description,
                status,
                priority,
                feedback,
                channel,
                createdAt,
                updatedAt,
                assignees,
                since,
                Optional.ofNullable(row.optionalTime()),
                TicketColumns.closedAt(status, since),
                TicketColumns.writtenShown(row, display),
                row.number());
    }

    /** Most tickets have none, and need no parser. */
    private static Map<String, JsonValue> fields(String json) {
        return json.equals("{}") ? Map.of() : JsonValue.parse(json).members();
    }

    private static Optional<CustomerTicket.Feedback> feedback(Row row) {
        return row.rows(one -> new CustomerTicket.Feedback(one.number(), one.optionalText(), one.time())).stream()
                .findFirst();
    }
}
