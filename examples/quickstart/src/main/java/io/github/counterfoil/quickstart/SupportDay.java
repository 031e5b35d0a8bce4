package io.github.counterfoil.quickstart;

import static io.github.counterfoil.ticket.Priority.HIGH;
import static io.github.counterfoil.ticket.TicketStatus.PENDING;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.desk.AgentDesk;
import io.github.counterfoil.desk.CustomerDesk;
import io.github.counterfoil.people.NewCustomer;
import io.github.counterfoil.people.NewWorker;
import io.github.counterfoil.people.Worker;
import io.github.counterfoil.ticket.CustomerTicket;
import io.github.counterfoil.ticket.NewTicket;
import java.util.UUID;
import javax.sql.DataSource;

/** What happens: two customers, two agents, and every documented type of event. */
final class SupportDay {
    private static final UUID ADA = UUID.randomUUID();
    private static final UUID BOB = UUID.randomUUID();
    private static final UUID JANE = UUID.randomUUID();
    private static final UUID TOM = UUID.randomUUID();

    private final TicketService tickets;

    SupportDay(DataSource dataSource) {
        // region: open-the-door
        TicketService tickets = TicketService.builder(dataSource).build(); // no threads, no connection held: share it
        tickets.schema().apply(); // or run the SQL files that it lists with your own migration tool
        // endregion
        this.tickets = tickets;
    }

    TicketService tickets() {
        return tickets;
    }

    CustomerDesk ada() {
        return tickets.customer(ADA);
    }

    AgentDesk jane() {
        return tickets.agent(JANE);
    }

    String workerName(UUID workerId) {
        return tickets.people().worker(workerId).map(Worker::firstName).orElse("somebody");
    }

    /** Plays the day and answers the ticket that most of it is about. */
    UUID play() {
        tickets.people().registerCustomer(NewCustomer.of(ADA, "ada@example.com", "Ada", "Lovelace"));
        tickets.people().registerCustomer(NewCustomer.of(BOB, "bob@example.com", "Bob", "Babbage"));
        tickets.people().registerWorker(NewWorker.of(JANE, "jane@example.com", "Jane", "Smith"));
        tickets.people().registerWorker(NewWorker.of(TOM, "tom@example.com", "Tom", "Jones"));

        CustomerTicket fire = tickets.customer(ADA)
                .open(NewTicket.of("Printer on fire", "It burns.")
                        .priority(HIGH)
                        .channel("web"));
        CustomerTicket toner = tickets.customer(BOB)
                .open(NewTicket.of("Toner is empty", "Which one fits?").channel("email"));

        AgentDesk jane = tickets.agent(JANE);
        AgentDesk tom = tickets.agent(TOM);
        jane.assign(fire.id(), JANE); // first assignment: new -> open
        jane.note(fire.id(), "Known recall, see KB-7. Do not mention the lawsuit.");
        jane.setField(fire.id(), "serial", "LP-1871");
        jane.reply(fire.id(), "Please unplug it and step back.");
        jane.changeStatus(fire.id(), PENDING);
        tom.assign(toner.id(), TOM);
        tom.reply(toner.id(), "The T-100.");

        tickets.customer(ADA).reply(fire.id(), "Unplugged. The curtains are fine."); // pending -> open
        jane.assign(fire.id(), TOM);
        tom.setField(fire.id(), "serial", "LP-1817");
        tom.note(fire.id(), "Serial was misread. Replacement is on its way.");
        tom.unassign(fire.id(), JANE);
        tom.reply(fire.id(), "A new printer arrives tomorrow.");
        tom.close(fire.id());
        tickets.customer(ADA).rate(fire.id(), 5, "Fast, and nobody was hurt.");
        tickets.customer(BOB).close(toner.id());
        return fire.id();
    }
}
