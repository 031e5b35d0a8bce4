package io.github.counterfoil.mail;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.util.MailConnectException;

/** What it means that a mail server did not take a mail. */
enum Refused {
    /** The server takes no mails now, from here or at all: this mail is no matter. */
    AWAY,
    /** This mail, for now; or nobody knows whether the server has it. */
    FOR_NOW,
    /** This mail, for good. */
    FOR_GOOD;

    private static final int GOING_AWAY = 421;
    private static final int NO_ANSWER = -1;

    // region: refused
    static Refused by(MessagingException failure, MimeMessage message) {
        if (failure instanceof ServerAway
                || failure instanceof MailConnectException
                || failure instanceof AuthenticationFailedException) {
            return AWAY;
        }
        boolean handedOver = message instanceof Envelope envelope && envelope.handedOver();
        for (Exception one = failure; one instanceof MessagingException next; one = next.getNextException()) {
            int code = code(next);
            if (code == NO_ANSWER) {
                return handedOver ? FOR_NOW : AWAY;
            }
            if (code == GOING_AWAY || code == 530 || code == 535) {
                return AWAY; // the last two want a login
            }
            if (code >= 400) {
                return code >= 500 ? FOR_GOOD : FOR_NOW;
            }
        }
        boolean cutOff = failure.getCause() instanceof IOException;
        boolean noSuchAddress = failure instanceof SendFailedException addresses
                && addresses.getInvalidAddresses() != null
                && addresses.getInvalidAddresses().length > 0;
        return cutOff && !handedOver ? AWAY : noSuchAddress ? FOR_GOOD : FOR_NOW;
    }
    // endregion

    /** 0 if it has none. */
    private static int code(MessagingException failure) {
        if (failure instanceof SMTPSendFailedException answer) {
            return answer.getReturnCode();
        }
        if (failure instanceof SMTPAddressFailedException answer) {
            return answer.getReturnCode();
        }
        return failure instanceof SMTPSenderFailedException answer ? answer.getReturnCode() : 0;
    }
}
