package io.github.counterfoil.internal.search;

/**
 * What can be found of a text.
 *
 * @param position its place among the words of the text, from 1
 */
record Term(String text, int position) {

    /** Tells nothing of what people typed. */
    @Override
    public String toString() {
        return "Term[" + position + "]";
    }
}
