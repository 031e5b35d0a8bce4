package io.github.counterfoil.mail;

import com.zaxxer.hikari.HikariDataSource;
import io.github.counterfoil.TicketService;
import io.github.counterfoil.desk.AgentDesk;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.mail.MailIn.Result;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.people.Customer;
import io.github.counterfoil.people.NewCustomer;
import io.github.counterfoil.people.NewWorker;
import io.github.counterfoil.people.WorkerRole;
import io.github.counterfoil.ticket.TicketQuery;
import io.github.counterfoil.ticket.TicketSummary;
import io.github.counterfoil.ticket.Workflow;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** A desk with its mail; what is sent is kept in a list. */
final class MailPlace implements AutoCloseable {
    static final String SUPPORT = "support@example.com";
    static final UUID JANE = UUID.fromString("00000000-0000-4000-8000-000000000001");
    static final UUID EVE = UUID.fromString("00000000-0000-4000-8000-000000000003");
    static final MailSettings SETTINGS = MailSettings.of(SUPPORT, "Example Support");
    static final int MOST_FILE = 200_000;

    final String url = MailDatabase.create();
    final HikariDataSource dataSource = MailDatabase.pool(url);
    final TicketService tickets;
    final MailIn in;
    final MailOut out;
    final List<MimeMessage> sent = new CopyOnWriteArrayList<>();
    final Outbox outbox;

    MailPlace(MailSettings settings, Workflow workflow) {
        tickets = TicketService.builder(dataSource)
                .attachmentsInDatabase(MOST_FILE)
                .workflow(workflow)
                .build();
        in = new MailIn(dataSource, tickets, settings);
        out = new MailOut(tickets, settings);
        outbox = new Outbox(
                dataSource, tickets, settings, Session.getInstance(new Properties()), Duration.ofMinutes(5), sent::add);
        out.register();
        tickets.people().registerWorker(NewWorker.of(JANE, "jane@example.com", "Jane", "Smith"));
        tickets.people()
                .registerWorker(
                        NewWorker.of(EVE, "eve@example.com", "Eve", "Boss").role(WorkerRole.ADMIN));
    }

    static MailPlace open() {
        return new MailPlace(SETTINGS, Workflow.standard());
    }

    AgentDesk jane() {
        return tickets.agent(JANE);
    }

    UUID customer(String email, String firstName, String lastName) {
        UUID id = UUID.randomUUID();
        tickets.people().registerCustomer(NewCustomer.of(id, email, firstName, lastName));
        return id;
    }

    Customer customer(String email) {
        return tickets.people().customerByEmail(email).orElseThrow();
    }

    Result take(Eml mail) {
        return take(mail.bytes());
    }

    Result take(byte[] bytes) {
        try {
            return in.take(bytes);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    Result takeAgain(UUID asideId) {
        try {
            return in.takeAgain(asideId);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The one mail that is kept aside. */
    UUID aside() {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select id from mail.aside")) {
            row.next();
            return row.getObject(1, UUID.class);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The ticket that a mail opened or went to. */
    UUID ticket(Eml mail) {
        return take(mail).ticketId().orElseThrow();
    }

    /** All that waits goes out. */
    List<MimeMessage> settle() {
        int before = sent.size();
        try {
            while (out.fillOutbox() > 0) {
                // until there is nothing more
            }
            outbox.send();
        } catch (SQLException | MessagingException e) {
            throw new IllegalStateException(e);
        }
        return new ArrayList<>(sent.subList(before, sent.size()));
    }

    List<TicketSummary> ticketsOf(String email) {
        TicketQuery query = TicketQuery.all().ofCustomer(customer(email).id());
        return jane().find(query, PageRequest.oldestFirst(200)).items();
    }

    List<TicketEvent> events(UUID ticket) {
        List<TicketEvent> events = new ArrayList<>();
        PageRequest.oldestFirst(200).forEach(jane().on(ticket)::history, events::add);
        return events;
    }

    List<String> messages(UUID ticket) {
        return events(ticket).stream()
                .filter(TicketEvent.Message.class::isInstance)
                .map(event -> ((TicketEvent.Message) event).content())
                .toList();
    }

    long count(String from) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from " + from)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void sql(String sql) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static String to(MimeMessage mail) {
        try {
            return ((InternetAddress) mail.getRecipients(Message.RecipientType.TO)[0]).getAddress();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    static String header(MimeMessage mail, String name) {
        try {
            return String.valueOf(mail.getHeader(name, ",")).replace("\r\n", "");
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    static String all(MimeMessage mail) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            mail.writeTo(bytes);
            return bytes.toString(StandardCharsets.UTF_8);
        } catch (IOException | MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        dataSource.close();
    }
}
