package io.github.counterfoil.replay;

import io.github.counterfoil.ticket.CleanText;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/** What the people of a log are called: keys may hold anything, names and addresses may not. */
final class Naming {
    private static final int MAX_LOCAL = 48;
    private static final int MAX_DOMAIN = 140;
    private static final String NAMELESS = "?";
    /** Among letters and marks there are some that nobody sees: fillers, joiners and selectors. */
    private static final Pattern NOT_LOCAL = Pattern.compile(
            "[^\\p{L}\\p{M}\\p{N}._+-]|[\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F\\u3164\\uFE00-\\uFE0F\\uFFA0"
                    + "\\x{E0100}-\\x{E01EF}]");

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
        return cut(NOT_LOCAL.matcher(key.toLowerCase(Locale.ROOT)).replaceAll("-"), MAX_LOCAL);
    }

    private static String usable(String domain) {
        return domain.length() <= MAX_DOMAIN ? domain : "customers.invalid";
    }

    private static String line(String text) {
        return CleanText.name(text, NAMELESS);
    }

    private static String cut(String text, int codePoints) {
        int length = text.codePointCount(0, text.length());
        return length <= codePoints ? text : text.substring(0, text.offsetByCodePoints(0, codePoints));
    }
}
