package io.github.counterfoil.benchmark.store;

import io.github.counterfoil.benchmark.sample.Person;
import io.github.counterfoil.benchmark.sample.Status;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** JDBC written by hand, one data-modifying statement and one round trip an operation: what the others are measured by. */
public final class OneStatementStore extends SqlStore {
    public OneStatementStore(DataSource dataSource) {
        super(dataSource);
    }

    private void change(String sql, Object... arguments) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            Sql.change(connection, sql, arguments);
        }
    }

    @Override
    public UUID open(Person customer, String title, String description) throws SQLException {
        UUID id = UUID.randomUUID();
        change(OneStatementSql.OPEN, id, title, description, customer.id());
        return id;
    }

    @Override
    public void message(UUID ticket, Person author, String text) throws SQLException {
        change(OneStatementSql.MESSAGE, ticket, text, author.id());
    }

    @Override
    public void note(UUID ticket, Person agent, String text) throws SQLException {
        change(OneStatementSql.NOTE, ticket, text, agent.id());
    }

    @Override
    public void assign(UUID ticket, Person agent) throws SQLException {
        change(OneStatementSql.ASSIGN, ticket, agent.id(), agent.id());
    }

    @Override
    public void unassign(UUID ticket, Person agent) throws SQLException {
        change(OneStatementSql.UNASSIGN, ticket, agent.id());
    }

    @Override
    public void changeStatus(UUID ticket, Person agent, Status status) throws SQLException {
        change(OneStatementSql.STATUS, ticket, status.wireName(), agent.id(), status.wireName());
    }

    @Override
    public void close(UUID ticket, Person agent) throws SQLException {
        change(OneStatementSql.CLOSE, ticket, agent.id());
    }

    @Override
    public void rate(UUID ticket, Person customer, int rating, String comment) throws SQLException {
        change(OneStatementSql.RATE, ticket, comment, customer.id(), rating, comment);
    }

    @Override
    public TicketPage read(UUID ticket, Person agent, int events) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(OneStatementSql.READ)) {
            Sql.bind(statement, ticket, ticket, events);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                TicketRow read = first(row);
                List<EventRow> newest = new ArrayList<>();
                while (row.next()) {
                    newest.add(EventRow.of(row));
                }
                return page(read, newest);
            }
        }
    }

    private static TicketRow first(ResultSet row) throws SQLException {
        return new TicketRow(
                row.getObject(2, UUID.class),
                row.getString(6),
                row.getString(7),
                row.getString(3),
                row.getString(8),
                List.of((String[]) row.getArray(15).getArray()),
                row.getString(16),
                row.getString(9),
                row.getObject(4, OffsetDateTime.class),
                row.getObject(14, OffsetDateTime.class),
                row.getObject(17, UUID.class),
                row.getObject(5, UUID.class),
                row.getString(10),
                row.getObject(13, UUID.class),
                row.getString(11),
                row.getString(12),
                row.getInt(1));
    }

    @Override
    public void noteOnEach(List<UUID> tickets, Person agent, String text) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            Array ids = connection.createArrayOf("uuid", tickets.toArray());
            Sql.change(connection, OneStatementSql.NOTE_ON_EACH, ids, text, agent.id());
        }
    }
}
