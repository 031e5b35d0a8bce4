package io.github.counterfoil.internal.change;

import io.github.counterfoil.internal.access.Access;
import io.github.counterfoil.internal.event.ChangeRepository.StoredChange;
import io.github.counterfoil.internal.event.ChangeRepository.TicketPart;
import io.github.counterfoil.internal.event.EventRow;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** What one side of the counter sees of a change. */
interface Side<A, C> {

    Access access();

    TicketPart<Opening<A>> part();

    C purged(UUID ticketId, Instant at, UUID by, String position);

    C opened(Opening<A> ticket, String position);

    /** Empty for what this side does not see. */
    Optional<C> happened(A ticket, EventRow event, boolean imported, String position);

    /** Empty for what this side does not see. */
    default Optional<C> change(StoredChange<Opening<A>> stored) {
        Opening<A> ticket = stored.ticket();
        EventRow event = stored.event();
        Instant purgedAt = stored.purgedAt();
        UUID purgedBy = stored.purgedBy();
        String position = Places.text(stored.place());
        if (purgedAt != null && purgedBy != null) {
            return Optional.of(purged(stored.place().ticketId(), purgedAt, purgedBy, position));
        }
        if (ticket == null) {
            return Optional.empty();
        }
        if (stored.place().seq() == 0) {
            return Optional.of(opened(ticket, position));
        }
        return event == null ? Optional.empty() : happened(ticket.about(), event, stored.imported(), position);
    }

    /**
     * What is told of a ticket, and of its opening.
     *
     * @param imported whether it was opened elsewhere
     */
    record Opening<A>(A about, Instant at, UUID by, boolean imported) {}
}
