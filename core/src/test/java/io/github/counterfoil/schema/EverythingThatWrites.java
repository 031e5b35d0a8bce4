package io.github.counterfoil.schema;

import static io.github.counterfoil.testing.SupportTeam.EVE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.command.Command;
import io.github.counterfoil.event.Author;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.people.Customer;
import io.github.counterfoil.people.NewCustomer;
import io.github.counterfoil.people.NewWorker;
import io.github.counterfoil.ticket.NewTicket;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A call of each kind that writes, on a schema that another release may have changed. */
final class EverythingThatWrites {

    private EverythingThatWrites() {}

    static void on(TicketService tickets, List<UUID> ids) {
        UUID customer = UUID.randomUUID();
        UUID worker = UUID.randomUUID();
        tickets.people().registerCustomer(NewCustomer.of(customer, customer + "@example.com", "New", "Customer"));
        tickets.people().updateCustomer(customer, Customer.Changes.none().email(customer + "@example.org"));
        tickets.people().registerWorker(NewWorker.of(worker, worker + "@example.com", "New", "Worker"));
        tickets.customer(customer).open(NewTicket.of("Title", "Text").channel("web"));
        tickets.agent(worker).onEach(ids).apply(Command.note("Each"), Command.assign(worker));
        tickets.admin(EVE).redactions().redactAll(customer);
        tickets.admin(EVE).deactivate(worker);
        tickets.admin(EVE).erase(worker);
        UUID spam =
                tickets.customer(customer).open(NewTicket.of("Spam", "Text")).id();
        tickets.admin(EVE).purge(spam, UUID.randomUUID());

        UUID imported = UUID.randomUUID();
        Instant at = Instant.parse("2020-01-01T00:00:00Z");
        TicketEvent.Header header = new TicketEvent.Header(
                UUID.randomUUID(),
                imported,
                1,
                at.plusSeconds(1),
                new Author(customer, "New", "Customer", Role.CUSTOMER),
                Visibility.PUBLIC);
        assertThat(tickets.imports()
                        .run(List.of(ImportedTicket.of(imported, NewTicket.of("Old", "Text"), customer, at)
                                        .events(List.of(new TicketEvent.Message(header, "Hello", List.of()))))
                                .iterator())
                        .imported())
                .isEqualTo(1);
    }
}
