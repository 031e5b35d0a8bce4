package io.github.counterfoil.webdesk.mail;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.change.ChangeFeed;
import io.github.counterfoil.change.CustomerChange;
import io.github.counterfoil.event.CustomerEvent;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.people.Customer;
import io.github.counterfoil.webdesk.WebDeskSettings;
import jakarta.annotation.PostConstruct;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.DependsOn;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Mails customers what agents answered: into a folder, or into the log. */
@Component
@DependsOn("samples") // nobody is mailed what was invented
public class CustomerMail {
    private static final Logger LOG = LoggerFactory.getLogger(CustomerMail.class);

    private final TicketService tickets;
    private final @Nullable Path folder;

    CustomerMail(TicketService tickets, WebDeskSettings settings) throws IOException {
        this.tickets = tickets;
        this.folder = settings.mail() == null ? null : Files.createDirectories(Path.of(settings.mail()));
    }

    // region: mail
    /** From now on. */
    @PostConstruct
    void register() {
        tickets.changes().forCustomers().register("mail", ChangeFeed.Start.now());
    }

    /** At least once: what is not acknowledged comes again. The feed holds what customers see, and nothing else. */
    @Scheduled(fixedDelayString = "${desk.mail-every:2s}")
    public void deliver() {
        ChangeFeed<CustomerChange> feed = tickets.changes().forCustomers();
        ChangeFeed.Batch<CustomerChange> batch = feed.read("mail", 100);
        while (!batch.changes().isEmpty()) {
            for (CustomerChange change : batch.changes()) {
                if (change instanceof CustomerChange.Happened happened
                        && !happened.imported()
                        && happened.event() instanceof CustomerEvent.Message message
                        && message.role() == Role.AGENT) {
                    tickets.people()
                            .customer(happened.ticket().customerId())
                            .ifPresent(customer -> send(customer, happened.ticket(), message));
                }
            }
            feed.acknowledge("mail", batch.token());
            batch = feed.read("mail", 100);
        }
    }
    // endregion

    /** The event's id names the file: what comes again is written over. */
    private void send(Customer customer, CustomerChange.About ticket, CustomerEvent.Message message) {
        if (folder == null) {
            LOG.info("Mail to customer {}: ticket #{} was answered", customer.id(), ticket.number());
            return;
        }
        String mail = "To: " + customer.email() + "\nSubject: [#" + ticket.number() + "] " + ticket.title() + "\n\n"
                + message.authorName() + " wrote:\n\n" + message.content() + "\n";
        try {
            Files.writeString(folder.resolve(message.id() + ".txt"), mail);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
