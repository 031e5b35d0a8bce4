package io.github.counterfoil.mail;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.error.CounterfoilException;
import io.github.counterfoil.error.DatabaseFailure;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.OutcomeUnknown;
import io.github.counterfoil.error.Refusal;
import io.github.counterfoil.error.TransactionAborted;
import io.github.counterfoil.error.Unavailable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * Takes mails in: each becomes a ticket, a reply or a note, once, however often it comes and to however many nodes; or it is kept aside with a
 * reason. All that a mail does is one transaction.
 *
 * <p>The service keeps attachments in the database, so that they are part of it.
 */
public final class MailIn {
    private static final Pattern ADDRESS = Pattern.compile("[^\\s\\p{Cntrl}@]{1,200}@[^\\s\\p{Cntrl}@]{1,200}");

    /** The class of SQLSTATEs that a value causes, whenever it comes. */
    static final String BAD_DATA = "22";

    private final Transactions transactions;
    private final MailSettings settings;
    private final OwnMessageIds ownIds;
    private final TicketService tickets;

    public MailIn(DataSource dataSource, TicketService tickets, MailSettings settings) {
        this.transactions = new Transactions(dataSource);
        this.tickets = tickets;
        this.settings = settings;
        this.ownIds = new OwnMessageIds(settings.domain());
    }

    /** What became of a mail. */
    public enum Outcome {
        /** It opened a ticket. */
        OPENED,
        /** It is a message in a ticket. */
        REPLIED,
        /** It answers by itself, and is a note for the staff. */
        NOTED,
        /** A mail of ours did not arrive, which is noted in its ticket. */
        BOUNCED,
        /** It was taken before. */
        ALREADY_THERE,
        /** It is kept aside, see the reason. */
        NOT_TAKEN
    }

    /**
     * @param ticketId where it is; empty where it is nowhere, and for a mail that was a customer's when it came the first time and of
     *     whose ticket nothing is known now
     * @param reason why it was not taken: one of this recipe's, or the code of what Counterfoil refused
     */
    public record Result(Outcome outcome, Optional<UUID> ticketId, Optional<String> reason) {
        static Result of(Outcome outcome, UUID ticketId) {
            return new Result(outcome, Optional.of(ticketId), Optional.empty());
        }

        static Result notTaken(String reason) {
            return new Result(Outcome.NOT_TAKEN, Optional.empty(), Optional.of(reason));
        }
    }

    // region: take
    /**
     * @param bytes of the mail, as the mail server has them
     * @return what became of it; after this it may be deleted from the mailbox
     * @throws Unavailable and its like, if nobody knows: leave the mail where it is, it will come again
     */
    public Result take(byte[] bytes) throws SQLException {
        IncomingMail mail = IncomingMail.read(bytes);
        Optional<String> hopeless = unfit(mail);
        if (hopeless.isPresent()) {
            return keepAside(mail, hopeless.get());
        }
        try {
            return transactions.run(transaction -> {
                Result result = new Arrival(tickets.joining(transaction), transaction, settings, mail).result();
                if (result.outcome() == Outcome.NOT_TAKEN) {
                    insertAside(transaction, mail, result.reason().orElseThrow());
                }
                return result;
            });
        } catch (Unavailable | OutcomeUnknown | TransactionAborted e) {
            throw e; // the database's trouble, and not the mail's
        } catch (InvalidInput e) {
            InvalidInput.Fault fault = e.faults().get(0);
            return keepAside(mail, fault.field() + "." + fault.code());
        } catch (Refusal | DatabaseFailure e) {
            return keepAside(mail, e.code());
        } catch (CounterfoilException e) {
            throw e; // of how the host is built
        } catch (SQLException e) {
            if (String.valueOf(e.getSQLState()).startsWith(BAD_DATA)) {
                return keepAside(mail, "failed." + e.getSQLState());
            }
            throw e;
        } catch (RuntimeException e) {
            return keepAside(mail, "failed." + e.getClass().getSimpleName());
        }
    }
    // endregion

    /** Takes a mail that was kept aside again, now that what kept it aside may be over. Its result is kept in its place. */
    public Result takeAgain(UUID asideId) throws SQLException {
        byte[] bytes = transactions.run(transaction -> bytesAside(transaction, asideId));
        Result result = take(bytes);
        if (result.outcome() != Outcome.NOT_TAKEN) {
            transactions.run(transaction -> {
                try (PreparedStatement delete = transaction.prepareStatement("delete from mail.aside where id = ?")) {
                    delete.setObject(1, asideId);
                    return delete.executeUpdate();
                }
            });
        }
        return result;
    }

    /** Why nothing can be done with it, whoever sent it. */
    private Optional<String> unfit(IncomingMail mail) {
        if (mail.bytes().length > settings.mostBytes()) {
            return Optional.of("mail.too_large");
        }
        if (mail.from().isEmpty()) {
            return Optional.of("sender.missing");
        }
        if (mail.from().size() > 1) {
            return Optional.of("sender.several");
        }
        if (!ADDRESS.matcher(mail.from().get(0).address()).matches()) {
            return Optional.of("sender.malformed");
        }
        return isOwn(mail) ? Optional.of("mail.own") : Optional.empty();
    }

    // region: own
    /** What left here and came back: it would be answered again and again. */
    private boolean isOwn(IncomingMail mail) {
        return mail.from().get(0).address().equals(settings.address())
                || mail.loops().contains(settings.address())
                || ownIds.isOwn(mail.messageId());
    }
    // endregion

    void keepAside(byte[] bytes, String reason) throws SQLException {
        keepAside(IncomingMail.read(bytes), reason);
    }

    private Result keepAside(IncomingMail mail, String reason) throws SQLException {
        transactions.run(transaction -> {
            insertAside(transaction, mail, reason);
            return true;
        });
        return Result.notTaken(reason);
    }

    private static void insertAside(Connection transaction, IncomingMail mail, String reason) throws SQLException {
        String sender = mail.from().isEmpty() ? "" : mail.from().get(0).address();
        try (PreparedStatement insert =
                transaction.prepareStatement("insert into mail.aside (digest, sender, reason, mail) values (?, ?, ?, ?)"
                        + " on conflict (digest) do update set reason = excluded.reason")) {
            insert.setString(1, MailReader.digest(mail.bytes()));
            insert.setString(2, storable(sender));
            insert.setString(3, reason);
            insert.setBytes(4, mail.bytes());
            insert.executeUpdate();
        }
    }

    /** PostgreSQL stores no NUL, and the mail itself has all of it. */
    private static String storable(String text) {
        return text.replace('\0', '?');
    }

    private static byte[] bytesAside(Connection transaction, UUID asideId) throws SQLException {
        try (PreparedStatement select = transaction.prepareStatement("select mail from mail.aside where id = ?")) {
            select.setObject(1, asideId);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw new IllegalArgumentException("no mail of this id is kept aside");
                }
                return row.getBytes(1);
            }
        }
    }
}
