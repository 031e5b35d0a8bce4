package io.github.counterfoil.internal.command;

import static io.github.counterfoil.internal.jooq.Tables.TICKETS_WRITTEN_IN;

import io.github.counterfoil.internal.database.Database;
import io.github.counterfoil.internal.jooq.tables.records.TicketsWrittenInRecord;
import io.github.counterfoil.internal.refusal.Refused;
import java.util.List;
import java.util.UUID;

/** Calls the function of the schema that finds what is to be redacted. */
public final class RedactionFunctions {

    private RedactionFunctions() {}

    /** Tickets that a person opened or wrote in, which follow one of them in the order of their ids. */
    public static List<UUID> ticketsWrittenIn(Database database, UUID adminId, UUID personId, UUID after, int most) {
        List<TicketsWrittenInRecord> found =
                database.read(dsl -> dsl.fetch(TICKETS_WRITTEN_IN(adminId, personId, after, most)));
        for (TicketsWrittenInRecord row : found) {
            Refused refused = Refused.of(row.getRefusal(), row.getSubject());
            if (refused != null) {
                throw refused.exception();
            }
        }
        return found.stream().map(TicketsWrittenInRecord::getTicketId).toList();
    }
}
