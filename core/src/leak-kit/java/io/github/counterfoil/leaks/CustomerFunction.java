package io.github.counterfoil.leaks;

import io.github.counterfoil.TicketService;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Something of the host's that a customer can reach: an endpoint, a transcript, an e-mail, an export. */
@FunctionalInterface
public interface CustomerFunction {

    /**
     * Does it, as one customer. It is called for tickets of the customer's own, for those of others and for none.
     *
     * @return all that the customer gets, in any form: text, bytes, JSON, values; null for nothing
     * @throws Exception which counts as part of the answer
     */
    @Nullable
    Object answer(TicketService tickets, UUID customerId, UUID ticketId) throws Exception;
}
