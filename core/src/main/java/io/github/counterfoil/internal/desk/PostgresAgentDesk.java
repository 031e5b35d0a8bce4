package io.github.counterfoil.internal.desk;

import io.github.counterfoil.desk.AgentDesk;
import io.github.counterfoil.desk.AgentHandle;
import io.github.counterfoil.desk.BulkCommands;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.internal.access.Access;
import io.github.counterfoil.internal.access.Actor;
import io.github.counterfoil.internal.command.Call;
import io.github.counterfoil.internal.command.Opener;
import io.github.counterfoil.internal.command.ServiceContext;
import io.github.counterfoil.internal.event.ReferenceRepository;
import io.github.counterfoil.internal.given.Given;
import io.github.counterfoil.internal.people.PostgresDirectory;
import io.github.counterfoil.internal.people.PostgresFigures;
import io.github.counterfoil.internal.ticket.OpenTicket;
import io.github.counterfoil.internal.ticket.QueryRepository;
import io.github.counterfoil.internal.ticket.SummaryShape;
import io.github.counterfoil.internal.ticket.TicketRepository;
import io.github.counterfoil.internal.ticket.TicketShape;
import io.github.counterfoil.page.Page;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.people.Directory;
import io.github.counterfoil.people.Figures;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Reference;
import io.github.counterfoil.ticket.Ticket;
import io.github.counterfoil.ticket.TicketQuery;
import io.github.counterfoil.ticket.TicketStatus;
import io.github.counterfoil.ticket.TicketSummary;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The desk of one worker. */
public final class PostgresAgentDesk implements AgentDesk {
    private final ServiceContext context;
    private final Actor actor;

    public PostgresAgentDesk(ServiceContext context, UUID workerId) {
        this.context = context;
        this.actor = new Actor(Role.AGENT, workerId);
    }

    @Override
    public Ticket open(UUID customerId, NewTicket ticket) {
        return open(customerId, ticket, UUID.randomUUID());
    }

    @Override
    public Ticket open(UUID customerId, NewTicket ticket, UUID commandId) {
        return Opener.open(context, actor, customerId, ticket, commandId, this::opened, id -> on(id).ticket());
    }

    private Ticket opened(UUID id, long number, OpenTicket opening, Instant at, String customerEmail) {
        return new Ticket(
                id,
                number,
                opening.title(),
                opening.description(),
                TicketStatus.NEW,
                opening.priority(),
                opening.tags(),
                opening.customFields(),
                Optional.empty(),
                Optional.ofNullable(opening.channel()),
                at,
                at,
                actor.id(),
                opening.customerId(),
                customerEmail,
                List.of(),
                at,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0);
    }

    @Override
    public AgentHandle on(UUID ticketId) {
        return new PostgresAgentHandle(context, actor, Given.value("ticket_id", ticketId), Call.PLAIN);
    }

    @Override
    public Optional<Ticket> findByNumber(long number) {
        return TicketRepository.findByNumber(context.database(), context.access(actor), TicketShape.AGENT, number);
    }

    @Override
    public List<Reference.Place> findReferences(Collection<Reference> references) {
        return ReferenceRepository.find(context.database(), context.access(actor), references);
    }

    @Override
    public BulkCommands onEach(Collection<UUID> ticketIds) {
        return new PostgresBulkCommands(context, actor, Given.held("ticket_ids", ticketIds), null, Call.PLAIN);
    }

    @Override
    public BulkCommands onEach(Map<UUID, Integer> versions) {
        Map<UUID, Integer> given = new LinkedHashMap<>(Given.value("versions", versions));
        return new PostgresBulkCommands(
                context,
                actor,
                Given.held("ticket_ids", given.keySet()),
                Given.held("versions", given.values()),
                Call.PLAIN);
    }

    @Override
    public Directory directory() {
        return new PostgresDirectory(context.database(), context.access(actor));
    }

    @Override
    public Figures figures() {
        return new PostgresFigures(context.database(), context.access(actor));
    }

    @Override
    public Page<TicketSummary> find(TicketQuery query, PageRequest page) {
        QueryRepository.check(context.access(actor), context.searched(), query, page);
        return QueryRepository.find(context.late(), context.access(actor), SummaryShape.AGENT, query, page);
    }

    @Override
    public Map<String, TicketQuery.Count> counts(Map<String, TicketQuery> queries) {
        Access access = context.access(actor);
        return QueryRepository.counts(
                context.late(), access, QueryRepository.checked(access, context.searched(), queries));
    }
}
