package com.example.desk;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.people.NewCustomer;
import io.github.counterfoil.people.NewWorker;
import io.github.counterfoil.spi.ConnectionSource;
import io.github.counterfoil.ticket.NewTicket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;

/** Opens a ticket in the schema and the database that it is given, answers it, and prints what its customer sees. */
public final class Desk {

    private Desk() {}

    public static void main(String[] args) {
        TicketService tickets =
                TicketService.builder(new Connections(args[0])).schema(args[1]).build();
        tickets.schema().apply();
        UUID ada = UUID.randomUUID();
        UUID jane = UUID.randomUUID();
        tickets.people().registerCustomer(NewCustomer.of(ada, args[1] + "-ada@example.com", "Ada", "Lovelace"));
        tickets.people().registerWorker(NewWorker.of(jane, args[1] + "-jane@example.com", "Jane", "Smith"));
        UUID id = tickets.customer(ada).open(NewTicket.of("Printer on fire", "It burns.")).id();
        tickets.agent(jane).on(id).note("Known recall, see KB-7");
        tickets.agent(jane).on(id).reply("Please unplug it.");
        String json = tickets.agent(jane).on(id).ticket().json().text();
        if (!json.contains("\"title\":\"Printer on fire\"")) {
            throw new IllegalStateException("a ticket is not its JSON");
        }
        System.out.println(tickets.agent(jane).on(id).history(PageRequest.newestFirst(10)).items().size() + " events for the staff, "
                + tickets.customer(ada).on(id).history(PageRequest.newestFirst(10)).items().size() + " for the customer, "
                + (TicketService.class.getModule().isNamed() ? "on the module path" : "on the class path"));
    }

    private record Connections(String url) implements ConnectionSource {
        @Override
        public Connection open() throws SQLException {
            return DriverManager.getConnection(url);
        }

        @Override
        public void release(Connection connection) throws SQLException {
            connection.close();
        }
    }
}
