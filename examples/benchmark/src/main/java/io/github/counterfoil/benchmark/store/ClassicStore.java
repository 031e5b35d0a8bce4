package io.github.counterfoil.benchmark.store;

import io.github.counterfoil.benchmark.sample.Person;
import io.github.counterfoil.benchmark.sample.Status;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** JDBC as it is mostly written: a transaction that locks the ticket, writes row after row, and commits. */
public final class ClassicStore extends SqlStore {
    private static final String OPEN =
            "insert into ticket (id, title, description, source_channel, created_by, customer_id)"
                    + " values (?, ?, ?, 'web', ?, ?)";
    private static final String LOCK = "select last_seq, status, assignee_id from ticket where id = ? for update";
    private static final String INSERT = "insert into ticket_event (ticket_id, seq, id, type, created_at, author_id,"
            + " author_first_name, author_last_name, role, visibility, content, old_value, new_value, agent_id)"
            + " values (?, ?, ?, ?, clock_timestamp(), ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String UPDATE =
            "update ticket set last_seq = ?, updated_at = clock_timestamp(), status = ?, assignee_id = ? where id = ?";
    private static final String RESOLVE =
            "insert into resolution (ticket_id, seq, worker_id, resolved_at)" + " values (?, ?, ?, clock_timestamp())";
    private static final String RATE = "insert into feedback (ticket_id, seq, rating, comment, submitted_at)"
            + " values (?, ?, ?, ?, clock_timestamp())";
    private static final String LOCK_EACH = "select id, last_seq from ticket where id = any (?) order by id for update";
    private static final String COUNT = "update ticket set last_seq = ?, updated_at = clock_timestamp() where id = ?";
    private static final String TICKET =
            "select t.id, t.title, t.description, t.status, t.priority, t.tags, t.custom_fields, t.source_channel,"
                    + " t.created_at, t.updated_at, t.created_by, t.customer_id, c.email, t.assignee_id, w.first_name,"
                    + " w.last_name, t.last_seq from ticket t join person c on c.id = t.customer_id"
                    + " left join person w on w.id = t.assignee_id where t.id = ?";
    private static final String EVENTS =
            "select seq, id, type, created_at, author_id, author_first_name, author_last_name, role, visibility,"
                    + " content, old_value, new_value, agent_id from ticket_event where ticket_id = ?"
                    + " order by seq desc limit ?";

    public ClassicStore(DataSource dataSource) {
        super(dataSource);
    }

    private interface Work<T> {
        T in(Connection transaction) throws SQLException;
    }

    /** What is locked. */
    private record Locked(
            int lastSeq, String status, @Nullable UUID assignee) {}

    private <T> T transaction(Work<T> work) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.in(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    private static Locked lock(Connection transaction, UUID ticket) throws SQLException {
        try (PreparedStatement statement = transaction.prepareStatement(LOCK)) {
            Sql.bind(statement, ticket);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new Locked(row.getInt(1), row.getString(2), row.getObject(3, UUID.class));
            }
        }
    }

    private static void insert(
            Connection transaction,
            UUID ticket,
            int seq,
            String type,
            Person author,
            String visibility,
            @Nullable String content,
            @Nullable String from,
            @Nullable String to,
            @Nullable UUID agent)
            throws SQLException {
        try (PreparedStatement statement = transaction.prepareStatement(INSERT)) {
            bindEvent(statement, ticket, seq, type, author, visibility);
            statement.setString(10, content);
            statement.setString(11, from);
            statement.setString(12, to);
            statement.setObject(13, agent, Types.OTHER);
            statement.executeUpdate();
        }
    }

    private static void bindEvent(
            PreparedStatement statement, UUID ticket, int seq, String type, Person author, String visibility)
            throws SQLException {
        Sql.bind(
                statement,
                ticket,
                seq,
                UUID.randomUUID(),
                type,
                author.id(),
                author.firstName(),
                author.lastName(),
                author.role(),
                visibility);
    }

    private static void update(Connection transaction, UUID ticket, int seq, String status, @Nullable UUID assignee)
            throws SQLException {
        try (PreparedStatement statement = transaction.prepareStatement(UPDATE)) {
            statement.setInt(1, seq);
            statement.setString(2, status);
            statement.setObject(3, assignee, Types.OTHER);
            statement.setObject(4, ticket);
            statement.executeUpdate();
        }
    }

    @Override
    public UUID open(Person customer, String title, String description) throws SQLException {
        UUID id = UUID.randomUUID();
        return transaction(tx -> {
            Sql.change(tx, OPEN, id, title, description, customer.id(), customer.id());
            return id;
        });
    }

    @Override
    public void message(UUID ticket, Person author, String text) throws SQLException {
        write(ticket, "message", author, "public", text);
    }

    @Override
    public void note(UUID ticket, Person agent, String text) throws SQLException {
        write(ticket, "note-added", agent, "private", text);
    }

    private void write(UUID ticket, String type, Person author, String visibility, String text) throws SQLException {
        transaction(tx -> {
            int seq = lock(tx, ticket).lastSeq() + 1;
            insert(tx, ticket, seq, type, author, visibility, text, null, null, null);
            Sql.change(tx, COUNT, seq, ticket);
            return seq;
        });
    }

    @Override
    public void assign(UUID ticket, Person agent) throws SQLException {
        changeAssignee(ticket, "assignment-added", agent, agent.id());
    }

    @Override
    public void unassign(UUID ticket, Person agent) throws SQLException {
        changeAssignee(ticket, "assignment-removed", agent, null);
    }

    private void changeAssignee(UUID ticket, String type, Person agent, @Nullable UUID assignee) throws SQLException {
        transaction(tx -> {
            Locked locked = lock(tx, ticket);
            int seq = locked.lastSeq() + 1;
            insert(tx, ticket, seq, type, agent, "public", null, null, null, agent.id());
            update(tx, ticket, seq, locked.status(), assignee);
            return seq;
        });
    }

    @Override
    public void changeStatus(UUID ticket, Person agent, Status status) throws SQLException {
        transaction(tx -> changeStatus(tx, ticket, lock(tx, ticket), agent, status));
    }

    private static int changeStatus(Connection tx, UUID ticket, Locked locked, Person agent, Status status)
            throws SQLException {
        int seq = locked.lastSeq() + 1;
        insert(tx, ticket, seq, "status-update", agent, "public", null, locked.status(), status.wireName(), null);
        update(tx, ticket, seq, status.wireName(), locked.assignee());
        return seq;
    }

    @Override
    public void close(UUID ticket, Person agent) throws SQLException {
        transaction(tx -> {
            Locked locked = lock(tx, ticket);
            int seq = changeStatus(tx, ticket, locked, agent, Status.CLOSED);
            if (locked.assignee() != null) {
                Sql.change(tx, RESOLVE, ticket, seq, locked.assignee());
            }
            return seq;
        });
    }

    @Override
    public void rate(UUID ticket, Person customer, int rating, String comment) throws SQLException {
        transaction(tx -> {
            int seq = lock(tx, ticket).lastSeq() + 1;
            insert(tx, ticket, seq, "feedback-submitted", customer, "public", comment, null, null, null);
            Sql.change(tx, RATE, ticket, seq, rating, comment);
            Sql.change(tx, COUNT, seq, ticket);
            return seq;
        });
    }

    @Override
    public TicketPage read(UUID ticket, Person agent, int events) throws SQLException {
        return transaction(tx -> {
            TicketRow read = ticket(tx, ticket);
            List<EventRow> newest = new ArrayList<>();
            try (PreparedStatement statement = tx.prepareStatement(EVENTS)) {
                Sql.bind(statement, ticket, events);
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        newest.add(EventRow.of(row));
                    }
                }
            }
            return page(read, newest);
        });
    }

    private static TicketRow ticket(Connection tx, UUID ticket) throws SQLException {
        try (PreparedStatement statement = tx.prepareStatement(TICKET)) {
            Sql.bind(statement, ticket);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return TicketRow.of(row);
            }
        }
    }

    @Override
    public void noteOnEach(List<UUID> tickets, Person agent, String text) throws SQLException {
        transaction(tx -> {
            try (PreparedStatement locks = tx.prepareStatement(LOCK_EACH);
                    PreparedStatement inserts = tx.prepareStatement(INSERT);
                    PreparedStatement updates = tx.prepareStatement(COUNT)) {
                Sql.bind(locks, tx.createArrayOf("uuid", tickets.toArray()));
                try (ResultSet row = locks.executeQuery()) {
                    while (row.next()) {
                        UUID ticket = row.getObject(1, UUID.class);
                        int seq = row.getInt(2) + 1;
                        bindEvent(inserts, ticket, seq, "note-added", agent, "private");
                        inserts.setString(10, text);
                        inserts.setString(11, null);
                        inserts.setString(12, null);
                        inserts.setNull(13, Types.OTHER);
                        inserts.addBatch();
                        Sql.bind(updates, seq, ticket);
                        updates.addBatch();
                    }
                }
                inserts.executeBatch();
                return updates.executeBatch().length;
            }
        });
    }
}
