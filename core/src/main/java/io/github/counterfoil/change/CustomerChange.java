package io.github.counterfoil.change;

import io.github.counterfoil.event.CustomerEvent;
import io.github.counterfoil.internal.given.Given;
import io.github.counterfoil.internal.json.JsonObject;
import io.github.counterfoil.json.AsJson;
import io.github.counterfoil.json.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Something that happened to a ticket and that its customer sees: read as it is stored now, after what was redacted or erased since. */
public sealed interface CustomerChange extends AsJson {

    UUID ticketId();

    /** Where it stands, for {@link ChangeFeed.Start#after}. It follows from all events, and is not to be shown to a customer. */
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
    record Opened(About ticket, Instant at, boolean imported, String position) implements CustomerChange {
        @Override
        public UUID ticketId() {
            return ticket.id();
        }
    }

    /**
     * An event was stored.
     *
     * @param byCustomer the customer who did it, whose own the ticket is or who takes part: whom not to mail what they wrote. Empty if an
     *     agent did. It is the host's, and not to be shown to a customer: they are told names alone
     * @param imported whether it was written elsewhere, and came in later than its time says: an old message to send to nobody
     */
    record Happened(About ticket, CustomerEvent event, Optional<UUID> byCustomer, boolean imported, String position)
            implements CustomerChange {
        @Override
        public UUID ticketId() {
            return ticket.id();
        }
    }

    /** A ticket was purged. What was not read of it before is not read any more. */
    record Purged(UUID ticketId, Instant at, String position) implements CustomerChange {}

    /**
     * The ticket as its customer sees it when the change is read.
     *
     * @param customerId whose ticket it is; others may take part
     * @param assignedTo as {@code AgentDisplay} names agents
     */
    record About(UUID id, long number, String title, UUID customerId, List<String> assignedTo) implements AsJson {
        public About {
            assignedTo = Given.list("assigned_to", assignedTo);
        }

        @Override
        public String toString() {
            return "About[" + id + "]";
        }
    }
}
