package io.github.counterfoil.replay;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.desk.AgentCommands;
import io.github.counterfoil.desk.CommandResult;
import io.github.counterfoil.error.CounterfoilException;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Workflow;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Sends each operation as a command of the desk it belongs to. Tickets are spread over the threads; the order within a
 * ticket is kept. The clock is the log's, and no status follows by itself: the log says what happened.
 */
final class LiveReplay {
    private final OperationLog log;
    private final Identities identities;
    private final ThreadLocal<Instant> now = ThreadLocal.withInitial(() -> Instant.EPOCH);

    LiveReplay(OperationLog log, Identities identities) {
        this.log = log;
        this.identities = identities;
    }

    void run(TicketService.Builder builder, int threads, Progress progress) {
        TicketService tickets =
                builder.workflow(Workflow.manual()).clock(now::get).build();
        List<List<Map.Entry<String, List<Operation>>>> shares = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            shares.add(new ArrayList<>());
        }
        int next = 0;
        for (Map.Entry<String, List<Operation>> ticket : log.byTicket().entrySet()) {
            shares.get(next++ % threads).add(ticket);
        }
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> running = new ArrayList<>();
            shares.forEach(share -> running.add(executor.submit(() -> replay(tickets, share, progress))));
            for (Future<?> one : running) {
                one.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            executor.shutdownNow();
        }
    }

    private void replay(TicketService tickets, List<Map.Entry<String, List<Operation>>> share, Progress progress) {
        for (Map.Entry<String, List<Operation>> ticket : share) {
            UUID id = null;
            for (Operation operation : ticket.getValue()) {
                now.set(operation.at());
                // Made from its place in the ticket, so that a replay that broke off can be run again.
                UUID commandId =
                        UUID.nameUUIDFromBytes((operation.ticket() + " " + operation.place() + operation.json())
                                .getBytes(StandardCharsets.UTF_8));
                try {
                    if (id == null) {
                        id = open(tickets, operation, commandId);
                        identities.bind(ticket.getKey(), id);
                    } else {
                        send(tickets, id, operation, commandId);
                    }
                } catch (CounterfoilException e) {
                    throw new BadInput(operation.place() + ": " + e.getMessage());
                }
                progress.advance(1);
            }
        }
    }

    private UUID open(TicketService tickets, Operation create, UUID commandId) {
        if (create.byCustomer() && !create.tags().isEmpty()) {
            throw noSuch(create, "tags");
        }
        NewTicket ticket = NewTicket.of(create.text("title"), create.text("description"))
                .priority(create.priority("priority"))
                .channel(create.text("channel"))
                .tags(create.tags().toArray(String[]::new));
        UUID person = Identities.person(create.by());
        return create.byCustomer()
                ? tickets.customer(person).open(ticket, commandId).id()
                : tickets.agent(person)
                        .open(identities.customer(create.ticket()), ticket, commandId)
                        .id();
    }

    private void send(TicketService tickets, UUID ticketId, Operation operation, UUID commandId) {
        UUID person = Identities.person(operation.by());
        if (operation.byCustomer()) {
            if (!operation.is("message")) {
                throw noSuch(operation, operation.name());
            }
            if (!person.equals(identities.customer(operation.ticket()))) {
                throw noSuch(operation, "ticket of another customer");
            }
            tickets.customer(person).on(ticketId).once(commandId).reply(operation.text("text"));
            return;
        }
        CommandResult<TicketEvent> result =
                send(tickets.agent(person).on(ticketId).once(commandId), operation);
        if (result.events().size() != 1 || !fits(result.events().get(0), operation)) {
            throw new BadInput(operation.place() + ": does not fit what the ticket is at that point");
        }
    }

    private static CommandResult<TicketEvent> send(AgentCommands ticket, Operation operation) {
        return switch (operation.name()) {
            case "status" -> ticket.changeStatus(operation.status("new"));
            case "field-added" -> ticket.setField(operation.text("field"), operation.value("value"));
            case "field-removed" -> ticket.removeField(operation.text("field"));
            case "assign" -> ticket.assign(Identities.person(operation.agent()));
            case "unassign" -> ticket.unassign(Identities.person(operation.agent()));
            case "note" -> ticket.note(operation.text("text"));
            case "message" -> ticket.reply(operation.text("text"));
            case "priority" -> ticket.changePriority(operation.priority("new"));
            default -> throw new BadInput(operation.place() + ": unknown op");
        };
    }

    private static BadInput noSuch(Operation operation, String what) {
        return new BadInput(
                operation.place() + ": a customer's desk has no " + what + "; replay this log with --mode import");
    }

    /** Whether the old value that the log names is the one that was there. */
    private static boolean fits(TicketEvent event, Operation operation) {
        if (event instanceof TicketEvent.StatusUpdate update) {
            return update.oldValue() == operation.status("old");
        }
        if (event instanceof TicketEvent.PriorityUpdate update) {
            return update.oldValue() == operation.priority("old");
        }
        if (event instanceof TicketEvent.FieldRemoved removed) {
            return removed.oldValue().equals(operation.value("old"));
        }
        return true;
    }
}
