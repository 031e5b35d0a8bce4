package io.github.counterfoil.benchmark.measure;

/**
 * What one contestant did in one short time.
 *
 * @param rate operations a second, of all threads together
 * @param latencies of the single operations
 */
public record Slice(double rate, Latencies latencies) {}
