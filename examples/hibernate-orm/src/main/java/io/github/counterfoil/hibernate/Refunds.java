package io.github.counterfoil.hibernate;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.desk.AgentDesk;
import io.github.counterfoil.ticket.NewTicket;
import java.util.UUID;
import org.hibernate.Session;
import org.hibernate.SessionFactory;

/** Stores each refund with a ticket that tells of it: both or neither. */
public final class Refunds {
    private final SessionFactory sessions;
    private final TicketService tickets;

    public Refunds(SessionFactory sessions, TicketService tickets) {
        this.sessions = sessions;
        this.tickets = tickets;
    }

    /** Opens a ticket for the customer, answers it as the agent, and stores the refund. */
    public UUID grant(Refund refund, UUID customerId, UUID agentId, String answer) {
        return sessions.fromTransaction(session -> {
            UUID ticketId = tell(session, customerId, agentId, answer);
            refund.isToldBy(ticketId);
            session.persist(refund);
            return ticketId;
        });
    }

    private UUID tell(Session session, UUID customerId, UUID agentId, String answer) {
        return session.doReturningWork(connection -> {
            AgentDesk agent = tickets.joining(connection).agent(agentId);
            UUID ticketId = agent.open(customerId, NewTicket.of("Refund", "A refund was asked for."))
                    .id();
            agent.on(ticketId).reply(answer);
            return ticketId;
        });
    }
}
