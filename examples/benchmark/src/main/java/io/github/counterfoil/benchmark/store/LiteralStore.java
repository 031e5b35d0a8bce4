package io.github.counterfoil.benchmark.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The documented tables to the letter: a ticket's whole history is one JSON array inside its row. One statement an operation. The lists inside
 * the rows of customers and workers are left empty, in its favour.
 */
public final class LiteralStore implements TicketStore {
    private static final int CHARACTERS_AT_ONCE = 8_000_000;

    private static final String OPEN =
            "insert into tickets (id, title, description, source_channel, created_by, customer_email)"
                    + " select ?, ?, ?, 'web', c.id, c.email from customers c where c.id = ?";
    private static final String UPDATE = "update tickets k set ticket_history = jsonb_set(k.ticket_history, '{events}',"
            + " (k.ticket_history -> 'events') || jsonb_build_object('id', gen_random_uuid(),"
            + " 'created_at', clock_timestamp(), 'created_by_uuid', p.id, 'created_by_first_name', p.first_name,"
            + " 'created_by_last_name', p.last_name, 'role', '%s', %s)), updated_at = clock_timestamp()%s"
            + " from %s p where k.id = ? and p.id = ?";
    private static final String WRITTEN =
            "'type', 'message', 'visibility', 'public', 'attachments', '[]'::jsonb, 'content', ?::text";
    private static final String MESSAGE_OF_CUSTOMER = UPDATE.formatted("customer", WRITTEN, "", "customers");
    private static final String MESSAGE_OF_AGENT = byAgent(WRITTEN, "");
    private static final String NOTE = byAgent(
            "'type', 'note-added', 'visibility', 'private', 'content', ?::text",
            ", internal_notes = jsonb_set(k.internal_notes, '{notes}', (k.internal_notes -> 'notes')"
                    + " || jsonb_build_object('id', gen_random_uuid(), 'content', ?::text,"
                    + " 'created_at', clock_timestamp(), 'created_by', p.id))");
    private static final String ASSIGN = byAgent(
            "'type', 'assignment-added', 'visibility', 'public', 'agent_id', p.id",
            ", assigned_to = k.assigned_to || jsonb_build_object('id', p.id, 'first_name', p.first_name,"
                    + " 'last_name', p.last_name)");
    private static final String UNASSIGN = byAgent(
            "'type', 'assignment-removed', 'visibility', 'public', 'agent_id', p.id",
            ", assigned_to = (select coalesce(jsonb_agg(a), '[]') from jsonb_array_elements(k.assigned_to) a"
                    + " where a ->> 'id' <> p.id::text)");
    private static final String STATUS = byAgent(
            "'type', 'status-update', 'visibility', 'public', 'old_value', k.status, 'new_value', ?::text",
            ", status = ?");
    private static final String RATE = UPDATE.formatted(
            "customer",
            "'type', 'feedback-submitted', 'visibility', 'public', 'rating', ?::int, 'comment', ?::text",
            ", feedback = jsonb_build_object('rating', ?::int, 'comment', ?::text, 'submitted_at', clock_timestamp())",
            "customers");
    private static final String NOTE_ON_EACH = NOTE.replace("k.id = ?", "k.id = any (?)");
    private static final String COLUMNS = "id, title, description, status, priority, tags, custom_fields,"
            + " internal_notes, feedback, source_channel, created_at, updated_at, created_by, customer_email, assigned_to";
    private static final String READ = "select " + COLUMNS + ", jsonb_path_query_array(ticket_history,"
            + " '$.events[last - $n to last]', jsonb_build_object('n', ?::int)) from tickets where id = ?";
    private static final String QUEUE = "select " + COLUMNS + " from tickets where status = 'open'"
            + " and assigned_to @> ?::jsonb order by created_at desc limit ?";
    private static final String STORED = "select status, jsonb_array_length(ticket_history -> 'events'),"
            + " jsonb_array_length(jsonb_path_query_array(ticket_history, '$.events[*] ? (@.type == \"message\")')),"
            + " jsonb_array_length(internal_notes -> 'notes'), assigned_to -> 0 ->> 'id',"
            + " coalesce((feedback ->> 'rating')::int, 0) from tickets where id = ?";

    private final DataSource dataSource;
    private final JsonMapper json = new JsonMapper();

    public LiteralStore(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    private static String byAgent(String event, String more) {
        return UPDATE.formatted("agent", event, more, "workers");
    }

    /** What is read of a ticket; JSON that nobody looks into stays text. */
    record TicketRow(
            UUID id,
            String title,
            String description,
            String status,
            String priority,
            @Nullable String customFields,
            @Nullable String internalNotes,
            @Nullable String feedback,
            @Nullable String sourceChannel,
            OffsetDateTime createdAt,
            OffsetDateTime updatedAt,
            UUID createdBy,
            String customerEmail,
            JsonNode assignedTo) {}

    private TicketRow ticket(ResultSet row) throws SQLException {
        return new TicketRow(
                row.getObject(1, UUID.class),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                row.getString(10),
                row.getObject(11, OffsetDateTime.class),
                row.getObject(12, OffsetDateTime.class),
                row.getObject(13, UUID.class),
                row.getString(14),
                parse(row.getString(15)));
    }

    private JsonNode parse(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("PostgreSQL printed what is no JSON", e);
        }
    }

    @Override
    public void install(List<Person> people) throws SQLException {
        Sql.run(dataSource, "literal.sql");
        CopyRows users = new CopyRows("users (id)");
        CopyRows customers = new CopyRows("customers (id, first_name, last_name, email)");
        CopyRows workers = new CopyRows("workers (id, first_name, last_name, email, role, timezone)");
        for (Person person : people) {
            users.add(person.id());
            if (person.agent()) {
                workers.add(person.id(), person.firstName(), person.lastName(), person.email(), "agent", "UTC");
            } else {
                customers.add(person.id(), person.firstName(), person.lastName(), person.email());
            }
        }
        try (Connection connection = dataSource.getConnection()) {
            users.send(connection);
            customers.send(connection);
            workers.send(connection);
        }
    }

    @Override
    public void load(Iterator<SampleTicket> tickets) throws SQLException {
        CopyRows rows = new CopyRows("tickets (id, title, description, status, ticket_history, source_channel,"
                + " created_at, updated_at, created_by, customer_email, assigned_to)");
        try (Connection connection = dataSource.getConnection()) {
            while (tickets.hasNext()) {
                SampleTicket ticket = tickets.next();
                Person assignee = ticket.assignee();
                rows.add(
                        ticket.id(),
                        ticket.title(),
                        ticket.description(),
                        ticket.status().wireName(),
                        ticket.events().stream()
                                .map(LiteralStore::element)
                                .collect(Collectors.joining(",", "{\"events\":[", "]}")),
                        "web",
                        ticket.createdAt(),
                        ticket.updatedAt(),
                        ticket.customer().id(),
                        ticket.customer().email(),
                        assignee == null
                                ? "[]"
                                : "[{\"id\":\"%s\",\"first_name\":\"%s\",\"last_name\":\"%s\"}]"
                                        .formatted(assignee.id(), assignee.firstName(), assignee.lastName()));
                if (rows.length() > CHARACTERS_AT_ONCE || !tickets.hasNext()) {
                    rows.send(connection);
                }
            }
        }
    }

    private static String element(SampleEvent event) {
        String own;
        if (event.change() instanceof Change.Message message) {
            own = "\"type\":\"message\",\"attachments\":[],\"content\":\"" + message.text() + "\"";
        } else if (event.change() instanceof Change.StatusUpdate update) {
            own = "\"type\":\"status-update\",\"old_value\":\"%s\",\"new_value\":\"%s\""
                    .formatted(update.from().wireName(), update.to().wireName());
        } else {
            own = "\"type\":\"assignment-added\",\"agent_id\":\"%s\""
                    .formatted(((Change.AssignmentAdded) event.change()).agent().id());
        }
        Person author = event.author();
        return ("{\"id\":\"%s\",\"created_at\":\"%s\",\"created_by_uuid\":\"%s\",\"created_by_first_name\":\"%s\","
                        + "\"created_by_last_name\":\"%s\",\"role\":\"%s\",\"visibility\":\"public\",%s}")
                .formatted(
                        event.id(),
                        event.createdAt(),
                        author.id(),
                        author.firstName(),
                        author.lastName(),
                        author.role(),
                        own);
    }

    private void change(String sql, Object... arguments) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            Sql.change(connection, sql, arguments);
        }
    }

    @Override
    public UUID open(Person customer, String title, String description) throws SQLException {
        UUID id = UUID.randomUUID();
        change(OPEN, id, title, description, customer.id());
        return id;
    }

    @Override
    public void message(UUID ticket, Person author, String text) throws SQLException {
        change(author.agent() ? MESSAGE_OF_AGENT : MESSAGE_OF_CUSTOMER, text, ticket, author.id());
    }

    @Override
    public void note(UUID ticket, Person agent, String text) throws SQLException {
        change(NOTE, text, text, ticket, agent.id());
    }

    @Override
    public void assign(UUID ticket, Person agent) throws SQLException {
        change(ASSIGN, ticket, agent.id());
    }

    @Override
    public void unassign(UUID ticket, Person agent) throws SQLException {
        change(UNASSIGN, ticket, agent.id());
    }

    @Override
    public void changeStatus(UUID ticket, Person agent, Status status) throws SQLException {
        change(STATUS, status.wireName(), status.wireName(), ticket, agent.id());
    }

    @Override
    public void close(UUID ticket, Person agent) throws SQLException {
        changeStatus(ticket, agent, Status.CLOSED);
    }

    @Override
    public void rate(UUID ticket, Person customer, int rating, String comment) throws SQLException {
        change(RATE, rating, comment, rating, comment, ticket, customer.id());
    }

    @Override
    public TicketPage read(UUID ticket, Person agent, int events) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(READ)) {
            Sql.bind(statement, events - 1, ticket);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                List<JsonNode> newest = new ArrayList<>();
                for (JsonNode event : parse(row.getString(16))) {
                    newest.add(0, event);
                }
                return new TicketPage(
                        ticket(row),
                        newest,
                        newest.isEmpty() ? "" : newest.get(0).path("content").asText());
            }
        }
    }

    @Override
    public Queue queue(Person agent, int tickets) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(QUEUE)) {
            Sql.bind(statement, "[{\"id\": \"" + agent.id() + "\"}]", tickets);
            List<TicketRow> rows = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    rows.add(ticket(row));
                }
            }
            return new Queue(
                    rows,
                    rows.isEmpty() ? null : rows.get(0).id(),
                    rows.isEmpty() ? null : rows.get(rows.size() - 1).id());
        }
    }

    @Override
    public void noteOnEach(List<UUID> tickets, Person agent, String text) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            Sql.change(
                    connection,
                    NOTE_ON_EACH,
                    text,
                    text,
                    connection.createArrayOf("uuid", tickets.toArray()),
                    agent.id());
        }
    }

    @Override
    public Stored stored(UUID ticket) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(STORED)) {
            Sql.bind(statement, ticket);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                String assignee = row.getString(5);
                return new Stored(
                        row.getString(1),
                        row.getInt(2),
                        row.getInt(3),
                        row.getInt(4),
                        assignee == null ? null : UUID.fromString(assignee),
                        0,
                        row.getInt(6));
            }
        }
    }

    @Override
    public void close() {}
}
