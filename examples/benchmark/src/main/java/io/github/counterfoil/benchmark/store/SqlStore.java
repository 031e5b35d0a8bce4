package io.github.counterfoil.benchmark.store;

import io.github.counterfoil.benchmark.sample.Change;
import io.github.counterfoil.benchmark.sample.Person;
import io.github.counterfoil.benchmark.sample.SampleEvent;
import io.github.counterfoil.benchmark.sample.SampleTicket;
import io.github.counterfoil.benchmark.sample.Status;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Tables written by hand, one row an event, and what does not depend on how they are written to. */
public abstract class SqlStore implements TicketStore {
    private static final int CHARACTERS_AT_ONCE = 8_000_000;
    private static final String STORED = "select t.status, t.last_seq, t.assignee_id,"
            + " (select count(*) from ticket_event e where e.ticket_id = t.id),"
            + " (select count(*) from ticket_event e where e.ticket_id = t.id and e.type = 'message'),"
            + " (select count(*) from ticket_event e where e.ticket_id = t.id and e.type = 'note-added'),"
            + " (select count(*) from resolution r where r.ticket_id = t.id),"
            + " (select coalesce(max(f.rating), 0) from feedback f where f.ticket_id = t.id)"
            + " from ticket t where t.id = ?";

    final DataSource dataSource;

    SqlStore(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** What is read of a ticket. */
    record TicketRow(
            UUID id,
            String title,
            String description,
            String status,
            String priority,
            List<String> tags,
            String customFields,
            @Nullable String sourceChannel,
            OffsetDateTime createdAt,
            OffsetDateTime updatedAt,
            UUID createdBy,
            UUID customerId,
            String customerEmail,
            @Nullable UUID assigneeId,
            @Nullable String assigneeFirstName,
            @Nullable String assigneeLastName,
            int lastSeq) {

        /** From the columns of a queue, in their order. */
        static TicketRow of(ResultSet row) throws SQLException {
            return new TicketRow(
                    row.getObject(1, UUID.class),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getString(5),
                    List.of((String[]) row.getArray(6).getArray()),
                    row.getString(7),
                    row.getString(8),
                    row.getObject(9, OffsetDateTime.class),
                    row.getObject(10, OffsetDateTime.class),
                    row.getObject(11, UUID.class),
                    row.getObject(12, UUID.class),
                    row.getString(13),
                    row.getObject(14, UUID.class),
                    row.getString(15),
                    row.getString(16),
                    row.getInt(17));
        }
    }

    static TicketPage page(TicketRow ticket, List<EventRow> newestFirst) {
        String newest = newestFirst.isEmpty() ? null : newestFirst.get(0).content();
        return new TicketPage(ticket, newestFirst, Objects.requireNonNullElse(newest, ""));
    }

    /** What is read of an event. */
    record EventRow(
            int seq,
            UUID id,
            String type,
            OffsetDateTime createdAt,
            UUID authorId,
            String firstName,
            String lastName,
            String role,
            String visibility,
            @Nullable String content,
            @Nullable String oldValue,
            @Nullable String newValue,
            @Nullable UUID agentId) {

        /** From the first columns of a row. */
        static EventRow of(ResultSet row) throws SQLException {
            return new EventRow(
                    row.getInt(1),
                    row.getObject(2, UUID.class),
                    row.getString(3),
                    row.getObject(4, OffsetDateTime.class),
                    row.getObject(5, UUID.class),
                    row.getString(6),
                    row.getString(7),
                    row.getString(8),
                    row.getString(9),
                    row.getString(10),
                    row.getString(11),
                    row.getString(12),
                    row.getObject(13, UUID.class));
        }
    }

    @Override
    public void install(List<Person> people) throws SQLException {
        Sql.run(dataSource, "tables.sql");
        CopyRows rows = new CopyRows("person (id, email, first_name, last_name, role)");
        for (Person person : people) {
            rows.add(person.id(), person.email(), person.firstName(), person.lastName(), person.role());
        }
        try (Connection connection = dataSource.getConnection()) {
            rows.send(connection);
        }
    }

    @Override
    public void load(Iterator<SampleTicket> tickets) throws SQLException {
        CopyRows rows = new CopyRows("ticket (id, title, description, status, source_channel, created_at, updated_at,"
                + " created_by, customer_id, assignee_id, last_seq)");
        CopyRows events = new CopyRows("ticket_event (ticket_id, seq, id, type, created_at, author_id,"
                + " author_first_name, author_last_name, role, visibility, content, old_value, new_value, agent_id)");
        CopyRows resolutions = new CopyRows("resolution (ticket_id, seq, worker_id, resolved_at)");
        try (Connection connection = dataSource.getConnection()) {
            while (tickets.hasNext()) {
                add(tickets.next(), rows, events, resolutions);
                if (rows.length() + events.length() > CHARACTERS_AT_ONCE || !tickets.hasNext()) {
                    rows.send(connection);
                    events.send(connection);
                    resolutions.send(connection);
                }
            }
        }
    }

    private static void add(SampleTicket ticket, CopyRows tickets, CopyRows events, CopyRows resolutions) {
        Person assignee = ticket.assignee();
        UUID customer = ticket.customer().id();
        tickets.add(
                ticket.id(),
                ticket.title(),
                ticket.description(),
                ticket.status().wireName(),
                "web",
                ticket.createdAt(),
                ticket.updatedAt(),
                customer,
                customer,
                assignee == null ? null : assignee.id(),
                ticket.events().size());
        for (SampleEvent event : ticket.events()) {
            addEvent(ticket.id(), event, events);
            boolean closes = event.change() instanceof Change.StatusUpdate update && update.to() == Status.CLOSED;
            if (closes && assignee != null) {
                resolutions.add(ticket.id(), event.seq(), assignee.id(), event.createdAt());
            }
        }
    }

    private static void addEvent(UUID ticket, SampleEvent event, CopyRows events) {
        String type;
        String content = null;
        String from = null;
        String to = null;
        UUID agent = null;
        if (event.change() instanceof Change.Message message) {
            type = "message";
            content = message.text();
        } else if (event.change() instanceof Change.StatusUpdate update) {
            type = "status-update";
            from = update.from().wireName();
            to = update.to().wireName();
        } else {
            type = "assignment-added";
            agent = ((Change.AssignmentAdded) event.change()).agent().id();
        }
        Person author = event.author();
        events.add(
                ticket,
                event.seq(),
                event.id(),
                type,
                event.createdAt(),
                author.id(),
                author.firstName(),
                author.lastName(),
                author.role(),
                "public",
                content,
                from,
                to,
                agent);
    }

    @Override
    public Queue queue(Person agent, int tickets) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(OneStatementSql.QUEUE)) {
            Sql.bind(statement, agent.id(), tickets);
            List<TicketRow> rows = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    rows.add(TicketRow.of(row));
                }
            }
            return new Queue(
                    rows,
                    rows.isEmpty() ? null : rows.get(0).id(),
                    rows.isEmpty() ? null : rows.get(rows.size() - 1).id());
        }
    }

    @Override
    public Stored stored(UUID ticket) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(STORED)) {
            Sql.bind(statement, ticket);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                if (row.getInt(2) != row.getInt(4)) {
                    throw new IllegalStateException("there are not as many events as were numbered");
                }
                return new Stored(
                        row.getString(1),
                        row.getInt(4),
                        row.getInt(5),
                        row.getInt(6),
                        row.getObject(3, UUID.class),
                        row.getInt(7),
                        row.getInt(8));
            }
        }
    }

    @Override
    public void close() {}
}
