package io.github.counterfoil.benchmark.contestant;

import java.time.Duration;

/**
 * How much is done in one slice.
 *
 * @param threads how many work at the same time
 * @param time after which no operation begins
 * @param operations the most of each thread
 * @param round the number of the slice, from 0
 */
public record Load(int threads, Duration time, int operations, int round) {}
