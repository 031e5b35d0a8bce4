package io.github.counterfoil.internal.desk;

import io.github.counterfoil.desk.CommandResult;
import io.github.counterfoil.desk.CustomerDesk;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.NotAllowed;
import io.github.counterfoil.event.CustomerEvent;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.internal.access.Actor;
import io.github.counterfoil.internal.command.OpenTicket;
import io.github.counterfoil.internal.command.TicketCommand;
import io.github.counterfoil.internal.event.EventReader;
import io.github.counterfoil.internal.event.EventRepository;
import io.github.counterfoil.internal.event.EventRow;
import io.github.counterfoil.internal.ticket.TicketFunctions.Opened;
import io.github.counterfoil.internal.ticket.TicketRepository;
import io.github.counterfoil.internal.ticket.TicketShape;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.page.Page;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.ticket.CustomerTicket;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.TicketFilter;
import io.github.counterfoil.ticket.TicketStatus;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The customer desk of one customer. */
public final class BoundCustomerDesk implements CustomerDesk {
    private final Counter counter;
    private final Actor actor;
    private final Call call;
    private final EventReader events;
    private final CommandRunner<CustomerEvent> runner;

    public BoundCustomerDesk(Counter counter, UUID customerId) {
        this(counter, new Actor(Role.CUSTOMER, customerId), Call.PLAIN);
    }

    private BoundCustomerDesk(Counter counter, Actor actor, Call call) {
        this.counter = counter;
        this.actor = actor;
        this.call = call;
        this.events = counter.events();
        this.runner = new CommandRunner<>(counter, actor, this::read);
    }

    @Override
    public CustomerDesk once(UUID commandId) {
        return new BoundCustomerDesk(counter, actor, call.once(commandId));
    }

    @Override
    public CustomerDesk expecting(int version) {
        return new BoundCustomerDesk(counter, actor, call.expecting(version));
    }

    @Override
    public CustomerTicket open(NewTicket ticket) {
        if (!ticket.tags().isEmpty()) {
            throw new InvalidInput("tags", "not_allowed", 0L);
        }
        if (!ticket.customFields().isEmpty()) {
            throw new InvalidInput("custom_fields", "not_allowed", 0L);
        }
        OpenTicket command = OpenTicket.of(actor.id(), ticket);
        return runner.open(
                call,
                command,
                TicketShape.customer(counter.agentDisplay()),
                (id, opened) -> opened(id, command, opened));
    }

    private static CustomerTicket opened(UUID id, OpenTicket command, Opened opened) {
        Instant at = Objects.requireNonNull(opened.openedAt());
        return new CustomerTicket(
                id,
                command.title(),
                command.description(),
                TicketStatus.NEW,
                command.priority(),
                Optional.empty(),
                Optional.ofNullable(command.channel()),
                at,
                at,
                List.of(),
                0);
    }

    @Override
    public CommandResult<CustomerEvent> reply(UUID ticketId, String text, List<JsonValue> attachments) {
        return runner.run(
                call,
                new TicketCommand.Reply(ticketId, text, attachments),
                Consequences.ofCustomerReply(counter.workflow()));
    }

    @Override
    public CommandResult<CustomerEvent> close(UUID ticketId) {
        require(counter.workflow().customerMayClose());
        return runner.run(call, new TicketCommand.ChangeStatus(ticketId, TicketStatus.CLOSED), Consequences.NONE);
    }

    @Override
    public CommandResult<CustomerEvent> reopen(UUID ticketId) {
        require(counter.workflow().customerMayReopen());
        return runner.run(call, new TicketCommand.ChangeStatus(ticketId, TicketStatus.OPEN), Consequences.OF_REOPENING);
    }

    @Override
    public CommandResult<CustomerEvent> rate(UUID ticketId, int rating, @Nullable String comment) {
        return runner.run(call, new TicketCommand.Rate(ticketId, rating, comment), Consequences.OF_RATING);
    }

    @Override
    public CustomerTicket ticket(UUID ticketId) {
        return counter.database()
                .read(dsl -> TicketRepository.ticket(
                        dsl, counter.access(actor), TicketShape.customer(counter.agentDisplay()), ticketId));
    }

    @Override
    public Optional<CustomerTicket> findTicket(UUID ticketId) {
        return counter.database()
                .read(dsl -> TicketRepository.find(
                        dsl, counter.access(actor), TicketShape.customer(counter.agentDisplay()), ticketId));
    }

    @Override
    public Page<CustomerEvent> history(UUID ticketId, PageRequest page) {
        return counter.database()
                .read(dsl -> EventRepository.history(dsl, counter.access(actor), ticketId, page, this::read));
    }

    @Override
    public Page<CustomerTicket> list(Set<TicketStatus> statuses, PageRequest page) {
        TicketFilter filter = TicketFilter.all().status(statuses.toArray(TicketStatus[]::new));
        return counter.database()
                .read(dsl -> TicketRepository.list(
                        dsl, counter.access(actor), TicketShape.customer(counter.agentDisplay()), filter, page));
    }

    private Optional<CustomerEvent> read(EventRow row) {
        return events.forCustomer(row, counter.agentDisplay());
    }

    private static void require(boolean allowed) {
        if (!allowed) {
            throw new NotAllowed("transition.not_allowed", "the workflow leaves this to the staff");
        }
    }
}
