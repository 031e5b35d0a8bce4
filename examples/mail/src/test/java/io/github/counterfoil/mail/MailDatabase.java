package io.github.counterfoil.mail;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.counterfoil.TicketService;
import io.github.counterfoil.embedded.EmbeddedPostgresql;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** Databases of one server, each owned by a plain role, and copied from the first that was made ready. */
final class MailDatabase {
    private static final String OWNER = "mail_owner";
    private static final String ORIGIN = "origin";
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final EmbeddedPostgresql SERVER = start();

    private MailDatabase() {}

    private static EmbeddedPostgresql start() {
        EmbeddedPostgresql server = EmbeddedPostgresql.startInMemory();
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        asSuperuser(server, "create role " + OWNER + " login", "create database " + ORIGIN + " owner " + OWNER);
        try (HikariDataSource origin = pool(url(server, ORIGIN))) {
            TicketService.builder(origin).build().schema().apply();
            MailTables.create(origin);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return server;
    }

    /** The address of a database of its own. */
    static String create() {
        String name = "mail_" + COUNT.incrementAndGet();
        asSuperuser(SERVER, "create database " + name + " template " + ORIGIN + " owner " + OWNER);
        return url(SERVER, name);
    }

    /** As an administrator does. */
    static void endSession(int pid) {
        asSuperuser(SERVER, "select pg_terminate_backend(" + pid + ", 5000)");
    }

    static HikariDataSource pool(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(8);
        config.setMinimumIdle(0);
        return new HikariDataSource(config);
    }

    private static String url(EmbeddedPostgresql server, String database) {
        return server.jdbcUrl().replace("/postgres?", "/" + database + "?").replace("user=postgres", "user=" + OWNER);
    }

    private static void asSuperuser(EmbeddedPostgresql server, String... statements) {
        try (Connection connection = server.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
