package io.github.counterfoil.benchmark.measure;

import java.util.Arrays;

/** Times of operations, counted in buckets that are at most 1.6 % wide. Not safe for use by several threads. */
public final class Latencies {
    private static final int STEPS = 64;
    private static final int STEP_BITS = 6;

    private final long[] counts = new long[STEPS * (64 - STEP_BITS)];

    public void add(long nanos) {
        counts[bucket(Math.max(0, nanos))]++;
    }

    public void add(Latencies other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
    }

    public long count() {
        return Arrays.stream(counts).sum();
    }

    /** The time in nanoseconds that the given share of operations kept; 0 if there are none. */
    public long percentile(double share) {
        long wanted = (long) Math.ceil(share * count());
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (counts[i] > 0 && seen >= wanted) {
                return middle(i);
            }
        }
        return 0;
    }

    private static int bucket(long nanos) {
        int shift = Math.max(0, 64 - Long.numberOfLeadingZeros(nanos) - STEP_BITS - 1);
        // Below the first full power of two the buckets are one nanosecond wide.
        return (int) (shift * STEPS + (nanos >>> shift));
    }

    private static long middle(int bucket) {
        int shift = Math.max(0, bucket / STEPS - 1);
        long low = (long) (bucket - shift * STEPS) << shift;
        return low + (1L << shift) / 2;
    }
}
