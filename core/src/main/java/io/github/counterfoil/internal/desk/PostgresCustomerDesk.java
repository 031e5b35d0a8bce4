package io.github.counterfoil.internal.desk;

import io.github.counterfoil.desk.CustomerDesk;
import io.github.counterfoil.desk.CustomerHandle;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.internal.access.Access;
import io.github.counterfoil.internal.access.Actor;
import io.github.counterfoil.internal.command.Call;
import io.github.counterfoil.internal.command.Opener;
import io.github.counterfoil.internal.command.ServiceContext;
import io.github.counterfoil.internal.event.ReferenceRepository;
import io.github.counterfoil.internal.given.Given;
import io.github.counterfoil.internal.ticket.OpenTicket;
import io.github.counterfoil.internal.ticket.QueryRepository;
import io.github.counterfoil.internal.ticket.SummaryShape;
import io.github.counterfoil.internal.ticket.TicketRepository;
import io.github.counterfoil.internal.ticket.TicketShape;
import io.github.counterfoil.page.Page;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.ticket.CustomerTicket;
import io.github.counterfoil.ticket.CustomerTicketSummary;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Reference;
import io.github.counterfoil.ticket.TicketQuery;
import io.github.counterfoil.ticket.TicketStatus;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The desk of one customer. */
public final class PostgresCustomerDesk implements CustomerDesk {
    private final ServiceContext context;
    private final Actor actor;
    private final TicketShape<CustomerTicket> shape;

    public PostgresCustomerDesk(ServiceContext context, UUID customerId) {
        this.context = context;
        this.actor = new Actor(Role.CUSTOMER, customerId);
        this.shape = TicketShape.customer(context.agentDisplay());
    }

    @Override
    public CustomerTicket open(NewTicket ticket) {
        return open(ticket, UUID.randomUUID());
    }

    @Override
    public CustomerTicket open(NewTicket ticket, UUID commandId) {
        return Opener.open(
                context,
                actor,
                actor.id(),
                ticket,
                commandId,
                (id, number, opening, at, customerEmail) -> opened(id, number, opening, at),
                id -> on(id).ticket());
    }

    private static CustomerTicket opened(UUID id, long number, OpenTicket opening, Instant at) {
        return new CustomerTicket(
                id,
                number,
                opening.title(),
                opening.description(),
                TicketStatus.NEW,
                opening.priority(),
                Optional.empty(),
                Optional.ofNullable(opening.channel()),
                at,
                at,
                List.of(),
                at,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0);
    }

    @Override
    public CustomerHandle on(UUID ticketId) {
        return new PostgresCustomerHandle(context, actor, shape, Given.value("ticket_id", ticketId), Call.PLAIN);
    }

    @Override
    public Optional<CustomerTicket> findByNumber(long number) {
        return TicketRepository.findByNumber(context.database(), context.access(actor), shape, number);
    }

    @Override
    public List<Reference.Place> findReferences(Collection<Reference> references) {
        return ReferenceRepository.find(context.database(), context.access(actor), references);
    }

    @Override
    public Page<CustomerTicketSummary> find(TicketQuery query, PageRequest page) {
        QueryRepository.check(context.access(actor), context.searched(), query, page);
        return QueryRepository.find(
                context.late(), context.access(actor), SummaryShape.customer(context.agentDisplay()), query, page);
    }

    @Override
    public Map<String, TicketQuery.Count> counts(Map<String, TicketQuery> queries) {
        Access access = context.access(actor);
        return QueryRepository.counts(
                context.late(), access, QueryRepository.checked(access, context.searched(), queries));
    }
}
