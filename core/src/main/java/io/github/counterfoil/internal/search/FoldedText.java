package io.github.counterfoil.internal.search;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;

/**
 * A text as it is compared: NFKC, without case, without accents, strokes, and the vowel signs of Arabic, Hebrew and Syriac, with the digits
 * of ASCII. Signs that make another letter stay: voicing marks of Kana, vowels of the scripts of India and of Thai. No more than a
 * bound of characters is read.
 */
final class FoldedText {
    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int FIRST_ACCENT = 0x300;
    private static final int VOICED = 0x3099;
    private static final int SEMI_VOICED = 0x309A;
    private static final int TATWEEL = 0x640;

    private int[] characters;
    /** Where in the text each came from. */
    private int[] sources;

    private int length;
    private int end;

    private FoldedText(int capacity) {
        characters = new int[capacity];
        sources = new int[capacity];
    }

    /** @param most characters that are read, code points */
    static FoldedText of(String text, int most) {
        FoldedText folded = new FoldedText(Math.min(text.length(), most) + 16);
        int read = 0;
        int at = 0;
        while (at < text.length() && read < most) {
            int end = clusterEnd(text, at, most - read);
            folded.add(text, at, end);
            folded.end = end;
            read += text.codePointCount(at, end);
            at = end;
        }
        return folded;
    }

    /** A character and what combines with it. */
    private static int clusterEnd(String text, int start, int most) {
        int at = start + Character.charCount(text.codePointAt(start));
        for (int taken = 1; taken < most && at < text.length(); taken++) {
            int next = text.codePointAt(at);
            if (next < FIRST_ACCENT || !combines(next)) {
                return at;
            }
            at += Character.charCount(next);
        }
        return at;
    }

    /** Whether it belongs to the character before it. */
    static boolean combines(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || type == Character.COMBINING_SPACING_MARK
                // Vowels and finals of a Hangul syllable that is written in parts, and the marks of halfwidth Katakana.
                || c >= 0x1160 && c <= 0x11FF
                || c == 0xFF9E
                || c == 0xFF9F;
    }

    private void add(String text, int start, int end) {
        int first = text.charAt(start);
        if (end == start + 1 && first < 0x80) {
            add(first >= 'A' && first <= 'Z' ? first + ('a' - 'A') : first, start);
        } else if (end == start + 1 && isFolded(first)) {
            add(first, start);
        } else {
            String folded = folded(text.substring(start, end));
            folded.codePoints().forEach(c -> add(c, start));
        }
    }

    /** Han, Kana, Hangul and most of Thai, which are most of what is not ASCII and need no look at a table. */
    private static boolean isFolded(int c) {
        return c >= 0x4E00 && c <= 0x9FFF
                || c >= 0x3041 && c <= 0x3096
                || c >= 0x30A1 && c <= 0x30FC
                || c >= 0xAC00 && c <= 0xD7A3
                || c >= 0x0E01 && c <= 0x0E32;
    }

    private static String folded(String cluster) {
        String plain = Normalizer.normalize(cluster, Normalizer.Form.NFKC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
        StringBuilder bare = new StringBuilder(plain.length() + 1);
        Normalizer.normalize(plain, Normalizer.Form.NFKD)
                .codePoints()
                .filter(c -> !isAccent(c) && Character.getType(c) != Character.FORMAT)
                .forEach(c -> addAlike(c, bare));
        return Normalizer.normalize(bare, Normalizer.Form.NFC);
    }

    /** What a letter is the same letter without. */
    private static boolean isAccent(int c) {
        if (c < FIRST_ACCENT || c == VOICED || c == SEMI_VOICED) {
            return false;
        } else if (c == TATWEEL) {
            return true;
        }
        int type = Character.getType(c);
        if (type != Character.NON_SPACING_MARK && type != Character.ENCLOSING_MARK) {
            return false;
        }
        return switch (UnicodeScript.of(c)) {
            case INHERITED, CYRILLIC, ARABIC, HEBREW, SYRIAC -> true;
            default -> false;
        };
    }

    /** Letters that are typed as two, and what else Unicode takes for letters of their own and people do not. */
    private static void addAlike(int c, StringBuilder bare) {
        switch (c) {
            case 0xE6 -> bare.append("ae");
            case 0x153 -> bare.append("oe");
            case 0xFE -> bare.append("th");
            default -> bare.appendCodePoint(alike(c));
        }
    }

    private static int alike(int c) {
        if (Character.isDigit(c)) {
            return '0' + Character.digit(c, 10);
        }
        return switch (c) {
            case 0x3C2 -> 0x3C3; // the sigma at the end of a word
            case 0x2010, 0x2011, 0x2212, 0xAD -> '-';
            case 0x2018, 0x2019, 0x2BC -> '\'';
            case 0x131, 0x268 -> 'i'; // without a dot, and with a stroke as the following
            case 0x142 -> 'l';
            case 0xF8 -> 'o';
            case 0xF0, 0x111 -> 'd'; // eth too
            case 0x127 -> 'h';
            case 0x167 -> 't';
            case 0x180 -> 'b';
            case 0x1E5 -> 'g';
            case 0x1B6 -> 'z';
            case 0x289 -> 'u';
            default -> c;
        };
    }

    private void add(int c, int source) {
        if (c == ZERO_WIDTH_NON_JOINER) {
            return;
        }
        if (length == characters.length) {
            characters = Arrays.copyOf(characters, length * 2);
            sources = Arrays.copyOf(sources, length * 2);
        }
        characters[length] = c;
        sources[length++] = source;
    }

    int length() {
        return length;
    }

    int at(int index) {
        return characters[index];
    }

    /** Where in the text a character begins, with all that combines with it. */
    int sourceStart(int index) {
        return sources[index];
    }

    /** Where in the text it ends. */
    int sourceEnd(int index) {
        int next = index + 1;
        while (next < length && sources[next] == sources[index]) {
            next++;
        }
        return next < length ? sources[next] : end;
    }

    String between(int from, int to) {
        return new String(characters, from, to - from);
    }

    /** Tells nothing of what people typed. */
    @Override
    public String toString() {
        return "FoldedText[" + length + "]";
    }
}
