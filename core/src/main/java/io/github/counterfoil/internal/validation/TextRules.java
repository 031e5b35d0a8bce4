package io.github.counterfoil.internal.validation;

import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which strings Counterfoil takes. Each rule returns the first problem, or null. */
public final class TextRules {
    public static final int MAX_TITLE = 500;
    public static final int MAX_NAME = 100;
    public static final int MAX_LABEL = 64;
    public static final int MAX_TAGS = 50;
    public static final int MAX_ATTACHMENTS = 20;
    public static final int MAX_ASSIGNEES = 100;
    public static final int MAX_PARTICIPANTS = 100;
    public static final int MAX_FOLLOWERS = 100;
    public static final long MAX_CONTENT_BYTES = 4L * 1024 * 1024;
    private static final int MAX_FILE_NAME_BYTES = 255;
    private static final int MAX_MEDIA_TYPE = 127;
    private static final Pattern MEDIA_TYPE =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]*/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]*");
    private static final int MAX_EMAIL = 254;
    private static final int MAX_LANGUAGE = 35;
    private static final Pattern EMAIL = Pattern.compile(
            "[^\\s@<>()\\[\\],;:\\\\\"]+@[^\\s@<>()\\[\\],;:\\\\\".]+" + "(\\.[^\\s@<>()\\[\\],;:\\\\\".]+)*");
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\u2028\\u2029]");

    /** They make the text around them read backwards: https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters */
    private static final Pattern BIDI_CONTROL =
            Pattern.compile("[\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]");

    private static final Pattern OTHER_SPACE = Pattern.compile("[\\p{Z}&&[^ ]]");
    private static final Pattern FIELD_NAME = Pattern.compile("(?!__)[A-Za-z0-9_-]{1,64}");
    private static final Pattern EVENT_TYPE = Pattern.compile("[a-z][a-z0-9-]{0,63}");

    private TextRules() {}

    /**
     * One line that people read in lists: a title, a name, a tag, a channel. It holds no white space but single or repeated
     * blanks between words, and nothing that cannot be seen, so that no two of them look the same and differ.
     */
    public static @Nullable Problem line(@Nullable String text, int maxCodePoints) {
        if (text == null) {
            return Problem.of("required");
        }
        // Two characters are a code point at the most: nothing else need be looked for in what is far too long.
        if (text.length() > 2 * maxCodePoints) {
            return Problem.of("too_long", maxCodePoints);
        }
        Problem unstorable = unstorable(text);
        if (unstorable != null) {
            return unstorable;
        }
        if (CONTROL.matcher(text).find()) {
            return Problem.of("control_char");
        }
        if (BIDI_CONTROL.matcher(text).find()) {
            return Problem.of("bidi_control");
        }
        if (isBlank(text)) {
            return Problem.of("blank");
        }
        if (InvisibleCharacters.unneededIn(text)) {
            return Problem.of("invisible_char");
        }
        if (OTHER_SPACE.matcher(text).find()) {
            return Problem.of("space_char");
        }
        if (text.startsWith(" ") || text.endsWith(" ")) {
            return Problem.of("untrimmed");
        }
        return length(text, maxCodePoints);
    }

    public static @Nullable Problem length(String text, int maxCodePoints) {
        return text.codePointCount(0, text.length()) > maxCodePoints ? Problem.of("too_long", maxCodePoints) : null;
    }

    /** Text of any shape, kept byte for byte: a message, a note, a description. */
    public static @Nullable Problem content(@Nullable String text) {
        Problem problem = optionalContent(text == null ? "" : text);
        if (text == null) {
            return Problem.of("required");
        }
        return problem != null ? problem : isBlank(text) ? Problem.of("blank") : null;
    }

    /** As {@link #content}, but none or a blank one will do. */
    public static @Nullable Problem optionalContent(@Nullable String text) {
        if (text == null) {
            return null;
        }
        Problem unstorable = unstorable(text);
        if (unstorable != null) {
            return unstorable;
        }
        // No character is more than three bytes: most texts need not be counted.
        return text.length() > MAX_CONTENT_BYTES / 3 && utf8Length(text) > MAX_CONTENT_BYTES
                ? Problem.of("too_large", MAX_CONTENT_BYTES)
                : null;
    }

    /** One that a mail can be sent to, as far as its text tells, without anything that cannot be seen. */
    public static @Nullable Problem email(@Nullable String email) {
        if (email == null) {
            return Problem.of("required");
        }
        if (email.length() > MAX_EMAIL) {
            return Problem.of("invalid", MAX_EMAIL);
        }
        if (!EMAIL.matcher(email).matches()) {
            return Problem.of("invalid");
        }
        Problem problem = line(email, MAX_EMAIL);
        return problem == null && InvisibleCharacters.anyIn(email) ? Problem.of("invisible_char") : problem;
    }

    /** What PostgreSQL can store, however it looks: the rule for texts that came into being elsewhere. */
    public static @Nullable Problem storable(@Nullable String text) {
        return text == null ? Problem.of("required") : optionalContent(text);
    }

    /** A BCP 47 tag. */
    public static @Nullable Problem language(@Nullable String tag) {
        if (tag == null) {
            return Problem.of("required");
        }
        if (tag.isEmpty() || tag.length() > MAX_LANGUAGE) {
            return Problem.of("invalid", tag.isEmpty() ? 1 : MAX_LANGUAGE);
        }
        try {
            new Locale.Builder().setLanguageTag(tag);
            return null;
        } catch (IllformedLocaleException e) {
            return Problem.of("invalid");
        }
    }

    /** A file's name without a path, on whatever system. */
    public static @Nullable Problem fileName(@Nullable String name) {
        Problem problem = line(name, MAX_FILE_NAME_BYTES);
        if (name == null || problem != null) {
            return problem;
        }
        return name.indexOf('/') >= 0 || name.indexOf('\\') >= 0 || name.equals(".") || name.equals("..")
                ? Problem.of("invalid")
                : utf8Length(name) > MAX_FILE_NAME_BYTES ? Problem.of("too_long", MAX_FILE_NAME_BYTES) : null;
    }

    /** A media type without parameters. */
    public static @Nullable Problem mediaType(@Nullable String type) {
        if (type == null) {
            return Problem.of("required");
        }
        return type.length() <= MAX_MEDIA_TYPE && MEDIA_TYPE.matcher(type).matches() ? null : Problem.of("invalid");
    }

    public static @Nullable Problem fieldName(@Nullable String name) {
        if (name == null) {
            return Problem.of("required");
        }
        return FIELD_NAME.matcher(name).matches() ? null : Problem.of("invalid");
    }

    public static @Nullable Problem eventType(@Nullable String name) {
        if (name == null) {
            return Problem.of("required");
        }
        return EVENT_TYPE.matcher(name).matches() ? null : Problem.of("invalid");
    }

    /** What PostgreSQL refuses, and what the driver would silently replace. */
    public static @Nullable Problem unstorable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return Problem.of("nul_char");
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return Problem.of("invalid_unicode");
                }
                i++;
            }
        }
        return null;
    }

    public static long utf8Length(String text) {
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return bytes;
    }

    /** Whether nothing of it can be seen. */
    public static boolean isBlank(String text) {
        return InvisibleCharacters.nothingElseIn(text);
    }
}
