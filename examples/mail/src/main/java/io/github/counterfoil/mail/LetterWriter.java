package io.github.counterfoil.mail;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.desk.Attachments;
import io.github.counterfoil.people.Customer;
import jakarta.activation.DataHandler;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UnsupportedEncodingException;
import java.util.Date;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.angus.mail.smtp.SMTPMessage;

/** Makes a mail of a letter, the same whenever it is made but for what was taken out of the ticket meanwhile. */
record LetterWriter(TicketService tickets, MailSettings settings, Session session) {
    private static final long MOST_BYTES = 15L * 1024 * 1024;

    MimeMessage message(Letter letter, Customer reader) throws MessagingException {
        Envelope message = new Envelope(session, letter.messageId());
        message.setFrom(address(
                settings.address(),
                letter.author().isEmpty() ? settings.name() : letter.author() + " (" + settings.name() + ")"));
        message.setRecipient(
                Message.RecipientType.TO,
                address(reader.email(), (reader.firstName() + " " + reader.lastName()).strip()));
        message.setSubject(letter.subject(), "UTF-8");
        message.setSentDate(Date.from(letter.writtenAt()));
        headers(message, letter);
        body(message, letter);
        message.saveChanges();
        return message;
    }

    // region: headers
    private void headers(SMTPMessage message, Letter letter) throws MessagingException {
        if (!letter.thread().isEmpty()) {
            message.setHeader("In-Reply-To", letter.thread().get(letter.thread().size() - 1));
            message.setHeader("References", String.join("\r\n ", letter.thread()));
        }
        message.setHeader("X-Loop", settings.address());
        if (letter.kind() == Letter.Kind.MESSAGE) {
            message.setEnvelopeFrom(settings.address());
            return;
        }
        message.setHeader("Auto-Submitted", letter.kind() == Letter.Kind.OPENED ? "auto-replied" : "auto-generated");
        message.setHeader("X-Auto-Response-Suppress", "All");
        message.setHeader("Precedence", "bulk");
        message.setEnvelopeFrom(settings.automaticSender()); // to nobody, so that nothing answers
    }
    // endregion

    private void body(MimeMessage message, Letter letter) throws MessagingException {
        MimeMultipart parts = new MimeMultipart();
        MimeBodyPart text = new MimeBodyPart();
        parts.addBodyPart(text);
        long left = MOST_BYTES;
        int leftOut = 0;
        for (UUID id : letter.files()) {
            Optional<Attachments.Content> found = tickets.customer(letter.customerId())
                    .on(letter.ticketId())
                    .attachments()
                    .open(id);
            if (found.isEmpty()) {
                continue; // redacted meanwhile, or none of the store's
            }
            Optional<MimeBodyPart> part =
                    found.get().attachment().size() <= left ? part(found.get()) : Optional.empty();
            if (part.isPresent()) {
                left -= found.get().attachment().size();
                parts.addBodyPart(part.get());
            } else {
                leftOut++;
            }
        }
        String told = leftOut == 0 ? letter.body() : letter.body() + MailTexts.filesLeftOut(leftOut);
        if (parts.getCount() == 1) {
            message.setText(told, "UTF-8");
        } else {
            text.setText(told, "UTF-8");
            message.setContent(parts);
        }
    }

    /** A download, whatever type its sender gave it; empty if the store cannot give its bytes. */
    private static Optional<MimeBodyPart> part(Attachments.Content content) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        try (InputStream stream = content.stream()) {
            part.setDataHandler(new DataHandler(new ByteArrayDataSource(
                    stream.readAllBytes(), type(content.attachment().type()))));
        } catch (IOException e) {
            return Optional.empty();
        }
        part.setFileName(content.attachment().name());
        part.setDisposition(MimeBodyPart.ATTACHMENT);
        return Optional.of(part);
    }

    /** What has parts of its own is taken apart by who writes the mail, and these bytes need have none. */
    private static String type(String given) {
        String type = given.toLowerCase(Locale.ROOT);
        return type.startsWith("multipart/") || type.startsWith("message/") ? "application/octet-stream" : given;
    }

    private static InternetAddress address(String address, String name) throws MessagingException {
        InternetAddress checked = new InternetAddress(address, true);
        try {
            checked.setPersonal(name, "UTF-8");
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException("every JVM has UTF-8", e);
        }
        return checked;
    }
}
