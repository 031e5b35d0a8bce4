package io.github.counterfoil.mail;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A mail as text: what a mail program, or somebody's fingers, made of it. */
record Eml(List<String> headers, String body) {

    static Eml from(String from) {
        return new Eml(List.of("From: " + from, "To: " + MailPlace.SUPPORT), "Hello.\r\n");
    }

    /** With what a mail has that is all right. */
    static Eml of(String from, String id, String subject, String text) {
        return from(from)
                .header("Message-ID", id)
                .header("Subject", subject)
                .header("Date", "Mon, 02 Mar 2026 10:00:00 +0000")
                .text(text);
    }

    Eml header(String name, String value) {
        List<String> more = new ArrayList<>(headers);
        more.add(name + ": " + value);
        return new Eml(more, body);
    }

    Eml answering(String... ids) {
        return header("In-Reply-To", ids[ids.length - 1]).header("References", String.join(" ", ids));
    }

    Eml text(String text) {
        return header("Content-Type", "text/plain; charset=utf-8").body(text);
    }

    Eml body(String text) {
        return new Eml(headers, text);
    }

    /** Parts that are separated by {@code --b}. */
    Eml mixed(String subtype, String... parts) {
        StringBuilder all = new StringBuilder();
        for (String part : parts) {
            all.append("--b\r\n").append(part).append("\r\n");
        }
        return header("MIME-Version", "1.0")
                .header("Content-Type", "multipart/" + subtype + "; boundary=b")
                .body(all + "--b--\r\n");
    }

    String asText() {
        return String.join("\r\n", headers) + "\r\n\r\n" + body;
    }

    byte[] bytes() {
        return asText().getBytes(StandardCharsets.UTF_8);
    }
}
