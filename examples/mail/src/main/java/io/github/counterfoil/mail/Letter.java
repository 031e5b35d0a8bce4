package io.github.counterfoil.mail;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A mail that is to leave, for one customer.
 *
 * @param eventId null for the opening
 * @param author who is read to have written it; empty for the desk itself
 * @param files attachments of the event
 * @param thread Message-IDs of the mails of this ticket between here and this customer, the oldest first
 */
record Letter(
        String messageId,
        UUID ticketId,
        @Nullable UUID eventId,
        UUID customerId,
        Kind kind,
        String author,
        String subject,
        String body,
        List<UUID> files,
        List<String> thread,
        Instant writtenAt) {

    enum Kind {
        OPENED,
        MESSAGE,
        CLOSED
    }

    Letter saying(String newAuthor, String newSubject, String newBody) {
        return new Letter(
                messageId,
                ticketId,
                eventId,
                customerId,
                kind,
                newAuthor,
                newSubject,
                newBody,
                files,
                thread,
                writtenAt);
    }

    @Override
    public String toString() {
        return "Letter[" + messageId + "]";
    }
}
