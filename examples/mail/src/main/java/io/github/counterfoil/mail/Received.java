package io.github.counterfoil.mail;

import io.github.counterfoil.mail.MailIn.Outcome;
import io.github.counterfoil.mail.MailIn.Result;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** The mails that were taken, as far as one that comes in has to know of them. */
record Received(Connection transaction, IncomingMail mail, String sender) {

    /** What came before under the Message-ID from the same sender; that of somebody else is another mail. */
    Optional<Result> before() throws SQLException {
        try (PreparedStatement select = transaction.prepareStatement(
                "select ticket_id, content from mail.incoming where sender = ? and message_id = ?")) {
            select.setString(1, sender);
            select.setString(2, mail.messageId());
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                return Optional.of(
                        row.getString("content").equals(mail.content())
                                ? Result.of(Outcome.ALREADY_THERE, row.getObject("ticket_id", UUID.class))
                                : Result.notTaken("message_id.reused"));
            }
        }
    }

    // region: counted
    long ofSender(Duration window) throws SQLException {
        return count("sender = ?", sender, window);
    }

    long inTicket(UUID ticket, Duration window) throws SQLException {
        return count("ticket_id = ?", ticket, window);
    }

    private long count(String which, Object value, Duration window) throws SQLException {
        try (PreparedStatement select = transaction.prepareStatement("select count(*) from mail.incoming where " + which
                + " and received_at > clock_timestamp() - make_interval(secs => ?)")) {
            select.setObject(1, value);
            select.setDouble(2, window.toMillis() / 1000.0);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
    // endregion

    void keepOriginal(UUID ticketId, UUID customerId) throws SQLException {
        try (PreparedStatement insert = transaction.prepareStatement(
                "insert into mail.original"
                        + " (sender, message_id, ticket_id, customer_id, mail) values (?, ?, ?, ?, ?)"
                        + " on conflict (sender, message_id) do update set ticket_id = excluded.ticket_id, mail = excluded.mail")) {
            insert.setString(1, sender);
            insert.setString(2, mail.messageId());
            insert.setObject(3, ticketId);
            insert.setObject(4, customerId);
            insert.setBytes(5, mail.bytes());
            insert.executeUpdate();
        }
    }

    Result store(Outcome outcome, UUID ticketId, UUID customerId) throws SQLException {
        try (PreparedStatement insert = transaction.prepareStatement("insert into mail.incoming"
                + " (sender, message_id, content, ticket_id, customer_id, outcome, automatic)"
                + " values (?, ?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, sender);
            insert.setString(2, mail.messageId());
            insert.setString(3, mail.content());
            insert.setObject(4, ticketId);
            insert.setObject(5, customerId);
            insert.setString(6, outcome.name());
            insert.setBoolean(7, mail.isAutomatic());
            insert.executeUpdate();
        }
        return Result.of(outcome, ticketId);
    }
}
