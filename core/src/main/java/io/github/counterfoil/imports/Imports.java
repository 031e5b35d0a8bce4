package io.github.counterfoil.imports;

import java.util.Iterator;

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
    ImportReport run(Iterator<ImportedTicket> tickets);
}
