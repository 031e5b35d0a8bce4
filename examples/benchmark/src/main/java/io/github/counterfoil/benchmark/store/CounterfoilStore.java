package io.github.counterfoil.benchmark.store;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.benchmark.sample.Change;
import io.github.counterfoil.benchmark.sample.Person;
import io.github.counterfoil.benchmark.sample.SampleEvent;
import io.github.counterfoil.benchmark.sample.SampleTicket;
import io.github.counterfoil.benchmark.sample.Status;
import io.github.counterfoil.command.Command;
import io.github.counterfoil.desk.AgentHandle;
import io.github.counterfoil.desk.BulkCommands;
import io.github.counterfoil.desk.TicketWithHistory;
import io.github.counterfoil.event.Author;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.imports.Imports;
import io.github.counterfoil.page.Page;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.people.NewCustomer;
import io.github.counterfoil.people.NewWorker;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Ticket;
import io.github.counterfoil.ticket.TicketQuery;
import io.github.counterfoil.ticket.TicketStatus;
import io.github.counterfoil.ticket.TicketSummary;
import io.github.counterfoil.ticket.Workflow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** Counterfoil, by what is public of it. */
public final class CounterfoilStore implements TicketStore {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final DataSource dataSource;
    private final String schema;
    private final TicketService tickets;
    private final List<Person> people = new ArrayList<>();

    /** Nothing follows by itself, so that an operation is one event here as everywhere. */
    public CounterfoilStore(DataSource dataSource, String schema) {
        this.dataSource = dataSource;
        this.schema = schema;
        this.tickets = TicketService.builder(dataSource)
                .schema(schema)
                .usersTable(schema, "users", "id")
                .workflow(Workflow.manual())
                .ticketLimit(1L << 40, Integer.MAX_VALUE)
                // How a commit is stored is what is compared.
                .allowAsynchronousCommit()
                .build();
    }

    @Override
    public void install(List<Person> people) {
        tickets.schema().apply();
        for (Person person : people) {
            if (person.agent()) {
                tickets.people()
                        .registerWorker(
                                NewWorker.of(person.id(), person.email(), person.firstName(), person.lastName()));
            } else {
                tickets.people()
                        .registerCustomer(
                                NewCustomer.of(person.id(), person.email(), person.firstName(), person.lastName()));
            }
        }
        this.people.addAll(people);
    }

    @Override
    public void load(Iterator<SampleTicket> samples) {
        run(new Iterator<>() {
            @Override
            public boolean hasNext() {
                return samples.hasNext();
            }

            @Override
            public ImportedTicket next() {
                return imported(samples.next());
            }
        });
    }

    @Override
    public void importTickets(List<SampleTicket> samples) {
        run(samples.stream().map(CounterfoilStore::imported).iterator());
    }

    private void run(Iterator<ImportedTicket> imported) {
        Imports.Report report = tickets.within(PATIENCE).imports().run(imported);
        if (!report.faults().isEmpty() || report.present() > 0) {
            throw new IllegalStateException("not everything was imported: " + report.present() + " present, "
                    + report.faults().stream().limit(3).toList());
        }
    }

    private static ImportedTicket imported(SampleTicket sample) {
        NewTicket start = NewTicket.of(sample.title(), sample.description()).channel("web");
        return ImportedTicket.of(sample.id(), start, sample.customer().id(), sample.createdAt())
                .events(sample.events().stream()
                        .map(event -> imported(sample.id(), event))
                        .toList());
    }

    private static TicketEvent imported(UUID ticket, SampleEvent event) {
        Person person = event.author();
        Author author = new Author(
                person.id(), person.firstName(), person.lastName(), person.agent() ? Role.AGENT : Role.CUSTOMER);
        TicketEvent.Header header =
                new TicketEvent.Header(event.id(), ticket, event.seq(), event.createdAt(), author, Visibility.PUBLIC);
        if (event.change() instanceof Change.Message message) {
            return new TicketEvent.Message(header, message.text(), List.of());
        } else if (event.change() instanceof Change.StatusUpdate update) {
            return new TicketEvent.StatusUpdate(header, status(update.from()), status(update.to()));
        }
        return new TicketEvent.AssignmentAdded(
                header, ((Change.AssignmentAdded) event.change()).agent().id());
    }

    private static TicketStatus status(Status status) {
        return TicketStatus.valueOf(status.name());
    }

    private AgentHandle on(UUID ticket, Person agent) {
        return tickets.agent(agent.id()).on(ticket);
    }

    @Override
    public UUID open(Person customer, String title, String description) {
        return tickets.customer(customer.id())
                .open(NewTicket.of(title, description).channel("web"))
                .id();
    }

    @Override
    public void message(UUID ticket, Person author, String text) {
        if (author.agent()) {
            on(ticket, author).reply(text);
        } else {
            tickets.customer(author.id()).on(ticket).reply(text);
        }
    }

    @Override
    public void note(UUID ticket, Person agent, String text) {
        on(ticket, agent).note(text);
    }

    @Override
    public void assign(UUID ticket, Person agent) {
        on(ticket, agent).assign(agent.id());
    }

    @Override
    public void unassign(UUID ticket, Person agent) {
        on(ticket, agent).unassign(agent.id());
    }

    @Override
    public void changeStatus(UUID ticket, Person agent, Status status) {
        on(ticket, agent).changeStatus(status(status));
    }

    @Override
    public void close(UUID ticket, Person agent) {
        on(ticket, agent).close();
    }

    @Override
    public void rate(UUID ticket, Person customer, int rating, String comment) {
        tickets.customer(customer.id()).on(ticket).rate(rating, comment);
    }

    @Override
    public TicketPage read(UUID ticket, Person agent, int events) {
        TicketWithHistory<Ticket, TicketEvent> read =
                on(ticket, agent).ticketWithHistory(PageRequest.newestFirst(events));
        List<TicketEvent> newest = read.history().items();
        return new TicketPage(
                read.ticket(), newest, newest.get(0) instanceof TicketEvent.Message message ? message.content() : "");
    }

    @Override
    public Queue queue(Person agent, int number) {
        List<TicketSummary> queue = tickets.agent(agent.id())
                .find(
                        TicketQuery.all().status(TicketStatus.OPEN).assignedTo(agent.id()),
                        PageRequest.newestFirst(number))
                .items();
        return new Queue(
                queue,
                queue.isEmpty() ? null : queue.get(0).id(),
                queue.isEmpty() ? null : queue.get(queue.size() - 1).id());
    }

    @Override
    public void noteOnEach(List<UUID> ids, Person agent, String text) {
        tickets.agent(agent.id()).onEach(ids).apply(Command.note(text)).forEach(BulkCommands.Result::get);
    }

    @Override
    public Stored stored(UUID ticket) throws SQLException {
        AgentHandle handle = on(ticket, people.get(0));
        Ticket read = handle.ticket();
        int changes = 0;
        int messages = 0;
        int notes = 0;
        PageRequest request = PageRequest.oldestFirst(200);
        while (true) {
            Page<TicketEvent> page = handle.history(request);
            for (TicketEvent event : page.items()) {
                changes++;
                messages += event instanceof TicketEvent.Message ? 1 : 0;
                notes += event instanceof TicketEvent.NoteAdded ? 1 : 0;
            }
            if (page.next().isEmpty()) {
                break;
            }
            request = request.after(page.next().get());
        }
        return new Stored(
                read.status().wireName(),
                changes,
                messages,
                notes,
                read.assignedTo().isEmpty() ? null : read.assignedTo().get(0).id(),
                // Looks at all workers' histories.
                read.status() == TicketStatus.CLOSED ? resolutions(ticket) : 0,
                read.feedback().map(feedback -> feedback.rating()).orElse(0));
    }

    private int resolutions(UUID ticket) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement("select count(*) from " + schema
                        + ".workers w, jsonb_array_elements(w.ticket_history) h where h ->> 'ticket_id' = ?")) {
            statement.setString(1, ticket.toString());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    @Override
    public void close() {}
}
