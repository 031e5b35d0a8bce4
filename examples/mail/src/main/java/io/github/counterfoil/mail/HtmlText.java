package io.github.counterfoil.mail;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The text of a mail that has HTML alone: tags go, lines stay. It reads each character once, whatever it is given. */
final class HtmlText {
    private static final Set<String> LINES = Set.of(
            "br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "table", "hr");
    private static final Set<String> HIDDEN = Set.of("script", "style", "head", "title", "template");
    private static final Map<String, String> ENTITIES =
            Map.of("amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "nbsp", " ");
    private static final int LONGEST_ENTITY = 10;

    private final String html;
    private final StringBuilder text = new StringBuilder();
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
        if (html.startsWith("<!--", at)) {
            skipTo("-->");
            return;
        }
        int end = html.indexOf('>', at);
        if (end < 0 || !(at + 1 < html.length() && startsTag(html.charAt(at + 1)))) {
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
        if (!closing && HIDDEN.contains(name)) {
            skipTo("</" + name);
        }
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

    private void skipTo(String mark) {
        while (at < html.length() && !html.regionMatches(true, at, mark, 0, mark.length())) {
            at++;
        }
        at = mark.startsWith("</") ? at : Math.min(html.length(), at + mark.length());
    }

    private void entity() {
        int end = html.indexOf(';', at);
        String name = end < 0 || end - at > LONGEST_ENTITY ? "" : html.substring(at + 1, end);
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
