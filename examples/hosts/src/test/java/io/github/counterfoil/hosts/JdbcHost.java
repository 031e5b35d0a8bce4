package io.github.counterfoil.hosts;

import com.zaxxer.hikari.HikariDataSource;
import io.github.counterfoil.TicketService;
import io.github.counterfoil.spi.ConnectionSource.TransactionOwner;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Transactions by hand, over a pool. */
final class JdbcHost implements Host {
    private final HikariDataSource pool;
    private final TicketService tickets;
    private @Nullable Connection transaction;

    private JdbcHost(HikariDataSource pool, TicketService tickets) {
        this.pool = pool;
        this.tickets = tickets;
    }

    static JdbcHost withAutocommit(HostDatabase database) {
        HikariDataSource pool = database.pool(true);
        return new JdbcHost(pool, TicketService.builder(pool).build());
    }

    static JdbcHost withoutAutocommit(HostDatabase database) {
        HikariDataSource pool = database.pool(false);
        TicketService tickets = TicketService.builder(pool)
                .transactionOwner(TransactionOwner.COUNTERFOIL)
                .build();
        return new JdbcHost(pool, tickets);
    }

    @Override
    public TicketService tickets() {
        return tickets;
    }

    @Override
    public void transaction(Consumer<TicketService> work) {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            transaction = connection;
            try {
                work.accept(tickets.joining(connection));
                connection.commit();
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                transaction = null;
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void refund() {
        refund(transaction);
    }

    static void refund(@Nullable Connection connection) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("insert into refund values (gen_random_uuid(), 12)");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
