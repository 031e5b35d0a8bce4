package io.github.counterfoil.ticket;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.internal.validation.InvisibleCharacters;
import io.github.counterfoil.internal.validation.Problem;
import io.github.counterfoil.internal.validation.TextRules;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes of texts from outside, such as the subject and the text of a mail, ones that Counterfoil takes. What is within the
 * limits already comes out as it went in, but for repeated blanks on a line. It parses nothing: take the text out of the mail, decode it, and hand it over here.
 *
 * <p>What is cut off ends with {@code …}. Whoever needs all of it attaches the original.
 */
public final class CleanText {
    private static final String CUT = "…";
    private static final Pattern LONE_SURROGATE = Pattern.compile("\\p{Cs}");
    private static final Pattern WHITE_CONTROL = Pattern.compile("[\\t-\\r\\x1C-\\x1F\\x85]");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");
    private static final Pattern SPACE = Pattern.compile("\\p{Z}+");
    private static final Pattern CHARACTER = Pattern.compile("\\X");

    private CleanText() {}

    /**
     * A title: one line, on which all white space is a blank and nothing is invisible. Folded lines are joined; control
     * characters, directional marks and what cannot be seen are dropped; what is no Unicode becomes {@code U+FFFD}; what is
     * too long is cut between two characters.
     *
     * @param raw null if there is none
     * @param fallback what to call it if nothing is left, such as {@code (no subject)}: itself a title
     * @throws InvalidInput {@code fallback.…} if the fallback is no title
     */
    public static String title(@Nullable String raw, String fallback) {
        return line(raw, fallback, TextRules.MAX_TITLE);
    }

    /**
     * A first or last name, made as a title is.
     *
     * @param raw null if there is none
     * @param fallback what to call them if nothing is left: itself a name
     * @throws InvalidInput {@code fallback.…} if the fallback is no name
     */
    public static String name(@Nullable String raw, String fallback) {
        return line(raw, fallback, TextRules.MAX_NAME);
    }

    /**
     * A message, a note or a description. NUL is dropped and what is no Unicode becomes {@code U+FFFD}; all else stays byte
     * for byte, up to 4 MiB in UTF-8.
     *
     * @param raw null if there is none
     * @param fallback what to say if nothing of it can be seen; empty where there are attachments
     * @throws InvalidInput {@code fallback.…} if the fallback is beyond the limits
     */
    public static String body(@Nullable String raw, String fallback) {
        check(fallback == null ? Problem.of("required") : TextRules.optionalContent(fallback));
        String text = wellFormed(raw == null ? "" : raw).replace("\0", "");
        if (TextRules.isBlank(text)) {
            return fallback;
        }
        return TextRules.utf8Length(text) <= TextRules.MAX_CONTENT_BYTES ? text : firstBytes(text) + CUT;
    }

    private static String line(@Nullable String raw, String fallback, int max) {
        check(TextRules.line(fallback, max));
        String spaced =
                WHITE_CONTROL.matcher(wellFormed(raw == null ? "" : raw)).replaceAll(" ");
        String line = tidy(CONTROL.matcher(spaced).replaceAll(""));
        if (line.codePointCount(0, line.length()) > max) {
            line = tidy(firstCharacters(line, max - 1) + CUT);
        }
        return TextRules.isBlank(line) ? fallback : line;
    }

    private static String tidy(String line) {
        return SPACE.matcher(InvisibleCharacters.withoutUnneeded(line))
                .replaceAll(" ")
                .strip();
    }

    private static String wellFormed(String text) {
        return LONE_SURROGATE.matcher(text).replaceAll("\uFFFD");
    }

    /** Whole characters as people see them, which may be several code points, unless there is none so short. */
    private static String firstCharacters(String line, int codePoints) {
        int most = line.offsetByCodePoints(0, codePoints);
        Matcher character = CHARACTER.matcher(line);
        int end = 0;
        while (end < most && character.find() && character.end() <= most) {
            end = character.end();
        }
        return line.substring(0, end == 0 ? most : end).strip();
    }

    private static String firstBytes(String text) {
        long most = TextRules.MAX_CONTENT_BYTES - TextRules.utf8Length(CUT);
        long bytes = 0;
        int end = 0;
        while (true) {
            int next = text.offsetByCodePoints(end, 1);
            bytes += TextRules.utf8Length(text.substring(end, next));
            if (bytes > most) {
                return text.substring(0, end);
            }
            end = next;
        }
    }

    private static void check(@Nullable Problem problem) {
        if (problem != null) {
            throw new InvalidInput("fallback", problem.code(), problem.limit());
        }
    }
}
