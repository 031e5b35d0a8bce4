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
        TicketService tickets = TicketService.builder(dataSource)
                .searchable() // texts are indexed as they are written
                .build(); // no threads, no connection held: share it
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

        tickets.customer(BOB)
                .open(NewTicket.of("Paper jam", "Tray 2 again, error E-1234.").channel("email"));
        tickets.customer(ADA)
                .open(NewTicket.of("Curtains", "Who pays for new ones?").channel("web"));

        AgentDesk jane = tickets.agent(JANE);
        AgentDesk tom = tickets.agent(TOM);
        jane.on(fire.id()).assign(JANE); // first assignment: new -> open
        jane.on(fire.id()).note("Known recall, see KB-7. Do not mention the lawsuit.");
        jane.on(fire.id()).setField("serial", "LP-1871");
        jane.on(fire.id()).reply("Please unplug it and step back.");
        jane.on(fire.id()).changeStatus(PENDING);
        tom.on(toner.id()).assign(TOM);
        tom.on(toner.id()).reply("The T-100.");

        tickets.customer(ADA).on(fire.id()).reply("Unplugged. The curtains are fine."); // pending -> open
        jane.on(fire.id()).assign(TOM);
        tom.on(fire.id()).setField("serial", "LP-1817");
        tom.on(fire.id()).note("Serial was misread. Replacement is on its way.");
        tom.on(fire.id()).unassign(JANE);
        tom.on(fire.id()).reply("A new printer arrives tomorrow.");
        tom.on(fire.id()).close();
        tickets.customer(ADA).on(fire.id()).rate(5, "Fast, and nobody was hurt.");
        tickets.customer(BOB).on(toner.id()).close();
        return fire.id();
    }
}
