package io.github.counterfoil.internal.people;

import static org.jooq.impl.DSL.lower;

import org.jooq.Field;

/** In which way two e-mails or names are the same: of the letters, those of ASCII have no case. The indexes are made so. */
public final class Folding {

    private Folding() {}

    /** "C" is the only collation in which PostgreSQL folds just those. */
    public static Field<String> folded(Field<String> text) {
        return lower(text.collate("C"));
    }

    public static String folded(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            folded.append(c >= 'A' && c <= 'Z' ? (char) (c + 'a' - 'A') : c);
        }
        return folded.toString();
    }
}
