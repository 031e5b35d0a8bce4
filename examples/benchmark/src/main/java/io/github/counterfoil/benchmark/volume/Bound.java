package io.github.counterfoil.benchmark.volume;

/**
 * How many buffers a kind of reading may touch.
 *
 * @param ofRow for each row that comes
 * @param beside for the way to them; negative if nothing is promised
 */
record Bound(long ofRow, long beside) {
    /** Lists, histories, single tickets, and views by what their indexes serve. */
    static final Bound ROWS = new Bound(20, 60);

    /** Each count reads an index as far as 10,000. */
    static final Bound COUNTS = new Bound(100, 60);

    static final Bound NONE = new Bound(0, -1);

    boolean promised() {
        return beside >= 0;
    }

    long of(int rows) {
        return ofRow * Math.max(0, rows) + beside;
    }
}
