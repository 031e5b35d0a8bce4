package io.github.counterfoil.internal.search;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A run of characters that belong together: a word, with the signs inside it that make an identifier, such as {@code LP-1817},
 * {@code v1.2.3} or an address; or what stands between two blanks, signs or other scripts in a script that has no blanks between words.
 *
 * @param from in the folded text
 * @param to after its last character
 * @param pairs whether it is found by pairs of its characters
 */
record Run(int from, int to, boolean pairs) {
    private static final String JOINING = ".-_@+'&";
    private static final Set<UnicodeScript> WITHOUT_BLANKS = EnumSet.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.BOPOMOFO,
            UnicodeScript.HANGUL,
            UnicodeScript.THAI,
            UnicodeScript.LAO,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR,
            UnicodeScript.TIBETAN,
            UnicodeScript.YI,
            UnicodeScript.JAVANESE,
            UnicodeScript.BALINESE,
            UnicodeScript.TAI_LE,
            UnicodeScript.NEW_TAI_LUE,
            UnicodeScript.TAI_THAM,
            UnicodeScript.TAI_VIET,
            UnicodeScript.CHAM);

    private enum Kind {
        WORD,
        PAIRS,
        JOIN,
        NONE
    }

    static List<Run> in(FoldedText text) {
        List<Run> runs = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            Kind kind = kind(text.at(at));
            int end = at + 1;
            if (kind == Kind.WORD || kind == Kind.PAIRS) {
                end = end(text, at, kind);
                runs.add(new Run(at, end, kind == Kind.PAIRS));
            }
            at = end;
        }
        return runs;
    }

    private static int end(FoldedText text, int from, Kind kind) {
        int at = from + 1;
        while (at < text.length()) {
            Kind next = kind(text.at(at));
            boolean joins = kind == Kind.WORD
                    && next == Kind.JOIN
                    && at + 1 < text.length()
                    && kind(text.at(at + 1)) == Kind.WORD;
            if (next != kind && !joins && !isMark(text.at(at))) {
                return at;
            }
            at++;
        }
        return at;
    }

    /** The words inside it, each as a run; itself if it is one. */
    List<Run> parts(FoldedText text) {
        List<Run> parts = new ArrayList<>(1);
        int start = from;
        for (int at = from; at <= to; at++) {
            if (at == to || kind(text.at(at)) == Kind.JOIN) {
                parts.add(new Run(start, at, false));
                start = at + 1;
            }
        }
        return parts;
    }

    private static Kind kind(int c) {
        if (c < 0x80) {
            return c >= 'a' && c <= 'z' || c >= '0' && c <= '9'
                    ? Kind.WORD
                    : JOINING.indexOf(c) >= 0 ? Kind.JOIN : Kind.NONE;
        }
        if (!Character.isLetterOrDigit(c) && !isMark(c) && Character.getType(c) != Character.LETTER_NUMBER) {
            return Kind.NONE;
        }
        // The sign that makes a vowel of Kana long belongs to no script.
        return c == 0x30FC || WITHOUT_BLANKS.contains(UnicodeScript.of(c)) ? Kind.PAIRS : Kind.WORD;
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }
}
