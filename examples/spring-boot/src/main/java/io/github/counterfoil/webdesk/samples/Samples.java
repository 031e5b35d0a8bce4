package io.github.counterfoil.webdesk.samples;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.people.WorkerRole;
import io.github.counterfoil.webdesk.WebDeskSettings;
import io.github.counterfoil.webdesk.accounts.Accounts;
import io.github.counterfoil.webdesk.accounts.SampleSignIns;
import io.github.counterfoil.webdesk.database.Database;
import io.github.counterfoil.webdesk.database.SpringConnectionSource;
import jakarta.annotation.PostConstruct;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/** Fills an empty desk: a few tickets that tell a story, and as many others as are asked for. */
@Component
class Samples {
    private final WebDeskSettings settings;
    private final Accounts accounts;
    private final SampleSignIns signIns;
    private final PasswordEncoder passwords;
    private final TicketService tickets;
    private final SpringConnectionSource connections;

    Samples(
            WebDeskSettings settings,
            Accounts accounts,
            SampleSignIns signIns,
            PasswordEncoder passwords,
            TicketService tickets,
            SpringConnectionSource connections) {
        this.settings = settings;
        this.accounts = accounts;
        this.signIns = signIns;
        this.passwords = passwords;
        this.tickets = tickets;
        this.connections = connections;
    }

    @PostConstruct
    void invent() {
        if (settings.samples() == 0 || !accounts.none()) {
            return;
        }
        String hash = passwords.encode(SampleSignIns.PASSWORD);
        UUID jane = accounts.openForAgent("jane@example.com", "Jane", "Smith", WorkerRole.ADMIN, hash);
        UUID tom = accounts.openForAgent("tom@example.com", "Tom", "Okafor", WorkerRole.AGENT, hash);
        UUID ada = accounts.openForCustomer("ada@example.com", "Ada", "Lovelace", hash);
        UUID bob = accounts.openForCustomer("bob@example.com", "Bob", "Marchetti", hash);
        UUID cleo = accounts.openForCustomer("cleo@example.com", "Cleo", "Lindqvist", hash);
        UUID dev = accounts.openForCustomer("dev@example.com", "Dev", "Patel", hash);
        signIns.add("jane@example.com", "agent");
        signIns.add("tom@example.com", "agent");
        signIns.add("ada@example.com", "customer");
        signIns.add("bob@example.com", "customer");

        int others = settings.samples() - Stories.COUNT;
        if (others > 0) {
            new Others(tickets, List.of(jane, tom), List.of(ada, bob, cleo, dev)).make(others);
        }
        // They happened in the past: the service takes its times from this clock.
        AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
        TicketService past = Database.service(connections).clock(now::get).build();
        new Stories(past, now, jane, tom).tell(ada, bob, cleo, dev);
    }
}
