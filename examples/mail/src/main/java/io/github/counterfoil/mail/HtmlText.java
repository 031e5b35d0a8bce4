package io.github.counterfoil.mail;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The text of a mail that has HTML alone: tags go, lines stay. It reads each character a few times at most, whatever it is given. */
final class HtmlText {
    private static final Set<String> LINES = Set.of(
            "br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "table", "hr");
    private static final Set<String> HIDDEN = Set.of("script", "style", "head", "title", "template");
    private static final Map<String, String> ENTITIES =
            Map.of("amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "nbsp", " ");
    private static final int LONGEST_ENTITY = 10;

    private final String html;
    private final StringBuilder text = new StringBuilder();
    private final Set<String> missing = new HashSet<>();
    private int at;

    private HtmlText(String html) {
        this.html = html;
    }

    static String of(String html) {
        return new HtmlText(html).read();
    }

    private String read() {
        while (at < html.length()) {
            char next = html.charAt(at);
            if (next == '<') {
                tag();
            } else if (next == '&') {
                entity();
            } else {
                character(next);
                at++;
            }
        }
        return text.toString().strip();
    }

    /** White space is one blank, as a browser shows it. */
    private void character(char next) {
        if (!Character.isWhitespace(next)) {
            text.append(next);
        } else if (text.length() > 0 && !Character.isWhitespace(text.charAt(text.length() - 1))) {
            text.append(' ');
        }
    }

    private void tag() {
        int comment = html.startsWith("<!--", at) ? find("-->") : -1;
        if (comment >= 0) {
            at = comment + "-->".length();
            return;
        }
        boolean begins = at + 1 < html.length() && startsTag(html.charAt(at + 1));
        int end = begins ? find(">") : -1;
        if (end < 0) {
            text.append('<');
            at++;
            return;
        }
        boolean closing = html.charAt(at + 1) == '/';
        String name = name(closing ? at + 2 : at + 1, end);
        at = end + 1;
        if (LINES.contains(name) && text.length() > 0 && !endsTwoLines()) {
            text.append('\n');
        }
        int hidden = !closing && HIDDEN.contains(name) ? find("</" + name) : -1;
        at = Math.max(at, hidden);
    }

    private static boolean startsTag(char next) {
        return next == '/' || next == '!' || next == '?' || Character.isLetter(next);
    }

    private boolean endsTwoLines() {
        int length = text.length();
        return length > 1 && text.charAt(length - 1) == '\n' && text.charAt(length - 2) == '\n';
    }

    private String name(int start, int end) {
        int last = start;
        while (last < end && Character.isLetterOrDigit(html.charAt(last))) {
            last++;
        }
        return html.substring(start, last).toLowerCase(Locale.ROOT);
    }

    /** Where it is next; what was not found once is not looked for again. */
    private int find(String mark) {
        if (missing.contains(mark)) {
            return -1;
        }
        for (int next = at; next <= html.length() - mark.length(); next++) {
            if (html.regionMatches(true, next, mark, 0, mark.length())) {
                return next;
            }
        }
        missing.add(mark);
        return -1;
    }

    private void entity() {
        int end = at + 1;
        while (end < html.length() && end - at <= LONGEST_ENTITY && html.charAt(end) != ';') {
            end++;
        }
        boolean ended = end < html.length() && html.charAt(end) == ';';
        String name = ended ? html.substring(at + 1, end) : "";
        String meant = name.startsWith("#") ? numbered(name.substring(1)) : ENTITIES.get(name);
        if (meant == null) {
            text.append('&');
            at++;
        } else {
            text.append(meant);
            at = end + 1;
        }
    }

    private static @Nullable String numbered(String digits) {
        try {
            int codePoint = digits.startsWith("x") || digits.startsWith("X")
                    ? Integer.parseInt(digits.substring(1), 16)
                    : Integer.parseInt(digits);
            return Character.isValidCodePoint(codePoint) ? Character.toString(codePoint) : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
