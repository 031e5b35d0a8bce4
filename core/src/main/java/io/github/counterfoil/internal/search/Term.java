package io.github.counterfoil.internal.search;

/**
 * What can be found of a text.
 *
 * @param position its place among the words of the text, from 1
 * @param start where it stands in the text, in UTF-16 units
 * @param end after its last unit
 */
record Term(String text, int position, int start, int end) {

    /** Tells nothing of what people typed. */
    @Override
    public String toString() {
        return "Term[" + position + "]";
    }
}
