package io.github.counterfoil.imports;

import io.github.counterfoil.internal.given.Given;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;

/**
 * Writes tickets that happened elsewhere, with their own times, authors and ids. Nothing follows by itself: an import does
 * not apply the workflow. Closing events record resolutions, and the customers' channels grow, as they do at the desks.
 *
 * <p>It acts for the host itself and checks nobody's rights: do not hand it to code that acts for a customer.
 */
public interface Imports {

    /**
     * Imports every ticket of the iterator that has no fault. Each ticket is stored whole or not at all, in batches of one
     * statement. Importing again stores what is not stored yet and doubles nothing: a ticket whose stored events are the
     * first of the given ones gains the rest; one whose stored events differ is a fault ({@code events.diverged}).
     *
     * <p>The people must be registered before. Only a batch is held in memory. If the database fails in the middle, all
     * batches before are stored, the batch under way may be ({@code OutcomeUnknown}), and the import can be run again from
     * the start.
     */
    Report run(Iterator<ImportedTicket> tickets);

    /**
     * What an import did.
     *
     * @param imported tickets that were stored, or gained the events that were missing
     * @param present tickets of which everything was stored before
     * @param faults what was wrong with the others, of which nothing was stored; a ticket may have several
     */
    record Report(long imported, long present, List<Fault> faults) {

        /**
         * One fault.
         *
         * @param item the place in the import, from 0
         * @param id the ticket or person; the nil UUID if a document has no id that can be read
         * @param seq the event at fault; 0 if it is not an event
         * @param field the member at fault
         * @param code what is wrong with it: {@code unknown}, {@code out_of_order}, {@code not_current}, {@code too_long}, …
         */
        public record Fault(long item, UUID id, int seq, String field, String code) {
            @Override
            public String toString() {
                return "item " + item + ", " + id + (seq == 0 ? "" : ", event " + seq) + ": " + field + "." + code;
            }
        }

        public Report {
            faults = Given.list("faults", faults);
        }
    }
}
