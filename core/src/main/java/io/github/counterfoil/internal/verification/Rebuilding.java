package io.github.counterfoil.internal.verification;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.internal.jooq.tables.records.TicketRecord;
import io.github.counterfoil.internal.json.UnfitMember;
import io.github.counterfoil.internal.ticket.Beginning;

/**
 * What a stored ticket is rebuilt from before its events.
 *
 * @param beginning what the ticket started with
 * @param fits whether the row tells its beginning; if not, it is taken to have been as it is now
 */
record Rebuilding(Beginning beginning, boolean fits) {

    static Rebuilding of(TicketRecord row) {
        try {
            return new Rebuilding(Beginning.of(row), true);
        } catch (UnfitMember | InvalidInput e) {
            return new Rebuilding(Beginning.asNow(row), false);
        }
    }
}
