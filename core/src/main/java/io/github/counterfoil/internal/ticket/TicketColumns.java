package io.github.counterfoil.internal.ticket;

import static io.github.counterfoil.internal.database.JsonRows.selectRow;
import static io.github.counterfoil.internal.jooq.Tables.TICKET;
import static io.github.counterfoil.internal.jooq.Tables.TICKET_ASSIGNMENT;
import static io.github.counterfoil.internal.jooq.Tables.WORKER;
import static org.jooq.impl.DSL.any;

import io.github.counterfoil.internal.access.AgentName;
import io.github.counterfoil.internal.database.JsonRows;
import io.github.counterfoil.internal.database.Row;
import io.github.counterfoil.internal.jooq.tables.WorkerTable;
import io.github.counterfoil.people.AgentDisplay;
import io.github.counterfoil.ticket.CustomerTicketSummary;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.Ticket;
import io.github.counterfoil.ticket.TicketStatus;
import io.github.counterfoil.ticket.TicketSummary;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** Columns of the ticket that a query is at that a ticket and its summary share, and how they are read. */
public final class TicketColumns {
    private static final WorkerTable ASSIGNEE = WORKER.as("assignee");

    public static final Field<JSONB> ASSIGNED_TO =
            JsonRows.rows(selectRow(ASSIGNEE.ID, ASSIGNEE.FIRST_NAME, ASSIGNEE.LAST_NAME)
                    .from(TICKET_ASSIGNMENT)
                    .join(ASSIGNEE)
                    .on(ASSIGNEE.ID.eq(TICKET_ASSIGNMENT.WORKER_ID))
                    .where(TICKET_ASSIGNMENT.TICKET_ID.eq(TICKET.ID))
                    .orderBy(TICKET_ASSIGNMENT.ASSIGNED_AT, ASSIGNEE.ID));

    public static final Field<JSONB> SHOWN_ASSIGNED_TO = DSL.when(TICKET.SHOWN_ASSIGNED_TO.isNull(), ASSIGNED_TO)
            .otherwise(JsonRows.rows(selectRow(ASSIGNEE.ID, ASSIGNEE.FIRST_NAME, ASSIGNEE.LAST_NAME)
                    .from(ASSIGNEE)
                    .where(ASSIGNEE.ID.eq(any(TICKET.SHOWN_ASSIGNED_TO)))
                    .orderBy(DSL.function(
                            DSL.name("pg_catalog", "array_position"),
                            SQLDataType.INTEGER,
                            TICKET.SHOWN_ASSIGNED_TO,
                            ASSIGNEE.ID))));

    private TicketColumns() {}

    static TicketStatus status(Row row) {
        return TicketStatus.ofWireName(row.word()).orElseThrow();
    }

    static Priority priority(Row row) {
        return Priority.ofWireName(row.word()).orElseThrow();
    }

    /** A ticket is closed since it was closed. */
    static Optional<Instant> closedAt(TicketStatus status, Instant since) {
        return status == TicketStatus.CLOSED ? Optional.of(since) : Optional.empty();
    }

    public static List<Ticket.Assignee> assignees(Row row) {
        return row.rows(one -> new Ticket.Assignee(one.id(), one.text(), one.text()));
    }

    public static List<String> assigneesShown(Row row, AgentDisplay display) {
        return assignees(row).stream()
                .map(assignee -> new AgentName(assignee.firstName(), assignee.lastName()).shown(display))
                .limit(display.form() == AgentDisplay.Form.TEAM ? 1 : Long.MAX_VALUE)
                .toList();
    }

    static Optional<TicketSummary.Written> written(Row row) {
        return row
                .rows(one ->
                        new TicketSummary.Written(one.id(), one.text(), one.text(), one.flag(), one.flag(), one.time()))
                .stream()
                .findFirst();
    }

    static Optional<CustomerTicketSummary.Written> writtenShown(Row row, AgentDisplay display) {
        return row
                .rows(one -> {
                    AgentName author = new AgentName(one.text(), one.text());
                    boolean agent = one.flag();
                    return new CustomerTicketSummary.Written(
                            author.shown(agent ? display : AgentDisplay.fullNames()), agent, one.time());
                })
                .stream()
                .findFirst();
    }
}
