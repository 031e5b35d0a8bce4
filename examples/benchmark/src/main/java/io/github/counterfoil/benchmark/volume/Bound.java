package io.github.counterfoil.benchmark.volume;

/**
 * How many buffers a kind of reading may touch.
 *
 * @param buffers for so many of the rows that come
 * @param rows as many as that
 * @param beside for the way to them; negative if nothing is promised
 * @param scans whether a table may be read from one end to the other
 */
record Bound(long buffers, long rows, long beside, boolean scans) {
    /** Lists, histories, single tickets, and views by what their indexes serve. */
    static final Bound ROWS = new Bound(20, 1, 60, false);

    /** Each count reads an index as far as 10,000. */
    static final Bound COUNTS = new Bound(120, 1, 60, false);

    /** Where up to 1,000 texts have one of the words: these, and the list of them. */
    static final Bound RARE_WORDS = new Bound(0, 1, 2_500, false);

    /** Ten for each of the 1,000 texts that are looked at, and for the list of those that have a word. */
    static final Bound WORDS = new Bound(0, 1, 10_000, false);

    /** Where the words may stand in different texts of a ticket: four more for each of these. */
    static final Bound WORDS_APART = new Bound(0, 1, 14_000, false);

    /** Of the whole desk: 50 facts or more to the block, of indexes or, where all are counted, of their table. */
    static final Bound FACTS = new Bound(1, 50, 500, true);

    /** Of a worker: the rows of what they resolved, and of all ratings of the time, which may be all that there are. */
    static final Bound RESOLUTIONS = new Bound(4, 1, 500, true);

    static final Bound NONE = new Bound(0, 1, -1, true);

    boolean promised() {
        return beside >= 0;
    }

    long of(long counted) {
        return Math.max(0, counted) * buffers / rows + beside;
    }
}
