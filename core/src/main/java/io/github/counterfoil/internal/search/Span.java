package io.github.counterfoil.internal.search;

/**
 * A part of a text.
 *
 * @param from the first of its {@code char}s
 * @param to after the last
 */
public record Span(int from, int to) {}
