package io.github.counterfoil.mail;

import java.time.Duration;
import java.util.Locale;
import java.util.UUID;

/**
 * What a host settles.
 *
 * @param address where customers write to, and what they are written from; in lower case
 * @param name what is told beside the address
 * @param domain of the Message-IDs that are made here; the same for good, or answers are not recognised
 * @param actor the system actor that notes automatic answers and what did not arrive; the same for good
 * @param window in which mails are counted
 * @param mailsOfSender how many of one sender are taken within the window
 * @param mailsOfTicket how many are taken into one ticket within the window, whoever sends them
 * @param mostBytes of a mail that is taken
 * @param automaticSender the envelope's sender of mails that a machine wrote: {@code <>}, to which nothing comes back; the address, where the mail
 *     server takes no mail without one
 * @param unknownSenders what becomes of who is no customer
 */
public record MailSettings(
        String address,
        String name,
        String domain,
        UUID actor,
        Duration window,
        int mailsOfSender,
        int mailsOfTicket,
        int mostBytes,
        String automaticSender,
        UnknownSenders unknownSenders) {
    private static final UUID ACTOR = UUID.fromString("6d61696c-0000-4000-8000-000000000001");
    private static final String NOBODY = "<>";
    private static final int MOST_BYTES = 25 * 1024 * 1024;

    public MailSettings {
        address = address.toLowerCase(Locale.ROOT);
    }

    /** Ten mails of a sender and thirty of a ticket an hour; who is unknown becomes a customer. */
    public static MailSettings of(String address, String name) {
        String domain = address.substring(address.indexOf('@') + 1);
        return new MailSettings(
                address,
                name,
                domain,
                ACTOR,
                Duration.ofHours(1),
                10,
                30,
                MOST_BYTES,
                NOBODY,
                UnknownSenders.register());
    }

    public MailSettings limits(Duration span, int ofSender, int ofTicket) {
        return new MailSettings(
                address, name, domain, actor, span, ofSender, ofTicket, mostBytes, automaticSender, unknownSenders);
    }

    public MailSettings unknownSenders(UnknownSenders policy) {
        return new MailSettings(
                address, name, domain, actor, window, mailsOfSender, mailsOfTicket, mostBytes, automaticSender, policy);
    }

    public MailSettings automaticSender(String sender) {
        return new MailSettings(
                address, name, domain, actor, window, mailsOfSender, mailsOfTicket, mostBytes, sender, unknownSenders);
    }

    public MailSettings mostBytes(int most) {
        return new MailSettings(
                address,
                name,
                domain,
                actor,
                window,
                mailsOfSender,
                mailsOfTicket,
                most,
                automaticSender,
                unknownSenders);
    }
}
