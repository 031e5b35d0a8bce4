package io.github.counterfoil.internal.ticket;

import static io.github.counterfoil.internal.jooq.Tables.TICKET;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.inline;

import io.github.counterfoil.internal.database.Sent;
import io.github.counterfoil.internal.event.Seen;
import io.github.counterfoil.internal.event.TicketState;
import io.github.counterfoil.internal.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * What customers see of a ticket where it differs from what the staff sees: {@code ticket.shown} and {@code
 * ticket.shown_assigned_to}, which are null on nearly every ticket.
 */
public final class Shown {

    private Shown() {}

    /** A text of the ticket that a query is at, as its customer sees it. */
    public static Field<String> text(Field<String> column) {
        return coalesce(DSL.jsonbGetAttributeAsText(TICKET.SHOWN, inline(column.getName())), column);
    }

    /** A time of the ticket that a query is at, as its customer sees it and {@link Sent} selects it. */
    static Field<Long> time(Field<Instant> column) {
        return coalesce(
                DSL.jsonbGetAttributeAsText(TICKET.SHOWN, inline(column.getName()))
                        .cast(SQLDataType.BIGINT),
                Sent.micros(column));
    }

    /**
     * What {@code ticket.shown} holds; empty for null.
     *
     * @param opened when the ticket was
     */
    public static Optional<JsonObject> parts(TicketState state, Instant opened) {
        Seen all = state.all();
        Seen shown = state.shown();
        JsonObject parts = new JsonObject();
        if (!shown.title().equals(all.title())) {
            parts.put("title", shown.title());
        }
        if (!shown.description().equals(all.description())) {
            parts.put("description", shown.description());
        }
        if (shown.priority() != all.priority()) {
            parts.put("priority", shown.priority().wireName());
        }
        if (shown.status() != all.status() || shown.closedSeq() != all.closedSeq()) {
            parts.put("status", shown.status().wireName());
            if (shown.closedSeq() > 0) {
                parts.put("closed_seq", shown.closedSeq());
            }
        }
        if (!shown.statusSince(opened).equals(all.statusSince(opened))) {
            parts.put("status_since", micros(shown.statusSince(opened)));
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(parts);
    }

    /** A time as {@code ticket.shown} holds it. */
    public static long micros(Instant time) {
        // Not what ChronoUnit counts: it counts nanoseconds first, which reach from 1677 to 2262 alone.
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1_000);
    }

    /** What {@code ticket.shown_assigned_to} holds; empty for null. */
    public static Optional<List<UUID>> assignees(TicketState state) {
        List<UUID> assignees = state.shown().assignees();
        return assignees.equals(state.all().assignees()) ? Optional.empty() : Optional.of(assignees);
    }
}
