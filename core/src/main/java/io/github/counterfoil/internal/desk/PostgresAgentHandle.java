package io.github.counterfoil.internal.desk;

import io.github.counterfoil.command.Command;
import io.github.counterfoil.desk.AgentCommands;
import io.github.counterfoil.desk.AgentHandle;
import io.github.counterfoil.desk.Attachments;
import io.github.counterfoil.desk.CommandResult;
import io.github.counterfoil.desk.StaleTicket;
import io.github.counterfoil.desk.TicketWithHistory;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.internal.access.Actor;
import io.github.counterfoil.internal.command.Call;
import io.github.counterfoil.internal.command.CommandRunner;
import io.github.counterfoil.internal.command.ReadMarks;
import io.github.counterfoil.internal.command.ServiceContext;
import io.github.counterfoil.internal.event.EventReader;
import io.github.counterfoil.internal.event.EventRow;
import io.github.counterfoil.internal.event.HistoryRepository;
import io.github.counterfoil.internal.given.Given;
import io.github.counterfoil.internal.ticket.ParticipantsReader;
import io.github.counterfoil.internal.ticket.TicketRepository;
import io.github.counterfoil.internal.ticket.TicketShape;
import io.github.counterfoil.internal.verification.Snapshots;
import io.github.counterfoil.page.Page;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.ticket.Participants;
import io.github.counterfoil.ticket.Reference;
import io.github.counterfoil.ticket.Ticket;
import io.github.counterfoil.ticket.TicketSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A ticket at the desk of one worker. */
final class PostgresAgentHandle implements AgentHandle {
    private final ServiceContext context;
    private final Actor actor;
    private final UUID ticketId;
    private final Call call;
    private final EventReader events;

    PostgresAgentHandle(ServiceContext context, Actor actor, UUID ticketId, Call call) {
        this.context = context;
        this.actor = actor;
        this.ticketId = ticketId;
        this.call = call;
        this.events = context.events();
    }

    @Override
    public AgentCommands once(UUID commandId) {
        return new PostgresAgentHandle(context, actor, ticketId, call.once(commandId));
    }

    @Override
    public AgentCommands once(Reference reference) {
        return new PostgresAgentHandle(context, actor, ticketId, call.once(reference));
    }

    @Override
    public AgentCommands expecting(int version) {
        return new PostgresAgentHandle(context, actor, ticketId, call.expecting(version));
    }

    @Override
    public CommandResult<TicketEvent> apply(List<? extends Command> commands) {
        return new CommandRunner<>(context, actor, this::read, StaleTicket.ForAgent::new).run(call, ticketId, commands);
    }

    @Override
    public Ticket ticket() {
        return TicketRepository.ticket(context.database(), context.access(actor), TicketShape.AGENT, ticketId);
    }

    @Override
    public Optional<Ticket> findTicket() {
        return TicketRepository.find(context.database(), context.access(actor), TicketShape.AGENT, ticketId);
    }

    @Override
    public TicketSnapshot at(Instant moment) {
        Given.value("moment", moment);
        return Snapshots.at(context.database(), context.access(actor), events, ticketId, moment);
    }

    @Override
    public TicketSnapshot at(int version) {
        return Snapshots.at(context.database(), context.access(actor), events, ticketId, Given.version(version));
    }

    @Override
    public Participants participants() {
        return ParticipantsReader.of(context.database(), context.access(actor), ticketId);
    }

    @Override
    public Page<TicketEvent> history(PageRequest page) {
        HistoryRepository.check(context.access(actor), ticketId, page);
        return HistoryRepository.history(context.late(), context.access(actor), ticketId, page, this::read);
    }

    @Override
    public void markRead() {
        ReadMarks.toEnd(context, actor, ticketId);
    }

    @Override
    public void markRead(int version) {
        ReadMarks.upTo(context, actor, ticketId, version);
    }

    @Override
    public TicketWithHistory<Ticket, TicketEvent> ticketWithHistory(PageRequest page) {
        HistoryRepository.check(context.access(actor), ticketId, page);
        return HistoryRepository.withTicket(
                context.database(),
                context.access(actor),
                ticketId,
                page,
                TicketShape.AGENT.columns(context.access(actor)),
                TicketShape.AGENT.reader(),
                this::read);
    }

    @Override
    public Attachments attachments() {
        return new PostgresAttachments(context, actor, ticketId);
    }

    private Optional<TicketEvent> read(EventRow row) {
        return Optional.of(events.forAgent(row));
    }
}
