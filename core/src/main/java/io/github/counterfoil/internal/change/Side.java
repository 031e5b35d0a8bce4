package io.github.counterfoil.internal.change;

import io.github.counterfoil.event.Role;
import io.github.counterfoil.internal.access.Access;
import io.github.counterfoil.internal.event.ChangeRepository.StoredChange;
import io.github.counterfoil.internal.event.ChangeRepository.TicketPart;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** What one side of the counter sees of a change. */
interface Side<A, C> {

    Role role();

    Access access();

    TicketPart<Opening<A>> part();

    /** Empty for what this side does not see. */
    Optional<C> change(StoredChange<Opening<A>> stored);

    /**
     * What is told of a ticket, and of its opening.
     *
     * @param imported whether it was opened elsewhere
     */
    record Opening<A>(A about, Instant at, UUID by, boolean imported) {}
}
