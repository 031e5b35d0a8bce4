package io.github.counterfoil.internal.ticket;

import static io.github.counterfoil.internal.database.JsonRows.selectRow;
import static io.github.counterfoil.internal.jooq.Tables.CUSTOMER;
import static io.github.counterfoil.internal.jooq.Tables.TICKET;
import static io.github.counterfoil.internal.jooq.Tables.TICKET_ASSIGNMENT;
import static io.github.counterfoil.internal.jooq.Tables.TICKET_FEEDBACK;
import static io.github.counterfoil.internal.jooq.Tables.WORKER;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.octetLength;
import static org.jooq.impl.DSL.select;

import io.github.counterfoil.event.Role;
import io.github.counterfoil.internal.access.Access;
import io.github.counterfoil.internal.access.AgentName;
import io.github.counterfoil.internal.database.JsonRows;
import io.github.counterfoil.internal.database.Row;
import io.github.counterfoil.internal.jooq.tables.WorkerTable;
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
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * A ticket as one side of the counter sees it: the columns to select of the ticket that a query is at, and the value they
 * become. What a side does not see it does not select.
 *
 * @param side who sees it
 * @param bytes how much of an answer a ticket is: of what may be large in it, what the side sees
 * @param reader reads the columns
 */
public record TicketShape<T>(
        Role side,
        List<Field<?>> columns,
        Field<Integer> bytes,
        Function<Row, T> reader,
        Function<T, UUID> id,
        Function<T, Instant> createdAt) {
    /** Of what is small: names, tags, numbers and times. */
    private static final int OTHER_BYTES = 1024;

    private static final WorkerTable ASSIGNEE = WORKER.as("assignee");

    private static final Field<JSONB> ASSIGNED_TO =
            JsonRows.rows(selectRow(ASSIGNEE.ID, ASSIGNEE.FIRST_NAME, ASSIGNEE.LAST_NAME)
                    .from(TICKET_ASSIGNMENT)
                    .join(ASSIGNEE)
                    .on(ASSIGNEE.ID.eq(TICKET_ASSIGNMENT.WORKER_ID))
                    .where(TICKET_ASSIGNMENT.TICKET_ID.eq(TICKET.ID))
                    .orderBy(TICKET_ASSIGNMENT.ASSIGNED_AT, ASSIGNEE.ID));

    private static final Field<JSONB> SHOWN_ASSIGNED_TO = DSL.when(TICKET.SHOWN_ASSIGNED_TO.isNull(), ASSIGNED_TO)
            .otherwise(JsonRows.rows(selectRow(ASSIGNEE.ID, ASSIGNEE.FIRST_NAME, ASSIGNEE.LAST_NAME)
                    .from(ASSIGNEE)
                    .where(ASSIGNEE.ID.eq(any(TICKET.SHOWN_ASSIGNED_TO)))
                    .orderBy(DSL.function(
                            DSL.name("pg_catalog", "array_position"),
                            SQLDataType.INTEGER,
                            TICKET.SHOWN_ASSIGNED_TO,
                            ASSIGNEE.ID))));

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

    private static Field<Integer> bytes(Field<String> description, Condition visible) {
        return octetLength(description)
                .plus(coalesce(
                        DSL.field(select(octetLength(TICKET_FEEDBACK.COMMENT))
                                .from(TICKET_FEEDBACK)
                                .where(TICKET_FEEDBACK.TICKET_ID.eq(TICKET.ID))
                                .and(visible)
                                .orderBy(TICKET_FEEDBACK.CLOSED_SEQ.desc())
                                .limit(inline(1))),
                        inline(0)))
                .plus(inline(OTHER_BYTES));
    }

    /** For the staff. */
    public static final TicketShape<Ticket> AGENT = new TicketShape<>(
            Role.AGENT,
            List.of(
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
                    ASSIGNED_TO,
                    TICKET.LAST_SEQ),
            bytes(TICKET.DESCRIPTION, noCondition()).plus(octetLength(TICKET.CUSTOM_FIELDS.cast(String.class))),
            TicketShape::forAgent,
            Ticket::id,
            Ticket::createdAt);

    private static final List<Field<?>> CUSTOMER_COLUMNS = List.of(
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
            SHOWN_ASSIGNED_TO,
            TICKET.LAST_PUBLIC_SEQ);

    /** For the ticket's customer, who sees agents by the names that the host chose. */
    public static TicketShape<CustomerTicket> customer(AgentDisplay display) {
        return new TicketShape<>(
                Role.CUSTOMER,
                CUSTOMER_COLUMNS,
                bytes(Shown.text(TICKET.DESCRIPTION), TICKET_FEEDBACK.PRIVATE.eq(inline(false))),
                row -> forCustomer(row, display),
                CustomerTicket::id,
                CustomerTicket::createdAt);
    }

    /** The columns for who is on the same side, whose text nobody on the other side is given. */
    public List<Field<?>> columns(Access access) {
        if (side != access.actor().role()) {
            throw new IllegalArgumentException("a ticket of another side");
        }
        return columns;
    }

    private static Ticket forAgent(Row row) {
        return new Ticket(
                row.id(),
                row.largeNumber(),
                row.text(),
                row.text(),
                status(row),
                priority(row),
                row.texts(),
                fields(row.text()),
                feedback(row),
                Optional.ofNullable(row.optionalText()),
                row.time(),
                row.time(),
                row.id(),
                row.id(),
                row.text(),
                assignees(row),
                row.number());
    }

    private static CustomerTicket forCustomer(Row row, AgentDisplay display) {
        return new CustomerTicket(
                row.id(),
                row.largeNumber(),
                row.text(),
                row.text(),
                status(row),
                priority(row),
                feedback(row),
                Optional.ofNullable(row.optionalText()),
                row.time(),
                row.time(),
                assignees(row).stream()
                        .map(assignee -> new AgentName(assignee.firstName(), assignee.lastName()).shown(display))
                        .limit(display.form() == AgentDisplay.Form.TEAM ? 1 : Long.MAX_VALUE)
                        .toList(),
                row.number());
    }

    /** Most tickets have none, and need no parser. */
    private static Map<String, JsonValue> fields(String json) {
        return json.equals("{}") ? Map.of() : JsonValue.parse(json).members();
    }

    private static TicketStatus status(Row row) {
        return TicketStatus.ofWireName(row.word()).orElseThrow();
    }

    private static Priority priority(Row row) {
        return Priority.ofWireName(row.word()).orElseThrow();
    }

    private static Optional<CustomerTicket.Feedback> feedback(Row row) {
        return row.rows(one -> new CustomerTicket.Feedback(one.number(), one.optionalText(), one.time())).stream()
                .findFirst();
    }

    private static List<Ticket.Assignee> assignees(Row row) {
        return row.rows(one -> new Ticket.Assignee(one.id(), one.text(), one.text()));
    }
}
