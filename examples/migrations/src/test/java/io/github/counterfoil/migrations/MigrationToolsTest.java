package io.github.counterfoil.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.embedded.EmbeddedPostgresql;
import io.github.counterfoil.people.NewCustomer;
import io.github.counterfoil.schema.Schema;
import io.github.counterfoil.ticket.NewTicket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.changelog.FastCheckService;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.DirectoryResourceAccessor;
import liquibase.ui.LoggerUIService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** Flyway and Liquibase install and upgrade the schema, as a role that owns its database and nothing else. */
class MigrationToolsTest {
    /** Held, so that its level stays. */
    private static final Logger LIQUIBASE = Logger.getLogger("liquibase");

    private static EmbeddedPostgresql server;
    private static int databases;

    @TempDir
    private Path folder;

    private DataSource dataSource;
    private TicketService tickets;

    /** A tool, for files of whatever release. */
    private interface Tool {
        void run(List<Schema.SqlFile> files) throws Exception;
    }

    @BeforeAll
    static void start() throws SQLException {
        LIQUIBASE.setLevel(Level.WARNING);
        server = EmbeddedPostgresql.startInMemory();
        execute(server.dataSource(), "create role plain login");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void open() throws SQLException {
        String name = "migrations_" + ++databases;
        execute(server.dataSource(), "create database " + name + " owner plain");
        PGSimpleDataSource plain = new PGSimpleDataSource();
        plain.setUrl(server.jdbcUrl().replace("/postgres?", "/" + name + "?"));
        plain.setUser("plain");
        dataSource = plain;
        tickets = TicketService.builder(plain).build();
    }

    private static void execute(DataSource dataSource, String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String code() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select prosrc from pg_proc where proname = 'following_id'")) {
            row.next();
            return row.getString(1);
        }
    }

    @Test
    void flyway_installs_and_upgrades() throws Exception {
        installsAndUpgrades(
                files -> FlywayMigrations.of(dataSource, "public", files).migrate());
    }

    @Test
    void liquibase_installs_and_upgrades() throws Exception {
        installsAndUpgrades(this::runLiquibase);
    }

    private void runLiquibase(List<Schema.SqlFile> files) throws Exception {
        LiquibaseChangelog.write(files, folder);
        // Within one JVM Liquibase remembers that it had nothing to do, whatever the changelog says now.
        Scope.getCurrentScope().getSingleton(FastCheckService.class).clearCache();
        try (Connection connection = dataSource.getConnection()) {
            Scope.child(
                    Map.of(Scope.Attr.ui.name(), new LoggerUIService()),
                    () -> new Liquibase(
                                    "counterfoil.sql",
                                    new DirectoryResourceAccessor(folder),
                                    new JdbcConnection(connection))
                            .update(new Contexts(), new LabelExpression()));
        }
    }

    private void installsAndUpgrades(Tool tool) throws Exception {
        List<Schema.SqlFile> files = tickets.schema().files();
        tool.run(files);
        assertThat(tickets.schema().verify()).isEmpty();
        assertThat(tickets.schema().apply()).as("what is left to do").isEmpty();
        tickets.schema().require();

        UUID ada = UUID.randomUUID();
        tickets.people().registerCustomer(NewCustomer.of(ada, "ada@example.com", "Ada", "Lovelace"));
        tickets.customer(ada).open(NewTicket.of("Printer on fire", "It burns."));

        tool.run(files);
        tool.run(later(files));
        assertThat(code()).contains("-- later");
        assertThat(tickets.schema().verify())
                .as("a newer release's schema will do")
                .isEmpty();
        tickets.customer(ada).open(NewTicket.of("Another", "It burns."));

        tool.run(files);
        assertThat(code())
                .as("an older node that starts again leaves newer code alone")
                .contains("-- later");
    }

    /** The same numbered files, and code that is a revision on. */
    private static List<Schema.SqlFile> later(List<Schema.SqlFile> files) {
        List<Schema.SqlFile> later = new ArrayList<>(files);
        Schema.SqlFile code = later.remove(later.size() - 1);
        int revision = Integer.parseInt(code.sql().replaceFirst("(?s).*?revision (\\d+)\\..*", "$1"));
        String sql = code.sql()
                .replace("c.revision > " + revision, "c.revision > " + (revision + 1))
                .replace("values (" + revision + ", ", "values (" + (revision + 1) + ", ")
                .replace("  return encode(", "  -- later\n  return encode(");
        later.add(new Schema.SqlFile(code.version(), code.name(), sql, code.checksum() + "1"));
        return later;
    }
}
