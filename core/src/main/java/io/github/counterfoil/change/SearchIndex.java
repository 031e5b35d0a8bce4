package io.github.counterfoil.change;

/**
 * Gives search what it has not: texts of tickets from before {@code searchable()}, of imports, documents and adopted tickets, those that a
 * service stored which is not searchable, and custom fields that a redaction left. It follows the changes of all tickets as a
 * consumer does, from the first one on, with a place that is kept in the database, and stores what texts are found by where that is
 * missing. It acts for the host and checks nobody's rights.
 *
 * <p>It is safe beside all who write, and beside another that does the same: each is given its part of the tickets. What was redacted,
 * erased or purged does not come back: a text is looked at again under its ticket's lock. What is there already costs a look.
 */
public interface SearchIndex {

    /**
     * Goes on where it stopped, as far as so many changes. All of it is stored or none; what was cut off is done again by the next
     * call. Call it until it answers 0, and again from time to time. Six round trips, five if nothing is to do, and it takes the time that it needs: the tickets
     * whose texts it stores are locked for the end of it.
     *
     * @param atMost how many changes, from 1 to 1,000; of them no more than 16 MiB of events. A few hundred are enough
     * @return how many it looked at; 0 if all is done, if others do the rest, or while a transaction holds the rest back
     * @throws io.github.counterfoil.error.ConsumerRefused {@code changes.distributed}
     */
    int catchUp(int atMost);

    /** How far behind it is, as of a consumer that is never paused. It reads what it counts, in one statement. */
    ChangeFeed.Lag lag();
}
