package io.github.counterfoil.faults;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.imports.Imports;
import io.github.counterfoil.people.NewCustomer;
import io.github.counterfoil.people.NewWorker;
import io.github.counterfoil.people.WorkerRole;
import io.github.counterfoil.ticket.NewTicket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.IntStream;

/** Who and what is there before the work begins. All ids follow from names, so that every process knows them. */
final class Cast {
    static final int TICKETS = 40;
    static final int HOT_TICKETS = 4;
    static final int CUSTOMERS = 10;
    static final int AGENTS = 6;
    static final UUID ADMIN = id("admin");

    /** Each place of work (a thread of a host) has a customer and a worker whom nobody else changes. */
    static final int HOSTS = Stage.HOOKED + 1;

    static final int THREADS = 4;
    private static final Instant LONG_AGO = Instant.parse("2024-01-01T00:00:00Z");

    private Cast() {}

    static UUID id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    static UUID ticket(int n) {
        return id("ticket/" + n);
    }

    static UUID customer(int n) {
        return id("customer/" + n);
    }

    static UUID ownerOf(int ticket) {
        return customer(ticket % CUSTOMERS);
    }

    static UUID agent(int n) {
        return id("agent/" + n);
    }

    static UUID ownCustomer(int host, int thread) {
        return id("own customer/" + host + "/" + thread);
    }

    static UUID ownWorker(int host, int thread) {
        return id("own worker/" + host + "/" + thread);
    }

    static NewCustomer newCustomer(UUID id, String firstName) {
        return NewCustomer.of(id, id + "@example.com", firstName, "Customer");
    }

    private static NewWorker newWorker(UUID id) {
        return NewWorker.of(id, id + "@example.com", "Some", "Worker");
    }

    static void register(TicketService tickets) {
        tickets.people().registerWorker(newWorker(ADMIN).role(WorkerRole.ADMIN));
        IntStream.range(0, AGENTS).forEach(n -> tickets.people().registerWorker(newWorker(agent(n))));
        IntStream.range(0, CUSTOMERS).forEach(n -> tickets.people().registerCustomer(newCustomer(customer(n), "Some")));
        for (int host = 0; host < HOSTS; host++) {
            for (int thread = 0; thread < THREADS; thread++) {
                tickets.people().registerCustomer(newCustomer(ownCustomer(host, thread), "Some"));
                tickets.people().registerWorker(newWorker(ownWorker(host, thread)));
            }
        }
        Imports.Report report = tickets.imports()
                .run(IntStream.range(0, TICKETS)
                        .mapToObj(n -> ImportedTicket.of(
                                ticket(n), NewTicket.of("A ticket", "Of long ago."), ownerOf(n), LONG_AGO))
                        .iterator());
        if (report.imported() != TICKETS) {
            throw new IllegalStateException(report.toString());
        }
    }
}
