package io.github.counterfoil.change;

import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.internal.given.Given;
import io.github.counterfoil.internal.json.JsonObject;
import io.github.counterfoil.json.AsJson;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.ticket.Ticket;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/** Something that happened to a ticket, for the staff's side: read as it is stored now, after what was redacted or erased since. */
public sealed interface Change extends AsJson {

    UUID ticketId();

    /** Where it stands, for {@link ChangeFeed.Start#after}. */
    String position();

    /** This, {@code change} saying which it is: {@code opened}, {@code happened} or {@code purged}. */
    @Override
    default JsonValue json() {
        return JsonValue.parse(new JsonObject()
                .put("change", getClass().getSimpleName().toLowerCase(Locale.ROOT))
                .putComponents(this, Set.of())
                .text());
    }

    /** A ticket was opened. */
    record Opened(About ticket, Instant at, UUID openedBy, boolean imported, String position) implements Change {
        @Override
        public UUID ticketId() {
            return ticket.id();
        }
    }

    /**
     * An event was stored.
     *
     * @param imported whether it was written elsewhere, and came in later than its time says
     */
    record Happened(About ticket, TicketEvent event, boolean imported, String position) implements Change {
        @Override
        public UUID ticketId() {
            return ticket.id();
        }
    }

    /** A ticket was purged. What was not read of it before is not read any more. */
    record Purged(UUID ticketId, Instant at, UUID purgedBy, String position) implements Change {}

    /** The ticket as it is when the change is read. */
    record About(UUID id, long number, String title, UUID customerId, List<Ticket.Assignee> assignedTo)
            implements AsJson {
        public About {
            assignedTo = Given.list("assigned_to", assignedTo);
        }

        @Override
        public String toString() {
            return "About[" + id + "]";
        }
    }
}
