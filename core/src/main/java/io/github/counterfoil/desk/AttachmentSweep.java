package io.github.counterfoil.desk;

import io.github.counterfoil.json.AsJson;
import java.time.Duration;

/** Deletes from the store what nobody can open any more. It acts for the host and checks nobody's rights. */
public interface AttachmentSweep {

    /**
     * Deletes files that no reply named for so long, and those that were redacted or purged, or that somebody uploaded and named in no
     * reply before they were erased: in the store first, and then what is known of them. It may be cut off at any point and run beside
     * another; what the store refuses to delete is tried again by later calls, after all others. Call it from time to time, until it
     * deletes none. Two round trips, and the store's time: of the database's own store, one or more for each file. With a store of the
     * host's it is refused within a transaction of the host's ({@code connection.in_transaction}), and what the store throws is logged by
     * its class and counted.
     *
     * @param unnamedFor at least a minute, and longer than any upload takes: a day is enough
     * @param atMost how many, from 1 to 1,000
     */
    Swept sweep(Duration unnamedFor, int atMost);

    /**
     * @param deleted how many the store has deleted
     * @param failed how many it could not delete
     */
    record Swept(int deleted, int failed) implements AsJson {}
}
