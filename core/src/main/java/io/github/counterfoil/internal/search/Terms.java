package io.github.counterfoil.internal.search;

import java.util.ArrayList;
import java.util.List;

/**
 * What a text is found by: its words; identifiers as a whole and their parts; overlapping pairs of characters where a script has no
 * blanks between words. Made here and not by PostgreSQL, whose answer depends on the locale of the database.
 */
final class Terms {
    /** Of a text so many characters are read: what a long log has at its end is not found. */
    static final int MAX_CHARACTERS = 16_384;

    /** A longer word is found by its beginning. */
    static final int MAX_TERM = 64;

    /** PostgreSQL knows no later position. */
    static final int LAST_POSITION = 16_380;

    private Terms() {}

    /** The terms of a text, the first of them at the given position; those at one place stand one after another. */
    static List<Term> of(String text, int firstPosition) {
        FoldedText folded = FoldedText.of(text, MAX_CHARACTERS);
        List<Term> terms = new ArrayList<>();
        int position = firstPosition;
        for (Run run : Run.in(folded)) {
            if (position > LAST_POSITION) {
                break;
            }
            position = run.pairs() ? addPairs(folded, run, position, terms) : addWord(folded, run, position, terms);
        }
        return terms;
    }

    private static int addPairs(FoldedText folded, Run run, int first, List<Term> terms) {
        int position = first;
        for (int at = run.from(); at < run.to() && position <= LAST_POSITION; at++) {
            terms.add(term(folded, at, Math.min(at + 2, run.to()), position++));
        }
        return position;
    }

    private static int addWord(FoldedText folded, Run run, int first, List<Term> terms) {
        List<Run> parts = run.parts(folded);
        if (parts.size() > 1) {
            terms.add(term(folded, run.from(), run.to(), first));
        }
        int position = first;
        for (Run part : parts) {
            if (position > LAST_POSITION) {
                break;
            }
            terms.add(term(folded, part.from(), part.to(), position++));
        }
        return position;
    }

    private static Term term(FoldedText folded, int from, int to, int position) {
        return new Term(cut(folded, from, to), position);
    }

    /** A word as it is kept. */
    static String cut(FoldedText folded, int from, int to) {
        return folded.between(from, Math.min(to, from + MAX_TERM));
    }
}
