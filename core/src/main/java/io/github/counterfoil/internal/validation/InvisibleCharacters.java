package io.github.counterfoil.internal.validation;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What nobody sees, so that two texts look the same and are not: format characters, fillers and variation selectors, as
 * Unicode's Default_Ignorable_Code_Point has them (https://www.unicode.org/reports/tr44/#Default_Ignorable_Code_Point), the
 * marks of interlinear annotations, and the empty Braille cell.
 *
 * <p>Some of them are needed to write a word or an emoji, and are no fault there: joiners between letters of a script that
 * has them or behind an Indic virama, Mongolian selectors behind a Mongolian letter, variants of ideographs, and what puts
 * emoji together.
 */
public final class InvisibleCharacters {
    private static final String ANY =
            "\\u00AD\\u034F\\u061C\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F\\u200B-\\u200F\\u202A-\\u202E"
                    + "\\u2060-\\u206F\\u2800\\u3164\\uFE00-\\uFE0F\\uFEFF\\uFFA0\\uFFF0-\\uFFFB\\x{1BCA0}-\\x{1BCA3}"
                    + "\\x{1D173}-\\x{1D17A}\\x{E0000}-\\x{E0FFF}";

    private static final String JOINED =
            "[[\\p{IsArabic}\\p{IsSyriac}\\p{IsMandaic}\\p{IsNko}\\p{IsMongolian}\\p{IsAdlam}"
                    + "\\p{IsHanifi_Rohingya}\\p{IsDevanagari}\\p{IsBengali}\\p{IsGurmukhi}\\p{IsGujarati}\\p{IsOriya}\\p{IsTamil}"
                    + "\\p{IsTelugu}\\p{IsKannada}\\p{IsMalayalam}\\p{IsSinhala}\\p{IsKhmer}\\p{IsMyanmar}]&&[\\p{L}\\p{M}]&&[^"
                    + ANY + "]]";

    private static final String VIRAMA = "[\\u094D\\u09CD\\u0A4D\\u0ACD\\u0B4D\\u0BCD\\u0C4D\\u0CCD\\u0D4D\\u0DCA]";

    private static final String SYMBOL =
            "[[\\p{So}\\p{Sm}\\u203C\\u2049\\u3030\\x{1F000}-\\x{1FAFF}]&&[^\\u2800\\x{1F3FB}-\\x{1F3FF}]]";

    private static final String EMOJI = SYMBOL + "[\\uFE0E\\uFE0F]?[\\x{1F3FB}-\\x{1F3FF}]?";

    /** Each with what it stands behind: looking behind would see halves of surrogate pairs. */
    private static final String NEEDED = String.join(
            "|",
            JOINED + "[\\p{M}&&[^" + ANY + "]]{0,4}[\\u200C\\u200D](?=" + JOINED + ")",
            VIRAMA + "[\\u200C\\u200D]",
            "[\\p{IsMongolian}&&\\p{L}][\\u180B-\\u180F]",
            "\\p{IsIdeographic}[\\x{E0100}-\\x{E01EF}]",
            "[0-9#*]\\uFE0F(?=\\u20E3)",
            "\\x{1F3F4}[\\x{E0030}-\\x{E0039}\\x{E0061}-\\x{E007A}]{3,6}\\x{E007F}",
            EMOJI + "(?:\\u200D" + EMOJI + "){0,9}");

    private static final Pattern ALL = Pattern.compile("[" + ANY + "]");
    private static final Pattern NOT_NEEDED = Pattern.compile(NEEDED + "|([" + ANY + "])");
    private static final Pattern NOTHING_ELSE = Pattern.compile("[\\p{Z}\\p{Cc}\\p{Cf}" + ANY + "]*+");

    private InvisibleCharacters() {}

    static boolean anyIn(String text) {
        return ALL.matcher(text).find();
    }

    /** Whether there is nothing in the text but these, white space and control characters. */
    static boolean nothingElseIn(String text) {
        return NOTHING_ELSE.matcher(text).matches();
    }

    /** Whether there is one that is needed for nothing. */
    public static boolean unneededIn(String text) {
        return anyIn(text) && NOT_NEEDED.matcher(text).results().anyMatch(found -> found.group(1) != null);
    }

    /** The text without those that are needed for nothing. */
    public static String withoutUnneeded(String text) {
        String rest = text;
        // What one was needed for may have been another that is gone now.
        while (unneededIn(rest)) {
            rest = NOT_NEEDED
                    .matcher(rest)
                    .replaceAll(found -> found.group(1) == null ? Matcher.quoteReplacement(found.group()) : "");
        }
        return rest;
    }
}
