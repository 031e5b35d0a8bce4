package io.github.counterfoil.benchmark.volume;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.event.Author;
import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.imports.Imports;
import io.github.counterfoil.people.NewCustomer;
import io.github.counterfoil.people.NewWorker;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Iterator;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Imports generated tickets, several importers at a time, and tells how far they are. Only what is being sent is held in
 * memory. Run again, it goes on where it broke off.
 */
final class Generator {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final TicketService tickets;
    private final GeneratedTickets generated;
    private final long number;
    private final Together together;
    private final PrintStream progress;
    private final AtomicLong next = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong events = new AtomicLong();

    Generator(TicketService tickets, long number, int importers, PrintStream progress) {
        this.tickets = tickets;
        this.generated = new GeneratedTickets(number);
        this.number = number;
        this.together = new Together(importers);
        this.progress = progress;
    }

    /**
     * What was imported.
     *
     * @param seconds without the people, who come first
     */
    record Done(long tickets, long events, double seconds) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%,d tickets with %,d events in %,.0f s: %,.0f tickets and %,.0f events a second",
                    tickets,
                    events,
                    seconds,
                    tickets / seconds,
                    events / seconds);
        }
    }

    Done run() {
        register();
        long start = System.nanoTime();
        together.run(this::importTickets, () -> tell(start));
        return new Done(sent.get(), events.get(), seconds(start));
    }

    private void register() {
        People people = generated.people();
        // The new one too.
        int all = people.workers() + 1 + people.customers();
        AtomicLong turn = new AtomicLong();
        together.run(
                () -> {
                    for (int n = (int) turn.getAndIncrement(); n < all; n = (int) turn.getAndIncrement()) {
                        register(people, n);
                    }
                },
                () -> progress.printf(Locale.ROOT, "%,d of %,d people%n", Math.min(turn.get(), all), all));
    }

    /** Under an id that is the same in each run, so that it is done once. */
    private void register(People people, int n) {
        int customer = n - people.workers() - 1;
        Author person = customer < 0 ? people.worker(n) : people.customer(customer);
        String email = People.email(person);
        if (customer < 0) {
            tickets.people()
                    .registerWorker(
                            NewWorker.of(person.id(), email, person.firstName(), person.lastName()), person.id());
        } else {
            tickets.people()
                    .registerCustomer(
                            NewCustomer.of(person.id(), email, person.firstName(), person.lastName()), person.id());
        }
    }

    private void importTickets() {
        Imports.Report report = tickets.within(PATIENCE).imports().run(new Share());
        if (!report.faults().isEmpty()) {
            throw new IllegalStateException("not everything was imported: "
                    + report.faults().stream().limit(3).toList());
        }
    }

    /** What one importer takes: whatever comes next. */
    private final class Share implements Iterator<ImportedTicket> {
        private long turn = next.getAndIncrement();

        @Override
        public boolean hasNext() {
            return turn < number;
        }

        @Override
        public ImportedTicket next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            ImportedTicket ticket = generated.ticket(turn);
            turn = next.getAndIncrement();
            sent.incrementAndGet();
            events.addAndGet(ticket.events().size());
            return ticket;
        }
    }

    private void tell(long start) {
        double perSecond = sent.get() / seconds(start);
        progress.printf(
                Locale.ROOT,
                "%,d of %,d tickets, %,d events, %,.0f tickets a second, %,.0f s remaining%n",
                sent.get(),
                number,
                events.get(),
                perSecond,
                (number - sent.get()) / Math.max(perSecond, 1e-3));
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
