package io.github.counterfoil.internal.verification;

import io.github.counterfoil.error.TicketNotFound;
import io.github.counterfoil.internal.database.Database;
import io.github.counterfoil.internal.event.EventTypes;
import io.github.counterfoil.verification.VerificationReport;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Verifies tickets, one or all. */
public final class Verification {
    private static final int BATCH = 200;
    private static final UUID LEAST = new UUID(0, 0);

    private final Database database;
    private final EventTypes types;

    public Verification(Database database, EventTypes types) {
        this.database = database;
        this.types = types;
    }

    public VerificationReport ticket(UUID ticketId) {
        StoredTicket ticket =
                database.read(dsl -> StoredTicket.find(dsl, ticketId)).orElseThrow(() -> new TicketNotFound(ticketId));
        return new VerificationReport(1, Comparison.of(database, ticket, types));
    }

    public VerificationReport all() {
        List<VerificationReport.Discrepancy> found = new ArrayList<>();
        long tickets = 0;
        UUID last = LEAST;
        while (true) {
            UUID from = last;
            List<StoredTicket> batch = database.read(dsl -> StoredTicket.after(dsl, from, BATCH));
            if (batch.isEmpty()) {
                return new VerificationReport(tickets, found);
            }
            batch.forEach(ticket -> found.addAll(Comparison.of(database, ticket, types)));
            tickets += batch.size();
            last = batch.get(batch.size() - 1).row().getId();
        }
    }
}
