package io.github.counterfoil.webdesk.samples;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.event.Author;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.people.Customer;
import io.github.counterfoil.people.Worker;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.TicketStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Many tickets of the last months, so that there are pages to turn: they come in as an import. */
final class Others {
    /** So many of the newest have been read by everybody. */
    private static final int ALL_READ = 20;

    private static final List<String> THINGS = List.of(
            "Milk frother", "Drip tray", "Water tank", "Grinder", "Display", "App", "Power cable", "Descaling light");
    private static final List<String> TROUBLES = List.of(
            "does not start",
            "blinks red",
            "smells of burning",
            "is missing in the parcel",
            "makes a strange noise",
            "broke after a week",
            "does not fit",
            "is out of stock");
    private static final List<String> ANSWERS = List.of(
            "Please switch it off for ten minutes and try again.",
            "We send you a new one.",
            "Could you send us a picture of it?",
            "That is a known fault: version 2.4 mends it.");

    private final TicketService tickets;
    private final List<Author> agents;
    private final List<Author> customers;
    private final Random random = new Random(1);
    private final Instant today = Instant.now();
    private final List<Runnable> read = new ArrayList<>();

    Others(TicketService tickets, List<UUID> agents, List<UUID> customers) {
        this.tickets = tickets;
        this.agents = agents.stream()
                .map(id -> agent(tickets.people().worker(id).orElseThrow()))
                .toList();
        this.customers = customers.stream()
                .map(id -> customer(tickets.people().customer(id).orElseThrow()))
                .toList();
    }

    private static Author agent(Worker worker) {
        return new Author(worker.id(), worker.firstName(), worker.lastName(), Role.AGENT);
    }

    private static Author customer(Customer customer) {
        return new Author(customer.id(), customer.firstName(), customer.lastName(), Role.CUSTOMER);
    }

    void make(int count) {
        tickets.imports()
                .run(IntStream.range(0, count).mapToObj(i -> ticket(count - i)).iterator());
        while (tickets.searchIndex().catchUp(500) > 0) {
            // until search finds all of them
        }
        read.forEach(Runnable::run);
    }

    private ImportedTicket ticket(int age) {
        UUID id = UUID.randomUUID();
        Author customer = any(customers);
        Author agent = any(agents);
        Instant opened = today.minus(Duration.ofHours(60 + age * 2L));
        String title = any(THINGS) + " " + any(TROUBLES);
        NewTicket start = NewTicket.of(title, title + ", since " + (1 + random.nextInt(9)) + " days. What can I do?")
                .priority(random.nextInt(6) == 0 ? Priority.HIGH : Priority.MEDIUM)
                .channel(random.nextBoolean() ? "web" : "email");
        List<Function<TicketEvent.Header, TicketEvent>> happened = new ArrayList<>();
        List<Author> by = new ArrayList<>();
        int progress = random.nextInt(10);
        if (progress > 0) {
            happened.add(header -> new TicketEvent.AssignmentAdded(header, agent.id()));
            happened.add(header -> new TicketEvent.StatusUpdate(header, TicketStatus.NEW, TicketStatus.OPEN));
            String answer = any(ANSWERS);
            happened.add(header -> new TicketEvent.Message(header, answer, List.of()));
            by.addAll(List.of(agent, agent, agent));
        }
        if (progress > 2) {
            happened.add(header -> new TicketEvent.Message(header, "Thank you, that helped.", List.of()));
            happened.add(header -> new TicketEvent.StatusUpdate(header, TicketStatus.OPEN, TicketStatus.CLOSED));
            by.addAll(List.of(customer, agent));
        }
        List<TicketEvent> events = new ArrayList<>();
        for (int i = 0; i < happened.size(); i++) {
            Instant at = opened.plus(Duration.ofMinutes(17L * (i + 1)));
            events.add(happened.get(i)
                    .apply(new TicketEvent.Header(UUID.randomUUID(), id, i + 1, at, by.get(i), Visibility.PUBLIC)));
        }
        if (age <= ALL_READ) {
            read.add(() -> {
                tickets.customer(customer.id()).on(id).markRead();
                agents.forEach(one -> tickets.agent(one.id()).on(id).markRead());
            });
        }
        return ImportedTicket.of(id, start, customer.id(), opened).events(events);
    }

    private <T> T any(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }
}
