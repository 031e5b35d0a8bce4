package io.github.counterfoil.mail;

import java.util.List;
import java.util.Optional;

/**
 * A mail as it came in, read as far as it can be. What cannot be read is missing here, and {@link #whole} then is false: reading fails for
 * no mail.
 *
 * @param messageId its Message-ID; for a mail without one, and for one that is none, a digest of its bytes in the shape of one
 * @param parents what it answers: In-Reply-To, then References from the last on
 * @param from all who are named as its authors: one, in a mail that can be taken
 * @param subject as it came, decoded; may be empty
 * @param text the plain one if there is one, else what the HTML says; with all that it quotes; may be empty
 * @param files attachments and all else that is no text to read
 * @param original the bytes of the parts that the text is made of, as they came, and nothing of any header
 * @param whole whether text and files hold all that can be read in the mail
 * @param loops what its X-Loop headers say
 * @param report what a mail server says of a mail of ours; empty for all other mails
 * @param content a digest of what people read of it, which the way it took does not change
 * @param bytes of the mail itself
 */
public record IncomingMail(
        String messageId,
        List<String> parents,
        List<Sender> from,
        String subject,
        String text,
        List<File> files,
        byte[] original,
        boolean whole,
        Kind kind,
        List<String> loops,
        Optional<Report> report,
        String content,
        byte[] bytes) {

    /** What wrote a mail, as its headers tell. */
    public enum Kind {
        /** A person, as far as one can tell. */
        PERSONAL,
        /** Something that wants no automatic answer: a list, a shop, a machine. */
        BULK,
        /** A program that answers by itself: somebody is out of office. */
        AUTO_REPLY,
        /** A mail server, about a mail of ours. */
        REPORT
    }

    /**
     * Who is named as an author.
     *
     * @param address in lower case
     * @param name may be empty
     */
    public record Sender(String address, String name) {
        @Override
        public String toString() {
            return "Sender";
        }
    }

    /**
     * @param name as it came; may be empty
     * @param type a media type without parameters
     */
    public record File(String name, String type, byte[] bytes) {
        @Override
        public String toString() {
            return "File[" + bytes.length + "]";
        }
    }

    /**
     * @param messageId of the mail that it is about
     * @param failed whether the mail will not arrive; otherwise it is late, or did
     * @param reason as the mail server says; may be empty
     */
    public record Report(String messageId, boolean failed, String reason) {
        @Override
        public String toString() {
            return "Report";
        }
    }

    /** Reads the bytes of a mail, whatever they are. */
    public static IncomingMail read(byte[] bytes) {
        return MailReader.read(bytes);
    }

    /** Whether it gets no automatic answer. */
    public boolean isAutomatic() {
        return kind != Kind.PERSONAL;
    }

    @Override
    public String toString() {
        return "IncomingMail[" + kind + " " + bytes.length + "]";
    }
}
