package io.github.counterfoil.internal.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The terms of one or several texts as PostgreSQL keeps them: the text of a {@code tsvector}. */
final class Words {
    /** Of different terms, so many are kept, the first ones. */
    static final int MAX_TERMS = 4_000;

    private static final int MAX_POSITIONS = 255;

    /** How much a text counts. */
    enum Weight {
        TITLE("A"),
        DESCRIPTION("B"),
        TEXT("");

        private final String label;

        Weight(String label) {
            this.label = label;
        }
    }

    private final Map<String, List<String>> positions = new LinkedHashMap<>();
    private int next = 1;

    /** A phrase does not reach from one text to the next. */
    Words add(String text, Weight weight) {
        int last = next;
        for (Term term : Terms.of(text, next)) {
            if (positions.size() < MAX_TERMS || positions.containsKey(term.text())) {
                List<String> places = positions.computeIfAbsent(term.text(), first -> new ArrayList<>(1));
                if (places.size() < MAX_POSITIONS) {
                    places.add(term.position() + weight.label);
                }
            }
            last = term.position();
        }
        next = last + 2;
        return this;
    }

    boolean isEmpty() {
        return positions.isEmpty();
    }

    /** What PostgreSQL reads as a {@code tsvector}. */
    String text() {
        StringBuilder text = new StringBuilder();
        positions.forEach((term, places) -> {
            quote(term, text.isEmpty() ? text : text.append(' '));
            text.append(':').append(String.join(",", places));
        });
        return text.toString();
    }

    /** A term as it stands in a {@code tsvector} and in a {@code tsquery}. */
    static void quote(String term, StringBuilder text) {
        text.append('\'');
        for (int i = 0; i < term.length(); i++) {
            char c = term.charAt(i);
            if (c == '\'' || c == '\\') {
                text.append(c);
            }
            text.append(c);
        }
        text.append('\'');
    }

    /** Tells nothing of what people typed. */
    @Override
    public String toString() {
        return "Words[" + positions.size() + "]";
    }
}
