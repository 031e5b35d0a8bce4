package io.github.counterfoil.imports;

import java.util.List;
import java.util.UUID;

/**
 * What an import did.
 *
 * @param imported tickets that were stored, or gained the events that were missing
 * @param present tickets of which everything was stored before
 * @param faults what was wrong with the others, of which nothing was stored; a ticket may have several
 */
public record ImportReport(long imported, long present, List<Fault> faults) {

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

    public ImportReport {
        faults = List.copyOf(faults);
    }
}
