package io.github.counterfoil.page;

import java.util.Optional;

/**
 * Which part of a list is wanted. Pages are found by key, so that the thousandth costs what the first costs, and rows that
 * arrive meanwhile neither repeat nor hide another.
 *
 * @param size the most items of a page, 1 to 200
 * @param newestFirst the direction
 * @param cursor where the page before ended; empty for the first page
 */
public record PageRequest(int size, boolean newestFirst, Optional<String> cursor) {

    /** The newest items first. */
    public static PageRequest newestFirst(int size) {
        return new PageRequest(size, true, Optional.empty());
    }

    /** The oldest items first. */
    public static PageRequest oldestFirst(int size) {
        return new PageRequest(size, false, Optional.empty());
    }

    /**
     * The page that follows.
     *
     * @param cursor a {@link Page#next()} of the same list, asked by the same person in the same direction
     */
    public PageRequest after(String cursor) {
        return new PageRequest(size, newestFirst, Optional.of(cursor));
    }
}
