package io.github.counterfoil.mail;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.error.CounterfoilException;
import io.github.counterfoil.error.NotAllowed;
import io.github.counterfoil.error.TicketNotFound;
import io.github.counterfoil.mail.IncomingMail.Report;
import io.github.counterfoil.people.Customer;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.MimeMessage;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Sends what is in the outbox. A mail server cannot take part in a transaction: whoever is cut off between its answer and the row that says so
 * sends the mail again, with the same Message-ID, by which receivers know it.
 */
public final class Outbox {
    private final Transactions transactions;
    private final TicketService tickets;
    private final MailSettings settings;
    private final LetterWriter writer;
    private final Duration hold;
    private final Carrier carrier;

    /** @param session knows the mail server */
    public Outbox(DataSource dataSource, TicketService tickets, MailSettings settings, Session session) {
        this(dataSource, tickets, settings, session, Duration.ofMinutes(5), message -> carry(session, message));
    }

    /** @param hold for how long nobody else sends a mail: longer than a mail server may take */
    Outbox(
            DataSource dataSource,
            TicketService tickets,
            MailSettings settings,
            Session session,
            Duration hold,
            Carrier carrier) {
        this.transactions = new Transactions(dataSource);
        this.tickets = tickets;
        this.settings = settings;
        this.writer = new LetterWriter(tickets, settings, session);
        this.hold = hold;
        this.carrier = carrier;
    }

    @FunctionalInterface
    interface Carrier {
        void send(MimeMessage message) throws MessagingException;
    }

    /** Whatever is wrong before the mail's turn has come is the server's trouble. */
    private static void carry(Session session, MimeMessage message) throws MessagingException {
        Address[] recipients = message.getAllRecipients();
        Transport transport = session.getTransport(recipients[0]);
        try {
            connect(transport);
            transport.sendMessage(message, recipients);
        } finally {
            hangUp(transport);
        }
    }

    private static void hangUp(Transport transport) {
        try {
            transport.close();
        } catch (MessagingException e) {
            // What became of the mail was said before.
        }
    }

    private static void connect(Transport transport) throws MessagingException {
        try {
            transport.connect();
        } catch (MessagingException e) {
            throw new ServerAway(e);
        }
    }

    // region: send
    /**
     * Sends what waits, each in its turn. Any number of nodes may call it; no transaction is open while the mail server answers.
     *
     * @return how many were sent or given up
     * @throws MessagingException if the mail server is away
     */
    public int send() throws SQLException, MessagingException {
        int done = 0;
        while (true) {
            Optional<Letter> next = transactions.run(transaction -> new Outgoing(transaction).hold(hold));
            if (next.isEmpty()) {
                return done;
            }
            send(next.get());
            done++;
        }
    }

    private void send(Letter letter) throws SQLException, MessagingException {
        Optional<Customer> reader = reader(letter);
        if (reader.isEmpty()) {
            giveUp(letter, "not seen any more", false); // moved, purged, blocked or erased since
            return;
        }
        Optional<Letter> current = current(letter);
        if (current.isEmpty()) {
            giveUp(letter, "redacted", false);
            return;
        }
        try {
            carry(letter, writer.message(current.get(), reader.get()));
        } catch (ServerAway e) {
            transactions.run(transaction -> new Outgoing(transaction).giveBack(letter.messageId()));
            throw e;
        } catch (AddressException e) {
            giveUp(letter, "no address to send to", true);
        } catch (CounterfoilException e) {
            throw e; // the database's trouble, and not the mail's
        } catch (MessagingException | RuntimeException e) {
            failed(letter, e, false);
        }
    }

    private void carry(Letter letter, MimeMessage message) throws SQLException, MessagingException {
        try {
            carrier.send(message);
        } catch (MessagingException e) {
            Refused refused = Refused.by(e, message);
            if (refused == Refused.AWAY) {
                throw new ServerAway(e);
            }
            failed(letter, e, refused == Refused.FOR_GOOD);
            return;
        }
        transactions.run(transaction -> new Outgoing(transaction).sent(letter.messageId()));
    }
    // endregion

    /** Asked again when it leaves: they may see the ticket no more. */
    private Optional<Customer> reader(Letter letter) {
        try {
            return tickets.customer(letter.customerId())
                            .on(letter.ticketId())
                            .findTicket()
                            .isEmpty()
                    ? Optional.empty()
                    : tickets.people().customer(letter.customerId()).filter(customer -> !customer.blocked());
        } catch (NotAllowed e) {
            return Optional.empty();
        }
    }

    private Optional<Letter> current(Letter letter) {
        try {
            return new CurrentLetter(tickets.customer(letter.customerId()).on(letter.ticketId())).of(letter);
        } catch (TicketNotFound | NotAllowed e) {
            return Optional.empty(); // since it was asked for
        }
    }

    private void failed(Letter letter, Exception reason, boolean forGood) throws SQLException {
        boolean again =
                !forGood && transactions.run(transaction -> new Outgoing(transaction).tryLater(letter.messageId()));
        if (!again) {
            String said = String.valueOf(answered(reason).getMessage()).strip();
            giveUp(letter, said.length() <= 500 ? said : said.substring(0, 500), true);
        }
    }

    /** The mail server's own words, which are the innermost. */
    private static Exception answered(Exception reason) {
        Exception one = reason;
        while (one instanceof MessagingException outer
                && outer.getNextException() instanceof MessagingException inner) {
            one = inner;
        }
        return one;
    }

    /** @param told whether the staff is to know: nobody else will tell the customer */
    private void giveUp(Letter letter, String reason, boolean told) throws SQLException {
        transactions.run(transaction -> {
            Optional<Undelivered> undelivered =
                    Undelivered.give(transaction, new Report(letter.messageId(), true, reason));
            if (told && undelivered.isPresent()) {
                undelivered.get().tell(tickets.joining(transaction).system(settings.actor()));
            }
            return true;
        });
    }
}
