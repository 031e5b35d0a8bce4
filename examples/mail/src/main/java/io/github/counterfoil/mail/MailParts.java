package io.github.counterfoil.mail;

import io.github.counterfoil.mail.IncomingMail.File;
import io.github.counterfoil.mail.IncomingMail.Report;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.internet.ParseException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The body of a mail: its text, its files, and what a mail server reports in it. */
final class MailParts {
    private static final int DEEPEST = 20;
    private static final int MOST_PARTS = 200;
    private static final int REPORT_CHARACTERS = 64 * 1024;
    private static final int REASON_CHARACTERS = 500;
    private static final Charset WESTERN = Charset.forName("windows-1252");
    /** What programs write that do not know it. */
    private static final Set<String> GUESSED = Set.of("unknown-8bit", "x-unknown", "unknown", "8bit", "binary");
    /** The same characters, and in which direction they are written (RFC 1556). */
    private static final Pattern DIRECTION = Pattern.compile("(?i)^(iso-8859-[68])-[ie]$");

    private static final Pattern RETURNED_ID = Pattern.compile("(?im)^Message-ID:\\s*(<[^<>\\s]{1,900}>)");
    private static final Pattern FAILED = Pattern.compile("(?im)^Action:\\s*failed");
    private static final Pattern REASON = Pattern.compile("(?im)^Diagnostic-Code:\\s*([^\\r\\n]+)");

    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream original = new ByteArrayOutputStream();
    private final List<File> files = new ArrayList<>();
    private boolean isReport;
    private boolean failed;
    private String reason = "";
    private @Nullable String returnedId;
    private boolean whole = true;
    private int parts;

    private MailParts() {}

    static MailParts of(Part mail) {
        MailParts read = new MailParts();
        read.add(mail, 0, false);
        return read;
    }

    String text() {
        return text.toString();
    }

    List<File> files() {
        return List.copyOf(files);
    }

    byte[] original() {
        return original.toByteArray();
    }

    boolean whole() {
        return whole;
    }

    boolean isReport() {
        return isReport;
    }

    Optional<Report> report() {
        return isReport && returnedId != null ? Optional.of(new Report(returnedId, failed, reason)) : Optional.empty();
    }

    /** @param said whether the HTML in it says what a plain text beside it said */
    private void add(Part part, int depth, boolean said) {
        if (++parts > MOST_PARTS || depth > DEEPEST) {
            whole = false;
            return;
        }
        try {
            String type = type(part);
            if (type.startsWith("multipart/")) {
                isReport |= depth == 0 && type.equals("multipart/report");
                Multipart inside = (Multipart) part.getContent();
                addAll(inside, depth, said || type.equals("multipart/alternative") && hasPlainText(inside));
            } else if (isText(part, type)) {
                addText(part, type, said);
            } else {
                addFile(part, type);
            }
        } catch (MessagingException | IOException | RuntimeException e) {
            whole = false;
        }
    }

    private void addAll(Multipart parts, int depth, boolean said) throws MessagingException {
        whole &= parts.getCount() > 0;
        for (int i = 0; i < parts.getCount(); i++) {
            add(parts.getBodyPart(i), depth + 1, said);
        }
    }

    private boolean hasPlainText(Multipart alternative) throws MessagingException {
        for (int i = 0; i < alternative.getCount(); i++) {
            Part part = alternative.getBodyPart(i);
            if (type(part).equals("text/plain")
                    && !text(bytes(part), charset(part)).isBlank()) {
                return true;
            }
        }
        return false;
    }

    private static boolean isText(Part part, String type) throws MessagingException {
        return (type.equals("text/plain") || type.equals("text/html"))
                && !Part.ATTACHMENT.equalsIgnoreCase(disposition(part))
                && name(part).isEmpty();
    }

    private void addText(Part part, String type, boolean said) {
        boolean html = type.equals("text/html");
        if (html && said) {
            return;
        }
        byte[] bytes = bytes(part);
        original.writeBytes(bytes.length > 0 ? bytes : undecoded(part));
        String read = text(bytes, charset(part)).replace("\r\n", "\n");
        String shown = html ? HtmlText.of(read) : read;
        if (text.length() > 0 && !shown.isEmpty()) {
            text.append('\n');
        }
        text.append(shown);
    }

    private void addFile(Part part, String type) throws MessagingException {
        byte[] bytes = bytes(part);
        if (isReport && type.startsWith("message/") || type.equals("text/rfc822-headers")) {
            String told = new String(bytes, 0, Math.min(bytes.length, REPORT_CHARACTERS), StandardCharsets.ISO_8859_1);
            if (type.equals("message/delivery-status")) {
                failed = FAILED.matcher(told).find();
                Matcher said = REASON.matcher(told);
                reason = said.find() ? cut(said.group(1).strip()) : "";
            } else {
                Matcher id = RETURNED_ID.matcher(told);
                returnedId = id.find() ? id.group(1) : returnedId;
            }
        }
        files.add(new File(name(part), type, bytes));
    }

    private static String cut(String text) {
        return text.length() <= REASON_CHARACTERS ? text : text.substring(0, REASON_CHARACTERS);
    }

    /** What can be decoded of it. */
    private byte[] bytes(Part part) {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        try (InputStream stream = part.getInputStream()) {
            byte[] piece = new byte[8192];
            for (int count = stream.read(piece); count >= 0; count = stream.read(piece)) {
                read.write(piece, 0, count);
            }
        } catch (MessagingException | IOException | RuntimeException e) {
            whole = false;
        }
        return read.toByteArray();
    }

    /** The body as it came, without the headers of the part. */
    private static byte[] undecoded(Part part) {
        try {
            InputStream body = part instanceof MimeMessage mail
                    ? mail.getRawInputStream()
                    : ((MimeBodyPart) part).getRawInputStream();
            try (body) {
                return body.readAllBytes();
            }
        } catch (MessagingException | IOException | RuntimeException e) {
            return new byte[0];
        }
    }

    /** Null if it names none; one that nobody knows counts as none, and leaves the mail to be looked at. */
    private @Nullable Charset charset(Part part) {
        try {
            String named =
                    new ContentType(Objects.requireNonNullElse(part.getContentType(), "")).getParameter("charset");
            if (named == null || GUESSED.contains(named.strip().toLowerCase(Locale.ROOT))) {
                return null;
            }
            String plain = DIRECTION.matcher(named.strip()).replaceFirst("$1");
            return Charset.forName(MimeUtility.javaCharset(plain));
        } catch (MessagingException | IllegalCharsetNameException | UnsupportedCharsetException e) {
            whole = false;
            return null;
        }
    }

    private static String text(byte[] bytes, @Nullable Charset charset) {
        if (charset != null) {
            return new String(bytes, charset);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, WESTERN);
        }
    }

    private static String type(Part part) throws MessagingException {
        try {
            return new ContentType(Objects.requireNonNullElse(part.getContentType(), "text/plain"))
                    .getBaseType()
                    .toLowerCase(Locale.ROOT);
        } catch (ParseException e) {
            return "application/octet-stream";
        }
    }

    private static @Nullable String disposition(Part part) {
        try {
            return part.getDisposition();
        } catch (MessagingException e) {
            return null;
        }
    }

    private static String name(Part part) {
        try {
            String name = part.getFileName();
            return name == null ? "" : MailHeaders.decoded(name);
        } catch (MessagingException e) {
            return "";
        }
    }
}
