package io.github.counterfoil.mail.demo;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.github.counterfoil.TicketService;
import io.github.counterfoil.embedded.EmbeddedPostgresql;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.mail.IncomingMail;
import io.github.counterfoil.mail.MailIn;
import io.github.counterfoil.mail.MailOut;
import io.github.counterfoil.mail.MailSettings;
import io.github.counterfoil.mail.MailTables;
import io.github.counterfoil.mail.Mailbox;
import io.github.counterfoil.mail.Outbox;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.people.NewWorker;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/** Two customers write three mails, an agent answers one, and what went over the mail server is printed. */
public final class MailDemo {
    private static final String SUPPORT = "support@example.com";
    private static final String PASSWORD = "secret";
    private static final UUID JANE = UUID.randomUUID();
    private static final List<String> HEADERS =
            List.of("From", "To", "Subject", "Message-ID", "In-Reply-To", "References", "Auto-Submitted");
    private static final ServerSetup[] FREE_PORTS = {
        new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
        new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP)
    };

    private final GreenMail server;
    private final Session session;
    private final PrintStream terminal;
    private final Set<String> printed = new HashSet<>();

    private MailDemo(GreenMail server, PrintStream terminal) {
        this.server = server;
        this.terminal = terminal;
        Properties addresses = new Properties();
        addresses.setProperty("mail.smtp.host", "127.0.0.1");
        addresses.setProperty("mail.smtp.port", String.valueOf(server.getSmtp().getPort()));
        addresses.setProperty("mail.imap.host", "127.0.0.1");
        addresses.setProperty("mail.imap.port", String.valueOf(server.getImap().getPort()));
        this.session = Session.getInstance(addresses);
    }

    public static void main(String[] args) throws Exception {
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
        GreenMail server = new GreenMail(FREE_PORTS);
        server.start();
        try (EmbeddedPostgresql postgresql = EmbeddedPostgresql.start()) {
            server.setUser(SUPPORT, SUPPORT, PASSWORD);
            new MailDemo(server, new PrintStream(System.out, true, StandardCharsets.UTF_8))
                    .play(postgresql.dataSource());
        } finally {
            server.stop();
        }
    }

    private void play(DataSource dataSource) throws Exception {
        // region: host
        // GreenMail takes no mail without an envelope's sender.
        MailSettings settings = MailSettings.of(SUPPORT, "Example Support").automaticSender(SUPPORT);
        TicketService tickets =
                TicketService.builder(dataSource).attachmentsInDatabase().build();
        tickets.schema().apply();
        MailTables.create(dataSource);

        Mailbox mailbox = new Mailbox(new MailIn(dataSource, tickets, settings));
        MailOut mailOut = new MailOut(tickets, settings);
        mailOut.register();
        Outbox outbox = new Outbox(dataSource, tickets, settings, session);
        // endregion
        tickets.people().registerWorker(NewWorker.of(JANE, "jane@example.com", "Jane", "Smith"));

        mail("Ada Lovelace <ada@example.com>", "<1@ada.example>", "", "Printer on fire", "It burns.");
        mail("Bob <bob@example.com>", "<1@bob.example>", "<1@ada.example>", "[#1] me too", "I only guess numbers.");
        work(mailbox, mailOut, outbox);
        long number = 1;
        UUID ticket = tickets.agent(JANE).findByNumber(number).orElseThrow().id();
        tickets.agent(JANE).on(ticket).note("Known recall, see KB-7");
        tickets.agent(JANE).on(ticket).reply("Please unplug it.");
        work(mailbox, mailOut, outbox);
        mail(
                "Ada Lovelace <ada@example.com>",
                "<2@ada.example>",
                lastIdTo("ada@example.com"),
                "Re: [#1] Printer on fire",
                "It is out.");
        work(mailbox, mailOut, outbox);
        terminal.println("Ticket #" + number + " in the end:");
        PageRequest.oldestFirst(50)
                .forEach(
                        tickets.agent(JANE).on(ticket)::history,
                        event -> terminal.println("  " + event.author().firstName() + ": " + event.type()
                                + (event instanceof TicketEvent.NoteAdded ? ", which nobody was mailed" : "")));
    }

    // region: work
    /** What a scheduler does each few seconds, on any number of nodes. */
    private void work(Mailbox mailbox, MailOut mailOut, Outbox outbox) throws MessagingException, SQLException {
        try (Store store = session.getStore("imap")) {
            store.connect(SUPPORT, PASSWORD);
            mailbox.poll(store);
        }
        while (mailOut.fillOutbox() > 0) {
            // until there is nothing more
        }
        outbox.send();
        // endregion
        print();
    }

    private void mail(String from, String id, String parent, String subject, String text) throws MessagingException {
        MimeMessage mail = new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", id);
            }
        };
        mail.setFrom(from);
        mail.setRecipients(Message.RecipientType.TO, SUPPORT);
        mail.setSubject(subject);
        if (!parent.isEmpty()) {
            mail.setHeader("In-Reply-To", parent);
        }
        mail.setText(text);
        Transport.send(mail);
    }

    private String lastIdTo(String address) throws MessagingException {
        String last = "";
        for (MimeMessage mail : server.getReceivedMessages()) {
            last = mail.getAllRecipients()[0].toString().contains(address) ? mail.getMessageID() : last;
        }
        return last;
    }

    /** What came to customers and was not printed yet. */
    private void print() throws MessagingException {
        for (MimeMessage mail : server.getReceivedMessages()) {
            if (!mail.getAllRecipients()[0].toString().equals(SUPPORT) && printed.add(mail.getMessageID())) {
                for (String header : HEADERS) {
                    String value = mail.getHeader(header, ", ");
                    if (value != null) {
                        terminal.println(header + ": " + value);
                    }
                }
                byte[] bytes = GreenMailUtil.getWholeMessage(mail).getBytes(StandardCharsets.UTF_8);
                terminal.println("\n" + IncomingMail.read(bytes).text().strip().indent(4));
            }
        }
    }
}
