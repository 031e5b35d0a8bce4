package io.github.counterfoil.mail;

import io.github.counterfoil.mail.IncomingMail.File;
import io.github.counterfoil.mail.IncomingMail.Kind;
import io.github.counterfoil.mail.IncomingMail.Report;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** Makes an {@link IncomingMail} of bytes. */
final class MailReader {
    private static final Session LENIENT = lenient();

    private MailReader() {}

    private static Session lenient() {
        Properties settings = new Properties();
        settings.setProperty("mail.mime.address.strict", "false");
        settings.setProperty("mail.mime.allowutf8", "true");
        return Session.getInstance(settings);
    }

    static IncomingMail read(byte[] bytes) {
        try {
            return read(new MimeMessage(LENIENT, new ByteArrayInputStream(bytes)), bytes);
        } catch (MessagingException | RuntimeException e) {
            // What not even its headers can be read of has no sender, and so is kept aside.
            return new IncomingMail(
                    digestId(bytes),
                    List.of(),
                    List.of(),
                    "",
                    "",
                    List.of(),
                    new byte[0],
                    false,
                    Kind.BULK,
                    List.of(),
                    Optional.empty(),
                    digest(bytes),
                    bytes);
        }
    }

    private static IncomingMail read(MimeMessage message, byte[] bytes) {
        MailHeaders headers = new MailHeaders(message);
        MailParts parts = MailParts.of(message);
        Optional<Report> report = parts.report();
        String subject = headers.subject();
        MessageDigest content = sha256();
        for (String text : List.of(subject, headers.sentAt(), parts.text())) {
            content.update(text.getBytes(StandardCharsets.UTF_8));
            content.update((byte) 0);
        }
        for (File file : parts.files()) {
            content.update(file.bytes());
        }
        return new IncomingMail(
                headers.messageId().orElseGet(() -> digestId(bytes)),
                headers.parents(),
                headers.from(),
                subject,
                parts.text(),
                parts.files(),
                parts.original(),
                parts.whole(),
                headers.kind(parts.isReport()),
                headers.loops(),
                report,
                HexFormat.of().formatHex(content.digest()),
                bytes);
    }

    private static String digestId(byte[] bytes) {
        return "<sha256." + digest(bytes) + "@digest.invalid>";
    }

    static String digest(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
