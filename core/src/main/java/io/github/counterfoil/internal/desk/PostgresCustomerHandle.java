package io.github.counterfoil.internal.desk;

import io.github.counterfoil.command.CustomerCommand;
import io.github.counterfoil.desk.Attachments;
import io.github.counterfoil.desk.CommandResult;
import io.github.counterfoil.desk.CustomerCommands;
import io.github.counterfoil.desk.CustomerHandle;
import io.github.counterfoil.desk.StaleTicket;
import io.github.counterfoil.desk.TicketWithHistory;
import io.github.counterfoil.event.CustomerEvent;
import io.github.counterfoil.internal.access.Actor;
import io.github.counterfoil.internal.command.Call;
import io.github.counterfoil.internal.command.CommandRunner;
import io.github.counterfoil.internal.command.ReadMarks;
import io.github.counterfoil.internal.command.ServiceContext;
import io.github.counterfoil.internal.event.EventRow;
import io.github.counterfoil.internal.event.HistoryRepository;
import io.github.counterfoil.internal.ticket.TicketRepository;
import io.github.counterfoil.internal.ticket.TicketShape;
import io.github.counterfoil.page.Page;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.ticket.CustomerTicket;
import io.github.counterfoil.ticket.Reference;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A ticket at the desk of one customer. */
final class PostgresCustomerHandle implements CustomerHandle {
    private final ServiceContext context;
    private final Actor actor;
    private final TicketShape<CustomerTicket> shape;
    private final UUID ticketId;
    private final Call call;

    PostgresCustomerHandle(
            ServiceContext context, Actor actor, TicketShape<CustomerTicket> shape, UUID ticketId, Call call) {
        this.context = context;
        this.actor = actor;
        this.shape = shape;
        this.ticketId = ticketId;
        this.call = call;
    }

    @Override
    public CustomerCommands once(UUID commandId) {
        return new PostgresCustomerHandle(context, actor, shape, ticketId, call.once(commandId));
    }

    @Override
    public CustomerCommands once(Reference reference) {
        return new PostgresCustomerHandle(context, actor, shape, ticketId, call.once(reference));
    }

    @Override
    public CustomerCommands expecting(int version) {
        return new PostgresCustomerHandle(context, actor, shape, ticketId, call.expecting(version));
    }

    @Override
    public CommandResult<CustomerEvent> apply(List<? extends CustomerCommand> commands) {
        return new CommandRunner<>(context, actor, this::read, StaleTicket.ForCustomer::new)
                .run(call, ticketId, commands);
    }

    @Override
    public CustomerTicket ticket() {
        return TicketRepository.ticket(context.database(), context.access(actor), shape, ticketId);
    }

    @Override
    public Optional<CustomerTicket> findTicket() {
        return TicketRepository.find(context.database(), context.access(actor), shape, ticketId);
    }

    @Override
    public Page<CustomerEvent> history(PageRequest page) {
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
    public TicketWithHistory<CustomerTicket, CustomerEvent> ticketWithHistory(PageRequest page) {
        HistoryRepository.check(context.access(actor), ticketId, page);
        return HistoryRepository.withTicket(
                context.database(),
                context.access(actor),
                ticketId,
                page,
                shape.columns(context.access(actor)),
                shape.reader(),
                this::read);
    }

    @Override
    public Attachments attachments() {
        return new PostgresAttachments(context, actor, ticketId);
    }

    private Optional<CustomerEvent> read(EventRow row) {
        return context.events().forCustomer(row, context.agentDisplay());
    }
}
