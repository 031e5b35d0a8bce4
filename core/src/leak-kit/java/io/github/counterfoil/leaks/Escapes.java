package io.github.counterfoil.leaks;

import java.util.Map;

/**
 * Undoes what stands for single characters: escapes of JSON and JavaScript, percent-encoding, quoted-printable with its soft
 * line breaks, and HTML's entities. All of them in one pass, since a text may be in one inside another; bytes become the
 * characters of the same numbers.
 */
final class Escapes {
    private static final Map<String, String> ENTITIES =
            Map.of("amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "nbsp", " ");
    private static final int LONGEST_ENTITY = 10;

    private final String text;
    private final StringBuilder out;
    private int at;

    private Escapes(String text) {
        this.text = text;
        this.out = new StringBuilder(text.length());
    }

    /** The text itself if there is none. */
    static String undone(String text) {
        boolean any = "\\%=&".chars().anyMatch(c -> text.indexOf(c) >= 0);
        return any ? new Escapes(text).undone() : text;
    }

    private String undone() {
        while (at < text.length()) {
            char c = text.charAt(at);
            boolean undone = switch (c) {
                case '\\' -> backslash();
                case '%' -> hex(at + 1, 2) || (next('u') && hex(at + 2, 4));
                case '=' -> hex(at + 1, 2) || softBreak();
                case '&' -> entity();
                default -> false;
            };
            if (!undone) {
                out.append(c);
                at++;
            }
        }
        return out.length() == text.length() ? text : out.toString();
    }

    private boolean next(char c) {
        return at + 1 < text.length() && text.charAt(at + 1) == c;
    }

    private boolean backslash() {
        if (next('u')) {
            return hex(at + 2, 4);
        }
        if (next('x')) {
            return hex(at + 2, 2);
        }
        if (at + 1 == text.length()) {
            return false;
        }
        int control = "ntrbf".indexOf(text.charAt(at + 1));
        out.append(control < 0 ? text.charAt(at + 1) : "\n\t\r\b\f".charAt(control));
        at += 2;
        return true;
    }

    /** Reads the digits of one character, which end what stands for it. */
    private boolean hex(int from, int digits) {
        if (from + digits > text.length()) {
            return false;
        }
        int value = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0) {
                return false;
            }
            value = value * 16 + digit;
        }
        out.append((char) value);
        at = from + digits;
        return true;
    }

    private boolean softBreak() {
        int end = at + 1;
        while (end < text.length()
                && (text.charAt(end) == ' ' || text.charAt(end) == '\t' || text.charAt(end) == '\r')) {
            end++;
        }
        if (end == text.length() || text.charAt(end) != '\n') {
            return false;
        }
        at = end + 1;
        return true;
    }

    private boolean entity() {
        int end = text.indexOf(';', at);
        if (end < 0 || end - at > LONGEST_ENTITY) {
            return false;
        }
        String character = character(text.substring(at + 1, end));
        if (character.isEmpty()) {
            return false;
        }
        out.append(character);
        at = end + 1;
        return true;
    }

    private static String character(String name) {
        if (!name.startsWith("#")) {
            return ENTITIES.getOrDefault(name, "");
        }
        boolean hexadecimal = name.startsWith("#x") || name.startsWith("#X");
        try {
            int code = Integer.parseInt(name.substring(hexadecimal ? 2 : 1), hexadecimal ? 16 : 10);
            return Character.isValidCodePoint(code) ? Character.toString(code) : "";
        } catch (NumberFormatException e) {
            return "";
        }
    }
}
