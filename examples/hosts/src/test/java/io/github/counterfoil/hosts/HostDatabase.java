package io.github.counterfoil.hosts;

import com.zaxxer.hikari.HikariDataSource;
import io.github.counterfoil.TicketService;
import io.github.counterfoil.embedded.EmbeddedPostgresql;
import io.github.counterfoil.people.NewCustomer;
import io.github.counterfoil.people.NewWorker;
import io.github.counterfoil.ticket.NewTicket;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** A database with Counterfoil's schema, a customer, an agent and a table of the host's own. */
final class HostDatabase implements AutoCloseable {
    static final UUID ADA = UUID.fromString("00000000-0000-4000-8000-00000000000a");
    static final UUID JANE = UUID.fromString("00000000-0000-4000-8000-000000000001");
    private static final String SERVER = server();
    /** Made once and copied by each. */
    private static final HostDatabase TEMPLATE = template();

    private final String name = "counterfoil_" + UUID.randomUUID().toString().replace("-", "");

    HostDatabase() {
        this(TEMPLATE.name);
    }

    private HostDatabase(String template) {
        execute(SERVER, "create database " + name + " template " + template + " strategy file_copy");
    }

    private static HostDatabase template() {
        HostDatabase template = new HostDatabase("template1");
        TicketService tickets = template.plain();
        tickets.schema().apply();
        tickets.people().registerCustomer(NewCustomer.of(ADA, "ada@example.com", "Ada", "Lovelace"));
        tickets.people().registerWorker(NewWorker.of(JANE, "jane@example.com", "Jane", "Smith"));
        template.execute("create table refund (id uuid primary key, amount int not null)");
        if (given() != null) {
            Runtime.getRuntime().addShutdownHook(new Thread(template::close));
        }
        return template;
    }

    /** A service on connections that nobody shares. */
    TicketService plain() {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(url());
        return TicketService.builder(dataSource).build();
    }

    UUID ticket() {
        return plain().customer(ADA)
                .open(NewTicket.of("Printer on fire", "It burns.").channel("web"))
                .id();
    }

    String url() {
        int path = SERVER.indexOf('/', SERVER.indexOf("//") + 2);
        int query = SERVER.indexOf('?');
        return SERVER.substring(0, path + 1) + name + (query < 0 ? "" : SERVER.substring(query));
    }

    HikariDataSource pool(boolean autocommit) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(url());
        pool.setAutoCommit(autocommit);
        pool.setMaximumPoolSize(4);
        pool.setMinimumIdle(0);
        return pool;
    }

    void execute(String sql) {
        execute(url(), sql);
    }

    int count(String table) {
        try (Connection connection = connect(url());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from " + table)) {
            row.next();
            return row.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        execute(SERVER, "drop database " + name + " with (force)");
    }

    private static String server() {
        String given = given();
        // The embedded server is stopped by its own shutdown hook.
        return given == null ? EmbeddedPostgresql.startInMemory().jdbcUrl() : given;
    }

    private static @Nullable String given() {
        String given = System.getenv("COUNTERFOIL_TEST_URL");
        return given == null || given.isBlank() ? null : given;
    }

    private static void execute(String url, String sql) {
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Connection connect(String url) throws SQLException {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(url);
        return dataSource.getConnection();
    }
}
