package io.github.counterfoil.testing;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.desk.AgentDesk;
import io.github.counterfoil.desk.CustomerDesk;
import io.github.counterfoil.people.NewCustomer;
import io.github.counterfoil.people.NewWorker;
import io.github.counterfoil.people.WorkerRole;
import io.github.counterfoil.ticket.NewTicket;
import java.util.UUID;

/** Two customers, two agents and an admin, registered in a database. */
public record SupportTeam(TicketService tickets) {
    public static final UUID ADA = UUID.fromString("00000000-0000-4000-8000-00000000000a");
    public static final UUID BOB = UUID.fromString("00000000-0000-4000-8000-00000000000b");
    public static final UUID JANE = UUID.fromString("00000000-0000-4000-8000-000000000001");
    public static final UUID TOM = UUID.fromString("00000000-0000-4000-8000-000000000002");
    public static final UUID EVE = UUID.fromString("00000000-0000-4000-8000-000000000003");

    public static SupportTeam in(TestDatabase database) {
        return registered(database.service());
    }

    public static SupportTeam registered(TicketService tickets) {
        tickets.people().registerCustomer(NewCustomer.of(ADA, "ada@example.com", "Ada", "Lovelace"));
        tickets.people().registerCustomer(NewCustomer.of(BOB, "bob@example.com", "Bob", "Babbage"));
        tickets.people().registerWorker(NewWorker.of(JANE, "jane@example.com", "Jane", "Smith"));
        tickets.people().registerWorker(NewWorker.of(TOM, "tom@example.com", "Tom", "Jones"));
        tickets.people()
                .registerWorker(
                        NewWorker.of(EVE, "eve@example.com", "Eve", "Boss").role(WorkerRole.ADMIN));
        return new SupportTeam(tickets);
    }

    public CustomerDesk ada() {
        return tickets.customer(ADA);
    }

    public CustomerDesk bob() {
        return tickets.customer(BOB);
    }

    public AgentDesk jane() {
        return tickets.agent(JANE);
    }

    public AgentDesk tom() {
        return tickets.agent(TOM);
    }

    /** A ticket of Ada's. */
    public UUID ticket() {
        return ada().open(NewTicket.of("Printer on fire", "It burns.").channel("web"))
                .id();
    }
}
