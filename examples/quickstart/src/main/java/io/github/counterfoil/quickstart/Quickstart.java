package io.github.counterfoil.quickstart;

import io.github.counterfoil.embedded.EmbeddedPostgresql;
import io.github.counterfoil.event.CustomerEvent;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.ticket.CustomerTicket;
import io.github.counterfoil.ticket.Ticket;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** Plays a support day on an embedded PostgreSQL, and prints one ticket as either side sees it, and as SQL does. */
public final class Quickstart {

    private Quickstart() {}

    public static void main(String[] args) throws SQLException {
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (EmbeddedPostgresql postgresql = EmbeddedPostgresql.start()) {
            run(postgresql.dataSource(), new Terminal(out, Terminal.showsColours()));
        }
    }

    static void run(DataSource dataSource, Terminal terminal) throws SQLException {
        SupportDay day = new SupportDay(dataSource);
        UUID ticketId = day.play();
        printBothViews(day, ticketId, terminal);
        terminal.heading("The same ticket in SQL: SELECT * FROM counterfoil.tickets");
        terminal.text(documentedRow(dataSource, ticketId));
    }

    private static void printBothViews(SupportDay day, UUID ticketId, Terminal terminal) {
        Ticket agents = day.jane().on(ticketId).ticket();
        CustomerTicket customers = day.ada().on(ticketId).ticket();
        terminal.heading("One ticket, two sides of the counter");
        terminal.row("WHAT THE AGENTS SEE", "WHAT THE CUSTOMER SEES");
        terminal.rule();
        terminal.row(
                agents.title() + " (" + agents.priority() + ")", customers.title() + " (" + customers.priority() + ")");
        terminal.row(
                agents.status() + ", version " + agents.version(),
                customers.status() + ", version " + customers.version());
        terminal.row(
                "assigned to "
                        + agents.assignedTo().stream()
                                .map(worker -> (worker.firstName() + " " + worker.lastName()).strip())
                                .collect(Collectors.joining(", ")),
                "assigned to " + String.join(", ", customers.assignedTo()));
        terminal.row(
                "fields "
                        + agents.customFields().entrySet().stream()
                                .map(field ->
                                        field.getKey() + "=" + field.getValue().text())
                                .collect(Collectors.joining(", ")),
                "");
        terminal.rule();
        Map<UUID, CustomerEvent> seen = day.ada().on(ticketId).history(PageRequest.oldestFirst(50)).items().stream()
                .collect(Collectors.toMap(CustomerEvent::id, Function.identity()));
        for (TicketEvent event :
                day.jane().on(ticketId).history(PageRequest.oldestFirst(50)).items()) {
            CustomerEvent same = seen.get(event.id());
            terminal.row(line(event, day), same == null ? "" : line(same));
        }
    }

    private static String line(TicketEvent event, SupportDay day) {
        return "%2d. %s: %s".formatted(event.seq(), event.author().firstName(), words(event, day));
    }

    private static String line(CustomerEvent event) {
        return "%2d. %s: %s".formatted(event.number(), event.authorName(), words(event));
    }

    private static String words(TicketEvent event, SupportDay day) {
        if (event instanceof TicketEvent.Message e) {
            return e.content();
        } else if (event instanceof TicketEvent.NoteAdded e) {
            return "(note) " + e.content();
        } else if (event instanceof TicketEvent.StatusUpdate e) {
            return e.oldValue() + " -> " + e.newValue();
        } else if (event instanceof TicketEvent.FieldAdded e) {
            return "field " + e.fieldName() + " is " + e.newValue().text();
        } else if (event instanceof TicketEvent.FieldRemoved e) {
            return "field " + e.fieldName() + " was " + e.oldValue().text();
        } else if (event instanceof TicketEvent.AssignmentAdded e) {
            return "assigned " + day.workerName(e.agentId());
        } else if (event instanceof TicketEvent.AssignmentRemoved e) {
            return "unassigned " + day.workerName(e.agentId());
        } else if (event instanceof TicketEvent.FeedbackSubmitted e) {
            return "rated " + e.rating() + " of 5";
        }
        return event.type();
    }

    private static String words(CustomerEvent event) {
        if (event instanceof CustomerEvent.Message e) {
            return e.content();
        } else if (event instanceof CustomerEvent.StatusUpdate e) {
            return e.oldValue() + " -> " + e.newValue();
        } else if (event instanceof CustomerEvent.AssignmentAdded e) {
            return e.agentName() + " takes care";
        } else if (event instanceof CustomerEvent.AssignmentRemoved e) {
            return e.agentName() + " hands over";
        } else if (event instanceof CustomerEvent.FeedbackSubmitted e) {
            return "rated " + e.rating() + " of 5";
        }
        return event.type();
    }

    private static String documentedRow(DataSource dataSource, UUID ticketId) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "select jsonb_pretty(to_jsonb(t)) from counterfoil.tickets t where id = ?")) {
            statement.setObject(1, ticketId);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }
}
