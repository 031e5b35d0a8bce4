package io.github.counterfoil.testkit;

import io.github.counterfoil.command.Command;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.TicketStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * A ticket and what happens to it, in the order in which it is said: nothing is stored before {@link #open}. Each step is one call of a desk, with
 * what the host's service allows.
 */
public final class TicketDraft {
    private static final String AGENT = "Jane";

    private final TestDesk desk;
    private final List<Step> steps = new ArrayList<>();
    private String customer = "Ada";
    private String agent = AGENT;
    private String title = "Printer on fire";
    private String description = "It burns.";
    private UnaryOperator<NewTicket> opening = UnaryOperator.identity();

    TicketDraft(TestDesk desk) {
        this.desk = desk;
    }

    private interface Step {
        void on(UUID ticketId);
    }

    /** @param firstName of the customer who opens it, who is registered if need be */
    public TicketDraft of(String firstName) {
        customer = firstName;
        return this;
    }

    public TicketDraft title(String text) {
        title = text;
        return this;
    }

    public TicketDraft description(String text) {
        description = text;
        return this;
    }

    public TicketDraft priority(Priority priority) {
        return opening(ticket -> ticket.priority(priority));
    }

    /** Whatever else a ticket can begin with, such as its channel or a reference. */
    public TicketDraft opening(UnaryOperator<NewTicket> more) {
        UnaryOperator<NewTicket> before = opening;
        opening = ticket -> more.apply(before.apply(ticket));
        return this;
    }

    /** @param firstName of the agent, who is registered if need be, and does from here on what agents do */
    public TicketDraft assignedTo(String firstName) {
        return by(firstName, name -> Command.assign(desk.agent(name)));
    }

    /** What the customer writes. */
    public TicketDraft message(String text) {
        steps.add(id -> desk.tickets().customer(desk.customer(customer)).on(id).reply(text));
        return this;
    }

    /** What the agent writes to the customer. */
    public TicketDraft answer(String text) {
        return by(agent, name -> Command.reply(text));
    }

    /** What the agent writes and the customer does not see. */
    public TicketDraft note(String text) {
        return by(agent, name -> Command.note(text));
    }

    public TicketDraft tags(String... tags) {
        return by(agent, name -> Command.tag(tags));
    }

    public TicketDraft field(String name, JsonValue value) {
        return by(agent, unused -> Command.setField(name, value));
    }

    public TicketDraft status(TicketStatus status) {
        return by(agent, name -> Command.changeStatus(status));
    }

    public TicketDraft closed() {
        return by(agent, name -> Command.close());
    }

    /** Any other command of the agent's. */
    public TicketDraft with(Command command) {
        return by(agent, name -> command);
    }

    private interface Making {
        Command of(String agent);
    }

    private TicketDraft by(String firstName, Making command) {
        agent = firstName;
        steps.add(id -> desk.tickets().agent(desk.agent(firstName)).on(id).apply(command.of(firstName)));
        return this;
    }

    /** Stores it all, and gives the ticket's id. A draft may be opened several times, as several tickets. */
    public UUID open() {
        UUID id = desk.tickets()
                .customer(desk.customer(customer))
                .open(opening.apply(NewTicket.of(title, description)))
                .id();
        steps.forEach(step -> step.on(id));
        return id;
    }
}
