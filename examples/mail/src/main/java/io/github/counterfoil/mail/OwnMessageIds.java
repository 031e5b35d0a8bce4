package io.github.counterfoil.mail;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The Message-IDs of mails from here. They follow from what is told to whom: the same thing sent twice is the same mail, and what answers it
 * names the ticket. Whoever makes one up names a ticket as well, and gets no further than they may go at their own desk.
 */
final class OwnMessageIds {
    private static final String OPENING = "opened";
    private static final int RECIPIENT = 8;

    private final String domain;
    private final Pattern own;

    OwnMessageIds(String domain) {
        this.domain = domain;
        this.own = Pattern.compile(
                "<t\\.([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\\.[0-9a-z-]{6,36}\\.[0-9a-f]{8}@"
                        + Pattern.quote(domain) + ">");
    }

    // region: message-id
    /** @param eventId null for the opening */
    String of(UUID ticketId, @Nullable UUID eventId, UUID customerId) {
        String recipient = MailReader.digest(customerId.toString().getBytes(StandardCharsets.UTF_8));
        return "<t." + ticketId + "." + (eventId == null ? OPENING : eventId) + "." + recipient.substring(0, RECIPIENT)
                + "@" + domain + ">";
    }
    // endregion

    boolean isOwn(String messageId) {
        return own.matcher(messageId).matches();
    }

    /** Empty for any other mail's. */
    Optional<UUID> ticketOf(String messageId) {
        Matcher id = own.matcher(messageId);
        return id.matches() ? Optional.of(UUID.fromString(id.group(1))) : Optional.empty();
    }
}
