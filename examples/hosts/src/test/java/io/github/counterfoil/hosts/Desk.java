package io.github.counterfoil.hosts;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.error.Refusal;
import java.util.UUID;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** A service of the host's, called inside transactions. */
@Transactional
class Desk {
    private final TicketService tickets;

    Desk(TicketService tickets) {
        this.tickets = tickets;
    }

    void reply(UUID ticketId) {
        tickets.agent(HostDatabase.JANE).on(ticketId).reply("Hello");
    }

    // region: no-rollback
    @Transactional(noRollbackFor = Refusal.class)
    void replyIfPossible(UUID ticketId) {
        tickets.agent(HostDatabase.JANE).on(ticketId).reply("Hello");
    }
    // endregion

    boolean knows(UUID ticketId) {
        return tickets.agent(HostDatabase.JANE).on(ticketId).findTicket().isPresent();
    }

    @Transactional(propagation = Propagation.REQUIRES_NEW)
    void replySeparately(UUID ticketId) {
        tickets.agent(HostDatabase.JANE).on(ticketId).reply("Hello");
    }

    @Transactional(propagation = Propagation.SUPPORTS)
    void replyAnywhere(UUID ticketId) {
        tickets.agent(HostDatabase.JANE).on(ticketId).reply("Hello");
    }

    @Transactional(readOnly = true)
    int version(UUID ticketId) {
        return tickets.agent(HostDatabase.JANE).on(ticketId).ticket().version();
    }

    @Transactional(readOnly = true)
    void replyReadOnly(UUID ticketId) {
        tickets.agent(HostDatabase.JANE).on(ticketId).reply("Hello");
    }
}
