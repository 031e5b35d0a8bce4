package io.github.counterfoil.internal.ticket;

import static io.github.counterfoil.internal.database.JsonRows.selectRow;
import static io.github.counterfoil.internal.jooq.Tables.CUSTOMER;
import static io.github.counterfoil.internal.jooq.Tables.TICKET;
import static io.github.counterfoil.internal.jooq.Tables.TICKET_FOLLOWER;
import static io.github.counterfoil.internal.jooq.Tables.TICKET_PARTICIPANT;
import static io.github.counterfoil.internal.jooq.Tables.WORKER;
import static org.jooq.impl.DSL.select;

import io.github.counterfoil.error.TicketNotFound;
import io.github.counterfoil.internal.access.Access;
import io.github.counterfoil.internal.database.Database;
import io.github.counterfoil.internal.database.JsonRows;
import io.github.counterfoil.internal.database.Row;
import io.github.counterfoil.internal.database.Sent;
import io.github.counterfoil.internal.database.SqlText;
import io.github.counterfoil.internal.jooq.tables.CustomerTable;
import io.github.counterfoil.internal.jooq.tables.WorkerTable;
import io.github.counterfoil.ticket.Participants;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Query;
import org.jooq.impl.DSL;

/** Reads who has to do with a ticket, for the staff: one statement, and one that asks for the actor where no ticket was found. */
public final class ParticipantsReader {
    private static final CustomerTable PARTICIPANT = CUSTOMER.as("participant");
    private static final WorkerTable FOLLOWER = WORKER.as("follower");

    private static final Field<JSONB> PARTICIPANTS = JsonRows.rows(selectRow(
                    PARTICIPANT.ID,
                    PARTICIPANT.EMAIL,
                    PARTICIPANT.FIRST_NAME,
                    PARTICIPANT.LAST_NAME,
                    TICKET_PARTICIPANT.KIND)
            .from(TICKET_PARTICIPANT)
            .join(PARTICIPANT)
            .on(PARTICIPANT.ID.eq(TICKET_PARTICIPANT.CUSTOMER_ID))
            .where(TICKET_PARTICIPANT.TICKET_ID.eq(TICKET.ID))
            .orderBy(PARTICIPANT.NAME_KEY, PARTICIPANT.ID));

    private static final Field<JSONB> FOLLOWERS =
            JsonRows.rows(selectRow(FOLLOWER.ID, FOLLOWER.FIRST_NAME, FOLLOWER.LAST_NAME)
                    .from(TICKET_FOLLOWER)
                    .join(FOLLOWER)
                    .on(FOLLOWER.ID.eq(TICKET_FOLLOWER.WORKER_ID))
                    .where(TICKET_FOLLOWER.TICKET_ID.eq(TICKET.ID))
                    .and(FOLLOWER.ACTIVE)
                    .orderBy(FOLLOWER.NAME_KEY, FOLLOWER.ID));

    private ParticipantsReader() {}

    /** What the text depends on: nothing. */
    private record ParticipantsText() {}

    /** @param access an agent's */
    public static Participants of(Database database, Access access, UUID ticketId) {
        if (access.actor().isCustomer()) {
            throw new IllegalArgumentException("who takes part is the staff's to know");
        }
        SqlText sql = database.text(new ParticipantsText(), () -> query(access));
        Map<String, Object> values = access.values();
        values.put("ticket", ticketId);
        return database.reads(reads -> {
            Optional<Participants> found = reads.read(
                    sql,
                    values,
                    rows -> rows.next()
                            ? Optional.of(new Participants(
                                    rows.rows(ParticipantsReader::participant),
                                    rows.rows(ParticipantsReader::follower)))
                            : Optional.empty());
            if (found.isEmpty()) {
                access.requireActor(database, reads);
            }
            return found.orElseThrow(() -> new TicketNotFound(ticketId));
        });
    }

    private static Query query(Access access) {
        return select(Sent.all(List.of(PARTICIPANTS, FOLLOWERS)))
                .from(TICKET)
                .join(access.people())
                .on(access.acts())
                .where(TICKET.ID.eq(DSL.param("ticket", UUID.class)))
                .and(access.visibleTickets());
    }

    private static Participants.Participant participant(Row row) {
        return new Participants.Participant(
                row.id(),
                row.text(),
                row.text(),
                row.text(),
                Participants.Kind.ofWireName(row.word()).orElseThrow());
    }

    private static Participants.Follower follower(Row row) {
        return new Participants.Follower(row.id(), row.text(), row.text());
    }
}
