package io.github.counterfoil.internal.search;

/**
 * What was searched for, in a text.
 *
 * @param from the first of its {@code char}s
 * @param to after the last
 */
public record Highlight(int from, int to) {}
