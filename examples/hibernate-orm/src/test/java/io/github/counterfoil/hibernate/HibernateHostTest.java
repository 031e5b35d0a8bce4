package io.github.counterfoil.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.embedded.EmbeddedPostgresql;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.people.NewCustomer;
import io.github.counterfoil.people.NewWorker;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Ticket;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.UUID;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.hibernate.cfg.JdbcSettings;
import org.hibernate.cfg.SchemaToolingSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Run twice: on a class path without any validation, and on one with Hibernate Validator and a {@code META-INF/validation.xml}
 * that makes it stop at the first fault.
 */
class HibernateHostTest {
    private static final boolean HOST_VALIDATES = Boolean.getBoolean("host.validates");
    private static final UUID ADA = UUID.randomUUID();
    private static final UUID JANE = UUID.randomUUID();

    private static EmbeddedPostgresql postgresql;
    private static SessionFactory sessions;
    private static TicketService tickets;
    private static Refunds refunds;

    @BeforeAll
    static void start() {
        postgresql = EmbeddedPostgresql.startInMemory();
        tickets = TicketService.builder(postgresql.dataSource()).build();
        tickets.schema().apply();
        tickets.people().registerCustomer(NewCustomer.of(ADA, "ada@example.com", "Ada", "Lovelace"));
        tickets.people().registerWorker(NewWorker.of(JANE, "jane@example.com", "Jane", "Smith"));
        sessions = new Configuration()
                .addAnnotatedClass(Refund.class)
                .setProperty(JdbcSettings.JAKARTA_JDBC_URL, postgresql.jdbcUrl())
                .setProperty(SchemaToolingSettings.HBM2DDL_AUTO, "create")
                .buildSessionFactory();
        refunds = new Refunds(sessions, tickets);
    }

    @AfterAll
    static void stop() {
        sessions.close();
        postgresql.close();
    }

    @Test
    void the_class_path_is_the_one_that_this_run_is_about() {
        ClassLoader classPath = HibernateHostTest.class.getClassLoader();
        assertThat(classPath.getResource("META-INF/services/jakarta.validation.spi.ValidationProvider") != null)
                .isEqualTo(HOST_VALIDATES);
        assertThat(classPath.getResource("META-INF/validation.xml") != null).isEqualTo(HOST_VALIDATES);
        assertThat(classPath.getResource("jakarta/el/ELManager.class") != null).isEqualTo(HOST_VALIDATES);
    }

    @Test
    void what_hibernate_commits_is_stored_with_its_ticket() {
        Refund refund = new Refund(UUID.randomUUID(), "Broken");
        UUID ticketId = refunds.grant(refund, ADA, JANE, "You get it back.");

        Refund stored = sessions.fromSession(session -> session.find(Refund.class, refund.id()));
        assertThat(stored.reason()).isEqualTo("Broken");
        assertThat(stored.ticketId()).isEqualTo(ticketId);
        assertThat(tickets.customer(ADA).on(ticketId).ticket().version()).isEqualTo(1);
        assertThat(tickets.verify(ticketId).discrepancies()).isEmpty();
    }

    @Test
    void what_hibernate_rolls_back_leaves_neither() throws Exception {
        Refund refund = new Refund(UUID.randomUUID(), "Broken");
        long before = count("counterfoil.ticket");
        assertThatThrownBy(() -> sessions.inTransaction(session -> {
                    session.persist(refund);
                    session.flush();
                    session.doWork(connection -> {
                        TicketService joined = tickets.joining(connection);
                        Ticket ticket = joined.agent(JANE).open(ADA, NewTicket.of("Refund", "Asked for"));
                        joined.agent(JANE).on(ticket.id()).reply("You get it back.");
                    });
                    throw new IllegalStateException("changed my mind");
                }))
                .hasMessage("changed my mind");

        assertThat(count("counterfoil.ticket")).isEqualTo(before);
        assertThat(sessions.<Refund>fromSession(session -> session.find(Refund.class, refund.id())))
                .isNull();
    }

    @Test
    void entities_are_validated_if_and_only_if_the_host_brings_a_validator() throws Exception {
        Refund refund = new Refund(UUID.randomUUID(), "No");
        long before = count("counterfoil.ticket");
        if (HOST_VALIDATES) {
            assertThatThrownBy(() -> refunds.grant(refund, ADA, JANE, "You get it back."))
                    .hasStackTraceContaining("jakarta.validation.ConstraintViolationException");
            assertThat(count("counterfoil.ticket"))
                    .as("the ticket went with the refund")
                    .isEqualTo(before);
        } else {
            refunds.grant(refund, ADA, JANE, "You get it back.");
            assertThat(count("counterfoil.ticket")).isEqualTo(before + 1);
        }
    }

    @Test
    void all_faults_are_reported_whatever_the_host_configures_for_its_own_validation() {
        assertThatThrownBy(
                        () -> tickets.customer(ADA).open(NewTicket.of("", " ").channel("")))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("channel.blank, description.blank, title.blank");
    }

    private static long count(String table) throws Exception {
        try (Connection connection = postgresql.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from " + table)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
