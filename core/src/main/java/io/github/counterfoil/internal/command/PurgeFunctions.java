package io.github.counterfoil.internal.command;

import static io.github.counterfoil.internal.jooq.Tables.PURGE_CLOSED;
import static io.github.counterfoil.internal.jooq.Tables.PURGE_TICKET;

import io.github.counterfoil.desk.AdminDesk.Purged;
import io.github.counterfoil.internal.database.Database;
import io.github.counterfoil.internal.jooq.tables.records.PurgeClosedRecord;
import io.github.counterfoil.internal.jooq.tables.records.PurgeTicketRecord;
import io.github.counterfoil.internal.refusal.Refused;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Calls the functions of the schema that take tickets out: one statement each. */
public final class PurgeFunctions {

    private PurgeFunctions() {}

    /** It waits for who works on the ticket, and has to see what they stored. */
    public static void purge(Database database, UUID adminId, UUID ticketId, UUID commandId, @Nullable Instant now) {
        CommandKey key = CommandKey.ofPerson(adminId, "purge", ticketId, commandId, "");
        PurgeTicketRecord row = database.settledCommand(
                commandId,
                (dsl, frame) -> dsl.fetchSingle(
                        PURGE_TICKET(ticketId, adminId, key.digest(), now, frame.patience(), frame.durable())));
        Refused refused = Refused.of(row.getRefusal(), row.getSubject());
        if (refused != null) {
            throw refused.exception(commandId);
        }
    }

    public static Purged purgeClosed(
            Database database, UUID adminId, Instant before, int atMost, @Nullable Instant now) {
        PurgeClosedRecord row = database.write((dsl, frame) ->
                dsl.fetchSingle(PURGE_CLOSED(adminId, before, atMost, now, frame.patience(), frame.durable())));
        Refused refused = Refused.of(row.getRefusal(), row.getSubject());
        if (refused != null) {
            throw refused.exception();
        }
        return new Purged(row.getPurged(), row.getMore());
    }
}
