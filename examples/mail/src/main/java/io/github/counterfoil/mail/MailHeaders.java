package io.github.counterfoil.mail;

import io.github.counterfoil.mail.IncomingMail.Kind;
import io.github.counterfoil.mail.IncomingMail.Sender;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.UnsupportedEncodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the headers of a mail say. */
final class MailHeaders {
    private static final int MOST_PARENTS = 100;
    private static final int LONGEST_ID = 900;
    private static final Pattern ID = Pattern.compile("<[\\x21-\\x7E&&[^<>]]{1," + LONGEST_ID + "}>");
    private static final Set<String> NOBODY =
            Set.of("no-reply", "noreply", "no_reply", "donotreply", "do-not-reply", "notifications");
    private static final Set<String> SERVERS = Set.of("mailer-daemon", "postmaster");
    private static final Set<String> BULK = Set.of("bulk", "junk", "list");

    private final MimeMessage message;

    MailHeaders(MimeMessage message) {
        this.message = message;
    }

    /** Empty if there is none, if there are several, or if it is none that anybody could refer to. */
    Optional<String> messageId() {
        List<String> values = values("Message-ID");
        String value = values.size() == 1 ? values.get(0).strip() : "";
        return ID.matcher(value).matches() ? Optional.of(value) : Optional.empty();
    }

    List<String> parents() {
        Set<String> parents = new LinkedHashSet<>(ids("In-Reply-To"));
        List<String> references = ids("References");
        for (int i = references.size() - 1; i >= 0; i--) {
            parents.add(references.get(i));
        }
        return parents.stream().limit(MOST_PARENTS).toList();
    }

    private List<String> ids(String header) {
        List<String> ids = new ArrayList<>();
        for (String value : values(header)) {
            Matcher id = ID.matcher(value);
            while (id.find()) {
                ids.add(id.group());
            }
        }
        return ids;
    }

    List<Sender> from() {
        List<Sender> senders = new ArrayList<>();
        for (String value : values("From")) {
            try {
                for (InternetAddress one : InternetAddress.parseHeader(value, false)) {
                    String address = Objects.requireNonNullElse(one.getAddress(), "");
                    String name = Objects.requireNonNullElse(one.getPersonal(), "");
                    senders.add(new Sender(address.toLowerCase(Locale.ROOT), name));
                }
            } catch (AddressException e) {
                senders.add(new Sender("", ""));
            }
        }
        return List.copyOf(senders);
    }

    String subject() {
        return values("Subject").stream().findFirst().map(MailHeaders::decoded).orElse("");
    }

    static String decoded(String value) {
        String unfolded = MimeUtility.unfold(value);
        try {
            return MimeUtility.decodeText(unfolded);
        } catch (UnsupportedEncodingException e) {
            return unfolded;
        }
    }

    List<String> loops() {
        return values("X-Loop").stream()
                .map(value -> value.strip().toLowerCase(Locale.ROOT))
                .toList();
    }

    // region: kind
    Kind kind(boolean report) {
        String submitted = first("Auto-Submitted").replaceFirst("[;(\\s].*", "");
        String sender = from().stream()
                .findFirst()
                .map(one -> one.address().replaceFirst("@.*", ""))
                .orElse("");
        if (report) {
            return Kind.REPORT;
        }
        if (submitted.equals("auto-replied")
                || first("Return-Path").equals("<>")
                || has("X-Autoreply")
                || has("X-Autorespond")
                || first("Precedence").equals("auto_reply")
                || SERVERS.contains(sender)) {
            return Kind.AUTO_REPLY;
        }
        return !submitted.isEmpty() && !submitted.equals("no")
                        || BULK.contains(first("Precedence"))
                        || has("List-Id")
                        || has("X-Auto-Response-Suppress")
                        || NOBODY.contains(sender)
                ? Kind.BULK
                : Kind.PERSONAL;
    }
    // endregion

    String sentAt() {
        return first("Date");
    }

    private boolean has(String header) {
        return !values(header).isEmpty();
    }

    private String first(String header) {
        return values(header).stream().findFirst().orElse("").strip().toLowerCase(Locale.ROOT);
    }

    private List<String> values(String header) {
        try {
            String[] values = message.getHeader(header);
            return values == null ? List.of() : Arrays.asList(values);
        } catch (MessagingException e) {
            return List.of();
        }
    }
}
