package io.github.counterfoil.access;

import com.zaxxer.hikari.HikariDataSource;
import io.github.counterfoil.TicketService;
import io.github.counterfoil.people.AgentDisplay;
import io.github.counterfoil.schema.RowLevelSecurity;
import io.github.counterfoil.testing.TestDatabase;
import java.io.IOException;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.postgresql.PGConnection;

/** A database with row-level security, its roles, and Counterfoil connected as the application. */
final class SecuredDatabase implements AutoCloseable {
    private final TestDatabase database = TestDatabase.withSchema();
    private final String suffix = UUID.randomUUID().toString().substring(0, 8);
    private final RowLevelSecurity settings =
            RowLevelSecurity.plain().roles("owner_" + suffix, "application_" + suffix, "customer " + suffix);
    private final HikariDataSource pool;
    private final TicketService tickets;
    private final Connection customer;

    SecuredDatabase(UnaryOperator<TicketService.Builder> service) {
        database.asSuperuser(service.apply(TicketService.builder(database.connections()))
                .build()
                .schema()
                .rowLevelSecurity(settings));
        String login = TestDatabase.plainRole("login_" + suffix);
        String gateway = TestDatabase.plainRole("gateway_" + suffix);
        database.asSuperuser("grant \"%s\" to %s; grant \"%s\" to %s; alter role %s noinherit"
                .formatted(settings.application(), login, settings.customer(), gateway, gateway));
        pool = TestDatabase.pool(database.dataSource(login), 1);
        tickets = service.apply(TicketService.builder(pool)).build();
        customer = customerConnection(gateway);
    }

    static AgentDisplay display(AgentDisplay.Form form, String team) {
        return switch (form) {
            case FULL_NAME -> AgentDisplay.fullNames();
            case FIRST_NAME -> AgentDisplay.firstNames();
            case TEAM -> AgentDisplay.team(team);
        };
    }

    private Connection customerConnection(String gateway) {
        try {
            Connection connection = database.dataSource(gateway).getConnection();
            try (Statement statement = connection.createStatement()) {
                statement.execute("set role \"" + settings.customer() + '"');
            }
            return connection;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    TestDatabase database() {
        return database;
    }

    RowLevelSecurity settings() {
        return settings;
    }

    HikariDataSource connections() {
        return pool;
    }

    /** Counterfoil as the application's role. */
    TicketService tickets() {
        return tickets;
    }

    /** Replaces text in one of the functions that customers read through, which must hold it. */
    void changeFunction(String function, String text, String replacement) {
        String definition =
                database.superuserValue("select pg_get_functiondef('counterfoil_customer." + function + "'::regproc)");
        if (!definition.contains(text)) {
            throw new IllegalArgumentException(function + " does not hold " + text);
        }
        database.asSuperuser(definition.replace(text, replacement));
    }

    /** SQL of a customer's: what it returns, row by row, and what it says besides. */
    List<String> asCustomer(UUID customerId, String sql) throws SQLException {
        customer.setAutoCommit(false);
        try (Statement statement = customer.createStatement()) {
            statement.execute("select counterfoil_customer.view_as('" + customerId + "')");
            return sql.startsWith("copy") ? copy(customer, sql) : run(statement, sql);
        } finally {
            customer.rollback();
        }
    }

    private static List<String> run(Statement statement, String sql) throws SQLException {
        List<String> lines = new ArrayList<>();
        if (statement.execute(sql)) {
            ResultSet rows = statement.getResultSet();
            while (rows.next()) {
                StringBuilder line = new StringBuilder();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    line.append(i == 1 ? "" : "|").append(rows.getString(i));
                }
                lines.add(line.toString());
            }
        }
        for (SQLWarning warning = statement.getWarnings(); warning != null; warning = warning.getNextWarning()) {
            lines.add("notice: " + warning.getMessage());
        }
        return lines;
    }

    private static List<String> copy(Connection connection, String sql) throws SQLException {
        StringWriter out = new StringWriter();
        try {
            connection.unwrap(PGConnection.class).getCopyAPI().copyOut(sql, out);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return out.toString().lines().toList();
    }

    @Override
    public void close() {
        pool.close();
        database.close();
        TestDatabase.dropRoles(
                "login_" + suffix, "gateway_" + suffix, settings.owner(), settings.application(), settings.customer());
    }
}
