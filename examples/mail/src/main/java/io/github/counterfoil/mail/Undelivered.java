package io.github.counterfoil.mail;

import io.github.counterfoil.desk.AgentDesk;
import io.github.counterfoil.error.Refusal;
import io.github.counterfoil.mail.IncomingMail.Report;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A mail that will not arrive.
 *
 * @param eventId null for the opening
 */
record Undelivered(UUID ticketId, @Nullable UUID eventId, UUID customerId, String reason) {

    /** Gives a mail up, which happens once. Empty if it was before, and if no such mail left here. */
    static Optional<Undelivered> give(Connection transaction, Report report) throws SQLException {
        String reason =
                report.reason().isBlank() ? "undelivered" : report.reason().replace('\0', ' ');
        try (PreparedStatement update = transaction.prepareStatement(
                "update mail.outgoing set given_up = ?, subject = '', body = '', files = '{}'"
                        + " where message_id = ? and given_up is null returning ticket_id, event_id, customer_id")) {
            update.setString(1, reason);
            update.setString(2, report.messageId());
            try (ResultSet row = update.executeQuery()) {
                return row.next()
                        ? Optional.of(new Undelivered(
                                row.getObject(1, UUID.class),
                                row.getObject(2, UUID.class),
                                row.getObject(3, UUID.class),
                                reason))
                        : Optional.empty();
            }
        }
    }

    /** The staff sees it in the ticket, if there is one still. */
    void tell(AgentDesk desk) {
        try {
            if (eventId == null) {
                desk.on(ticketId).note(MailTexts.notAcknowledged()); // there is no event of which it could be said
            } else {
                desk.on(ticketId).deliveryFailed(eventId, "mail", reason);
            }
        } catch (Refusal e) {
            // It was purged meanwhile, with all that was to be told; or it is full.
        }
    }
}
