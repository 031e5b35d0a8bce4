package io.github.counterfoil.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.IOException;
import java.io.OutputStream;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.jspecify.annotations.Nullable;

/** A mail that keeps the Message-ID that it was given, and knows whether a mail server asked for it. */
final class Envelope extends SMTPMessage {
    private final String messageId;
    private boolean handedOver;

    Envelope(Session session, String messageId) {
        super(session);
        this.messageId = messageId;
    }

    /** Whether a mail server said that it would take the bytes: from then on it may have the mail, whatever is heard of it. */
    boolean handedOver() {
        return handedOver;
    }

    @Override
    public void writeTo(OutputStream to, String @Nullable [] ignored) throws IOException, MessagingException {
        handedOver = true;
        super.writeTo(to, ignored);
    }

    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", messageId);
    }
}
