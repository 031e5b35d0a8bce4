package io.github.counterfoil.internal.desk;

import io.github.counterfoil.desk.AgentDesk;
import io.github.counterfoil.desk.CommandResult;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.event.CustomEventType;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.internal.access.Actor;
import io.github.counterfoil.internal.command.OpenTicket;
import io.github.counterfoil.internal.command.TicketCommand;
import io.github.counterfoil.internal.event.EventReader;
import io.github.counterfoil.internal.event.EventRepository;
import io.github.counterfoil.internal.event.EventRow;
import io.github.counterfoil.internal.ticket.TicketFunctions.Opened;
import io.github.counterfoil.internal.ticket.TicketRepository;
import io.github.counterfoil.internal.ticket.TicketShape;
import io.github.counterfoil.internal.verification.Snapshots;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.page.Page;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.Ticket;
import io.github.counterfoil.ticket.TicketFilter;
import io.github.counterfoil.ticket.TicketSnapshot;
import io.github.counterfoil.ticket.TicketStatus;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** The agent desk of one worker. */
public final class BoundAgentDesk implements AgentDesk {
    private final Counter counter;
    private final Actor actor;
    private final Call call;
    private final EventReader events;
    private final CommandRunner<TicketEvent> runner;

    public BoundAgentDesk(Counter counter, UUID workerId) {
        this(counter, new Actor(Role.AGENT, workerId), Call.PLAIN);
    }

    private BoundAgentDesk(Counter counter, Actor actor, Call call) {
        this.counter = counter;
        this.actor = actor;
        this.call = call;
        this.events = counter.events();
        this.runner = new CommandRunner<>(counter, actor, this::read);
    }

    @Override
    public AgentDesk once(UUID commandId) {
        return new BoundAgentDesk(counter, actor, call.once(commandId));
    }

    @Override
    public AgentDesk expecting(int version) {
        return new BoundAgentDesk(counter, actor, call.expecting(version));
    }

    @Override
    public Ticket open(UUID customerId, NewTicket ticket) {
        OpenTicket command = OpenTicket.of(customerId, ticket);
        return runner.open(call, command, TicketShape.AGENT, (id, opened) -> opened(id, command, opened));
    }

    private Ticket opened(UUID id, OpenTicket command, Opened opened) {
        Instant at = Objects.requireNonNull(opened.openedAt());
        return new Ticket(
                id,
                command.title(),
                command.description(),
                TicketStatus.NEW,
                command.priority(),
                command.tags(),
                command.customFields(),
                Optional.empty(),
                Optional.ofNullable(command.channel()),
                at,
                at,
                actor.id(),
                command.customerId(),
                Objects.requireNonNull(opened.customerEmail()),
                List.of(),
                0);
    }

    @Override
    public CommandResult<TicketEvent> reply(UUID ticketId, String text, List<JsonValue> attachments) {
        return run(new TicketCommand.Reply(ticketId, text, attachments));
    }

    @Override
    public CommandResult<TicketEvent> note(UUID ticketId, String text) {
        return run(new TicketCommand.Note(ticketId, text));
    }

    @Override
    public CommandResult<TicketEvent> assign(UUID ticketId, UUID workerId) {
        return runner.run(
                call, new TicketCommand.Assign(ticketId, workerId), Consequences.ofAssignment(counter.workflow()));
    }

    @Override
    public CommandResult<TicketEvent> unassign(UUID ticketId, UUID workerId) {
        return run(new TicketCommand.Unassign(ticketId, workerId));
    }

    @Override
    public CommandResult<TicketEvent> changeStatus(UUID ticketId, TicketStatus status) {
        if (status == TicketStatus.NEW) {
            throw new InvalidInput("status", "not_reachable", null);
        }
        return run(new TicketCommand.ChangeStatus(ticketId, status));
    }

    @Override
    public CommandResult<TicketEvent> reopen(UUID ticketId) {
        return runner.run(call, new TicketCommand.ChangeStatus(ticketId, TicketStatus.OPEN), Consequences.OF_REOPENING);
    }

    @Override
    public CommandResult<TicketEvent> setField(UUID ticketId, String name, JsonValue value) {
        return run(new TicketCommand.SetField(ticketId, name, value));
    }

    @Override
    public CommandResult<TicketEvent> removeField(UUID ticketId, String name) {
        return run(new TicketCommand.RemoveField(ticketId, name));
    }

    @Override
    public CommandResult<TicketEvent> setPriority(UUID ticketId, Priority priority) {
        return run(new TicketCommand.SetPriority(ticketId, priority));
    }

    @Override
    public CommandResult<TicketEvent> retitle(UUID ticketId, String title) {
        return run(new TicketCommand.Retitle(ticketId, title));
    }

    @Override
    public CommandResult<TicketEvent> describe(UUID ticketId, String description) {
        return run(new TicketCommand.Describe(ticketId, description));
    }

    @Override
    public CommandResult<TicketEvent> tag(UUID ticketId, String... tags) {
        return run(new TicketCommand.Tag(ticketId, Arrays.asList(tags), true));
    }

    @Override
    public CommandResult<TicketEvent> untag(UUID ticketId, String... tags) {
        return run(new TicketCommand.Tag(ticketId, Arrays.asList(tags), false));
    }

    @Override
    public CommandResult<TicketEvent> moveToCustomer(UUID ticketId, UUID customerId) {
        return run(new TicketCommand.MoveToCustomer(ticketId, customerId));
    }

    @Override
    public CommandResult<TicketEvent> record(UUID ticketId, CustomEventType type, JsonValue body) {
        counter.eventTypes().requireRegistered(type);
        return run(new TicketCommand.RecordEvent(ticketId, type.name(), type.version(), type.visibility(), body));
    }

    @Override
    public Ticket ticket(UUID ticketId) {
        return counter.database()
                .read(dsl -> TicketRepository.ticket(dsl, counter.access(actor), TicketShape.AGENT, ticketId));
    }

    @Override
    public Optional<Ticket> findTicket(UUID ticketId) {
        return counter.database()
                .read(dsl -> TicketRepository.find(dsl, counter.access(actor), TicketShape.AGENT, ticketId));
    }

    @Override
    public TicketSnapshot ticketAt(UUID ticketId, Instant moment) {
        return counter.database().read(dsl -> Snapshots.at(dsl, counter.access(actor), events, ticketId, moment));
    }

    @Override
    public TicketSnapshot ticketAt(UUID ticketId, int version) {
        return counter.database().read(dsl -> Snapshots.at(dsl, counter.access(actor), events, ticketId, version));
    }

    @Override
    public Page<TicketEvent> history(UUID ticketId, PageRequest page) {
        return counter.database()
                .read(dsl -> EventRepository.history(dsl, counter.access(actor), ticketId, page, this::read));
    }

    @Override
    public Page<Ticket> list(TicketFilter filter, PageRequest page) {
        return counter.database()
                .read(dsl -> TicketRepository.list(dsl, counter.access(actor), TicketShape.AGENT, filter, page));
    }

    private Optional<TicketEvent> read(EventRow row) {
        return Optional.of(events.forAgent(row));
    }

    private CommandResult<TicketEvent> run(TicketCommand command) {
        return runner.run(call, command, Consequences.NONE);
    }
}
