package io.github.counterfoil.replay;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;

/** What the people of a log are called: keys may hold anything, names and addresses may not. */
final class Naming {
    private static final int MAX_NAME = 100;
    private static final int MAX_LOCAL = 48;
    private static final int MAX_DOMAIN = 140;
    private static final String NAMELESS = "?";

    private Naming() {}

    /**
     * First and last name: the key split at its last blank or hyphen; twice the key if that leaves nothing to read on
     * either side.
     */
    static String[] name(String key) {
        int split = Math.max(key.lastIndexOf(' '), key.lastIndexOf('-'));
        String first = line(key.substring(0, Math.max(split, 0)));
        String last = line(key.substring(split + 1));
        boolean splits = !first.equals(NAMELESS) && !last.equals(NAMELESS);
        return splits ? new String[] {first, last} : new String[] {line(key), line(key)};
    }

    /** The key in lower case, with hyphens for what is no letter, digit, dot, underscore, plus or hyphen. */
    static String email(String key, String domain) {
        return local(key) + "@" + usable(domain);
    }

    /** One for a key whose address somebody else has, and another one for each attempt. */
    static String otherEmail(String key, String domain, int attempt) {
        UUID digest = UUID.nameUUIDFromBytes((attempt + " " + key).getBytes(StandardCharsets.UTF_8));
        return local(key) + "." + digest.toString().substring(24) + "@" + usable(domain);
    }

    private static String local(String key) {
        return cut(key.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{M}\\p{N}._+-]", "-"), MAX_LOCAL);
    }

    private static String usable(String domain) {
        return domain.length() <= MAX_DOMAIN ? domain : "customers.invalid";
    }

    private static String line(String text) {
        String readable = cut(
                text.replaceAll("[\\p{Cntrl}\\p{Cs}\\u0080-\\u009f\\u202a-\\u202e\\u2066-\\u2069]", "\ufffd"),
                MAX_NAME);
        return readable.codePoints().allMatch(Naming::invisible) ? NAMELESS : readable;
    }

    private static boolean invisible(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.getType(c) == Character.FORMAT;
    }

    private static String cut(String text, int codePoints) {
        int length = text.codePointCount(0, text.length());
        return length <= codePoints ? text : text.substring(0, text.offsetByCodePoints(0, codePoints));
    }
}
