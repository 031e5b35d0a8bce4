package io.github.counterfoil.mail;

import io.github.counterfoil.event.CustomerEvent;

/** What customers read beside what people wrote: for a host to put into its own words. */
final class MailTexts {
    private MailTexts() {}

    static String opened(long number) {
        return "We have your message. It is ticket #" + number + ".\n\nTo add something, answer this mail.\n";
    }

    static String message(CustomerEvent.Message message) {
        return message.authorName() + " wrote:\n\n" + message.content() + "\n";
    }

    static String closed(long number) {
        return "Ticket #" + number + " was closed.\n\nIf something is left to do, answer this mail.\n";
    }

    /** For the staff. */
    static String notWhole() {
        return "Not all of this mail is in the ticket. It is kept whole in mail.original.";
    }

    /** For the staff. */
    static String notAcknowledged() {
        return "The mail that tells the customer that this ticket is here did not arrive.";
    }

    static String filesLeftOut(int count) {
        return "\n(Files that are not in this mail are in the ticket: " + count + ")\n";
    }
}
