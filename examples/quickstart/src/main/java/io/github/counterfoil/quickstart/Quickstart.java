package io.github.counterfoil.quickstart;

import static io.github.counterfoil.ticket.TicketQuery.Sort.RELEVANCE;
import static io.github.counterfoil.ticket.TicketStatus.CLOSED;

import io.github.counterfoil.embedded.EmbeddedPostgresql;
import io.github.counterfoil.event.CustomerEvent;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.ticket.CustomerTicket;
import io.github.counterfoil.ticket.CustomerTicketSummary;
import io.github.counterfoil.ticket.Ticket;
import io.github.counterfoil.ticket.TicketQuery;
import io.github.counterfoil.ticket.TicketSummary;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
        printInbox(day, terminal);
        printBothViews(day, ticketId, terminal);
        terminal.heading("The same ticket in SQL: SELECT * FROM counterfoil.tickets");
        terminal.text(documentedRow(dataSource, ticketId));
    }

    private static void printInbox(SupportDay day, Terminal terminal) {
        Map<String, TicketQuery> queues = new LinkedHashMap<>();
        queues.put("not closed", TicketQuery.unsolved());
        queues.put("nobody's", TicketQuery.unsolved().unassigned());
        queues.put("closed", TicketQuery.all().status(CLOSED));
        terminal.heading("The agents' inbox: "
                + day.jane().counts(queues).entrySet().stream()
                        .map(queue -> queue.getValue().number() + " " + queue.getKey())
                        .collect(Collectors.joining(", ")));
        PageRequest page = PageRequest.newestFirst(50);
        for (TicketSummary ticket :
                day.jane().find(TicketQuery.unsolved(), page).items()) {
            terminal.text("#%d  %s, %s, by %s %s"
                    .formatted(
                            ticket.number(),
                            ticket.title(),
                            ticket.status(),
                            ticket.customer().firstName(),
                            ticket.customer().lastName()));
        }
        terminal.heading("Who searches for \"recall\", a word of a private note");
        TicketQuery recall = TicketQuery.all().matching("recall").sort(RELEVANCE);
        terminal.text("Jane finds "
                + numbers(day.jane().find(recall, page).items().stream().map(TicketSummary::number)));
        terminal.text("Ada finds "
                + numbers(day.ada().find(recall, page).items().stream().map(CustomerTicketSummary::number)));
    }

    private static String numbers(Stream<Long> found) {
        String numbers = found.map(number -> "#" + number).collect(Collectors.joining(", "));
        return numbers.isEmpty() ? "nothing" : numbers;
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
