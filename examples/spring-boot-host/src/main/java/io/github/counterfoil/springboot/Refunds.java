package io.github.counterfoil.springboot;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.desk.AgentDesk;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.ticket.NewTicket;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Stores each refund with a ticket that tells of it: both or neither. */
@Service
public class Refunds {
    private final RefundRepository repository;
    private final TicketService tickets;
    private final DataSource dataSource;

    Refunds(RefundRepository repository, TicketService tickets, DataSource dataSource) {
        this.repository = repository;
        this.tickets = tickets;
        this.dataSource = dataSource;
    }

    /** Opens a ticket for the customer, answers it as the agent, and stores the refund. */
    @Transactional
    public UUID grant(Refund refund, UUID customerId, UUID agentId, String answer) {
        AgentDesk agent =
                tickets.joining(DataSourceUtils.getConnection(dataSource)).agent(agentId);
        NewTicket ticket = NewTicket.of("Refund", "A refund was asked for.")
                .field("refund", JsonValue.parse("{\"id\": \"%s\"}".formatted(refund.id())));
        UUID ticketId = agent.open(customerId, ticket).id();
        agent.on(ticketId).reply(answer);
        refund.isToldBy(ticketId);
        repository.save(refund);
        return ticketId;
    }
}
