package io.github.counterfoil.mail;

import io.github.counterfoil.ticket.CleanText;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Names and types of files that a mail gives, as an attachment can have them. */
final class FileNames {
    /** Of one message. */
    static final int MOST_FILES = 20;

    private static final int MOST_BYTES = 255;
    private static final String NAMELESS = "file";
    private static final Pattern TYPE =
            Pattern.compile("[a-z0-9][a-z0-9!#$&^_.+-]{0,62}/[a-z0-9][a-z0-9!#$&^_.+-]{0,62}");

    private FileNames() {}

    static String name(IncomingMail.File file) {
        String name = CleanText.title(file.name().replaceAll("[/\\\\]", "_"), NAMELESS);
        while (name.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            name = name.substring(0, name.offsetByCodePoints(name.length(), -1));
        }
        name = name.strip();
        return name.isEmpty() || name.equals(".") || name.equals("..") ? NAMELESS : name;
    }

    static String type(IncomingMail.File file) {
        return TYPE.matcher(file.type()).matches() ? file.type() : "application/octet-stream";
    }
}
