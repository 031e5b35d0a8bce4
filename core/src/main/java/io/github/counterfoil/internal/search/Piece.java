package io.github.counterfoil.internal.search;

import java.util.List;

/**
 * A part of a text, and where in it is what was searched for.
 *
 * @param before whether the text goes on before it
 * @param after whether it goes on after it
 */
public record Piece(String text, List<Highlight> found, boolean before, boolean after) {
    /** Tells nothing of what people typed. */
    @Override
    public String toString() {
        return "Piece[" + found.size() + "]";
    }
}
