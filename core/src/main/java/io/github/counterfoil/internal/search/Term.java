package io.github.counterfoil.internal.search;

/**
 * What can be found of a text.
 *
 * @param position its place among the words of the text, from 1
 * @param from in the folded text
 * @param to after its last character there
 */
record Term(String text, int position, int from, int to) {

    /** Tells nothing of what people typed. */
    @Override
    public String toString() {
        return "Term[" + position + "]";
    }
}
