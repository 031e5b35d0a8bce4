package io.github.counterfoil.packaged;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.desk.AgentDesk;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.people.NewCustomer;
import io.github.counterfoil.people.NewWorker;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Ticket;
import java.util.UUID;

/** Opens a ticket in the database whose JDBC address it is given, reads it, and tries one that is wrong in all ways. */
public final class Host {

    private Host() {}

    public static void main(String[] args) {
        TicketService tickets =
                TicketService.builder(new Connections(args[0])).schema(args[1]).build();
        tickets.schema().apply();
        UUID ada = UUID.randomUUID();
        UUID jane = UUID.randomUUID();
        tickets.people().registerCustomer(NewCustomer.of(ada, "ada@example.com", "Ada", "Lovelace"));
        tickets.people().registerWorker(NewWorker.of(jane, "jane@example.com", "Jane", "Smith"));
        AgentDesk desk = tickets.agent(jane);
        Ticket opened = desk.open(
                ada,
                NewTicket.of("Printer on fire", "It burns.").tags("hardware").channel("web"));
        System.out.println(desk.ticket(opened.id()).title());
        try {
            desk.open(ada, NewTicket.of("", " ").channel("\n").tags("fine", "", "x".repeat(65)));
        } catch (InvalidInput e) {
            System.out.println(e.getMessage());
        }
        System.out.println(Host.class.getModule() + " " + TicketService.class.getModule());
    }
}
