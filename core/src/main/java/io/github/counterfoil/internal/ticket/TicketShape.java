package io.github.counterfoil.internal.ticket;

import static io.github.counterfoil.internal.database.JsonRows.selectRow;
import static io.github.counterfoil.internal.jooq.Tables.CUSTOMER;
import static io.github.counterfoil.internal.jooq.Tables.TICKET;
import static io.github.counterfoil.internal.jooq.Tables.TICKET_ASSIGNMENT;
import static io.github.counterfoil.internal.jooq.Tables.TICKET_FEEDBACK;
import static io.github.counterfoil.internal.jooq.Tables.WORKER;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.octetLength;
import static org.jooq.impl.DSL.select;

import io.github.counterfoil.internal.access.AgentName;
import io.github.counterfoil.internal.database.JsonRows;
import io.github.counterfoil.internal.jooq.tables.CustomerTable;
import io.github.counterfoil.internal.jooq.tables.WorkerTable;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.people.AgentDisplay;
import io.github.counterfoil.ticket.CustomerTicket;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.Ticket;
import io.github.counterfoil.ticket.TicketStatus;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;

/**
 * A ticket as one side of the counter sees it: the columns to select, and the value they become. What a side does not see
 * it does not select.
 *
 * @param bytes how much of an answer a ticket is: of what may be large in it, what the side sees
 */
public record TicketShape<T>(List<Field<?>> columns, Field<Integer> bytes, Function<Record, T> reader) {
    /** Of what is small: names, tags, numbers and times. */
    private static final int OTHER_BYTES = 1024;

    static final CustomerTable OWNER = CUSTOMER.as("owner");
    private static final WorkerTable ASSIGNEE = WORKER.as("assignee");

    private static final Field<List<Ticket.Assignee>> ASSIGNED_TO = JsonRows.field(
            "assigned_to",
            selectRow(ASSIGNEE.ID, ASSIGNEE.FIRST_NAME, ASSIGNEE.LAST_NAME)
                    .from(TICKET_ASSIGNMENT)
                    .join(ASSIGNEE)
                    .on(ASSIGNEE.ID.eq(TICKET_ASSIGNMENT.WORKER_ID))
                    .where(TICKET_ASSIGNMENT.TICKET_ID.eq(TICKET.ID))
                    .orderBy(TICKET_ASSIGNMENT.ASSIGNED_AT, ASSIGNEE.ID),
            row -> new Ticket.Assignee(row.id(), row.text(), row.text()));

    private static final Field<List<CustomerTicket.Feedback>> FEEDBACK = JsonRows.field(
            "feedback",
            selectRow(TICKET_FEEDBACK.RATING, TICKET_FEEDBACK.COMMENT, TICKET_FEEDBACK.SUBMITTED_AT)
                    .from(TICKET_FEEDBACK)
                    .where(TICKET_FEEDBACK.TICKET_ID.eq(TICKET.ID))
                    .orderBy(TICKET_FEEDBACK.CLOSED_SEQ.desc())
                    .limit(1),
            row -> new CustomerTicket.Feedback(row.number(), row.optionalText(), row.time()));

    private static final Field<Integer> CUSTOMER_BYTES = octetLength(TICKET.DESCRIPTION)
            .plus(coalesce(
                    DSL.field(select(octetLength(TICKET_FEEDBACK.COMMENT))
                            .from(TICKET_FEEDBACK)
                            .where(TICKET_FEEDBACK.TICKET_ID.eq(TICKET.ID))
                            .orderBy(TICKET_FEEDBACK.CLOSED_SEQ.desc())
                            .limit(1)),
                    inline(0)))
            .plus(OTHER_BYTES);

    /** For the staff. */
    public static final TicketShape<Ticket> AGENT = new TicketShape<>(
            List.of(
                    TICKET.ID,
                    TICKET.TITLE,
                    TICKET.DESCRIPTION,
                    TICKET.STATUS,
                    TICKET.PRIORITY,
                    TICKET.TAGS,
                    TICKET.CUSTOM_FIELDS,
                    TICKET.SOURCE_CHANNEL,
                    TICKET.CREATED_AT,
                    TICKET.UPDATED_AT,
                    TICKET.CREATED_BY,
                    TICKET.CUSTOMER_ID,
                    TICKET.LAST_SEQ,
                    OWNER.EMAIL,
                    ASSIGNED_TO,
                    FEEDBACK),
            CUSTOMER_BYTES.plus(octetLength(TICKET.CUSTOM_FIELDS.cast(String.class))),
            TicketShape::forAgent);

    private static final List<Field<?>> CUSTOMER_COLUMNS = List.of(
            TICKET.ID,
            TICKET.TITLE,
            TICKET.DESCRIPTION,
            TICKET.STATUS,
            TICKET.PRIORITY,
            TICKET.SOURCE_CHANNEL,
            TICKET.CREATED_AT,
            TICKET.PUBLIC_UPDATED_AT,
            TICKET.LAST_PUBLIC_SEQ,
            ASSIGNED_TO,
            FEEDBACK);

    /** For the ticket's customer, who sees agents by the names that the host chose. */
    public static TicketShape<CustomerTicket> customer(AgentDisplay display) {
        return new TicketShape<>(CUSTOMER_COLUMNS, CUSTOMER_BYTES, row -> forCustomer(row, display));
    }

    private static Ticket forAgent(Record row) {
        return new Ticket(
                row.get(TICKET.ID),
                row.get(TICKET.TITLE),
                row.get(TICKET.DESCRIPTION),
                status(row),
                priority(row),
                List.of(row.get(TICKET.TAGS)),
                JsonValue.parse(row.get(TICKET.CUSTOM_FIELDS).data()).members(),
                row.get(FEEDBACK).stream().findFirst(),
                Optional.ofNullable(row.get(TICKET.SOURCE_CHANNEL)),
                row.get(TICKET.CREATED_AT),
                row.get(TICKET.UPDATED_AT),
                row.get(TICKET.CREATED_BY),
                row.get(TICKET.CUSTOMER_ID),
                row.get(OWNER.EMAIL),
                row.get(ASSIGNED_TO),
                row.get(TICKET.LAST_SEQ));
    }

    private static CustomerTicket forCustomer(Record row, AgentDisplay display) {
        return new CustomerTicket(
                row.get(TICKET.ID),
                row.get(TICKET.TITLE),
                row.get(TICKET.DESCRIPTION),
                status(row),
                priority(row),
                row.get(FEEDBACK).stream().findFirst(),
                Optional.ofNullable(row.get(TICKET.SOURCE_CHANNEL)),
                row.get(TICKET.CREATED_AT),
                row.get(TICKET.PUBLIC_UPDATED_AT),
                row.get(ASSIGNED_TO).stream()
                        .map(assignee -> new AgentName(assignee.firstName(), assignee.lastName()).shown(display))
                        .limit(display.form() == AgentDisplay.Form.TEAM ? 1 : Long.MAX_VALUE)
                        .toList(),
                row.get(TICKET.LAST_PUBLIC_SEQ));
    }

    private static TicketStatus status(Record row) {
        return TicketStatus.ofWireName(row.get(TICKET.STATUS)).orElseThrow();
    }

    private static Priority priority(Record row) {
        return Priority.ofWireName(row.get(TICKET.PRIORITY)).orElseThrow();
    }
}
