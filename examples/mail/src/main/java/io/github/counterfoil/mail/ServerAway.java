package io.github.counterfoil.mail;

import jakarta.mail.MessagingException;

/** The mail server takes no mails now. */
final class ServerAway extends MessagingException {
    private static final long serialVersionUID = 1L;

    ServerAway(MessagingException reason) {
        super("the mail server is away", reason);
    }
}
