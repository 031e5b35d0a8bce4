package io.github.counterfoil.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.command.Command;
import io.github.counterfoil.command.CustomerCommand;
import io.github.counterfoil.embedded.EmbeddedPostgresql;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.json.AsJson;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.people.NewCustomer;
import io.github.counterfoil.people.NewWorker;
import io.github.counterfoil.ticket.CustomerTicket;
import io.github.counterfoil.ticket.NewTicket;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Run twice: with the validation starter of the host and jOOQ's loggers turned down, and without either. */
@ExtendWith(OutputCaptureExtension.class)
class SpringBootHostTest {
    private static final boolean HOST_VALIDATES = Boolean.getBoolean("host.validates");
    private static final String[] JOOQ_TURNED_DOWN = {
        "--logging.level.org.jooq.Constants=warn",
        "--logging.level.org.jooq.impl.DefaultExecuteContext.logVersionSupport=error"
    };
    private static final UUID ADA = UUID.randomUUID();
    private static final UUID JANE = UUID.randomUUID();

    private static EmbeddedPostgresql postgresql;
    private static ConfigurableApplicationContext host;
    private static TicketService tickets;
    private static Refunds refunds;

    @BeforeAll
    static void start() {
        postgresql = EmbeddedPostgresql.startInMemory();
        host = new SpringApplicationBuilder(HostApplication.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .properties("spring.datasource.url=" + postgresql.jdbcUrl(), "spring.jpa.hibernate.ddl-auto=create")
                .run(HOST_VALIDATES ? JOOQ_TURNED_DOWN : new String[0]);
        tickets = host.getBean(TicketService.class);
        refunds = host.getBean(Refunds.class);
        tickets.people().registerCustomer(NewCustomer.of(ADA, "ada@example.com", "Ada", "Lovelace"));
        tickets.people().registerWorker(NewWorker.of(JANE, "jane@example.com", "Jane", "Smith"));
    }

    @AfterAll
    static void stop() {
        host.close();
        postgresql.close();
    }

    @Test
    void this_run_has_the_versions_that_it_was_asked_for() throws ReflectiveOperationException {
        // By reflection, since javac copies a constant into the class that names it.
        String jooq = (String)
                Class.forName("org.jooq.Constants").getField("FULL_VERSION").get(null);
        System.out.println("Running on Spring Boot " + SpringBootVersion.getVersion() + ", jOOQ " + jooq + ", Java "
                + Runtime.version().feature() + (HOST_VALIDATES ? ", with" : ", without") + " validation");
        assertThat(SpringBootVersion.getVersion()).startsWith(System.getProperty("expected.spring-boot", ""));
        assertThat(jooq).startsWith(System.getProperty("expected.jooq", ""));
    }

    @Test
    void what_spring_commits_is_stored_with_its_ticket() {
        Refund refund = new Refund(UUID.randomUUID(), "Broken");
        UUID ticketId = refunds.grant(refund, ADA, JANE, "You get it back.");

        assertThat(host.getBean(RefundRepository.class).findById(refund.id()))
                .hasValueSatisfying(stored -> assertThat(stored.ticketId()).isEqualTo(ticketId));
        assertThat(tickets.customer(ADA).on(ticketId).ticket().version()).isEqualTo(1);
        assertThat(tickets.agent(JANE)
                        .on(ticketId)
                        .ticket()
                        .customFields()
                        .get("refund")
                        .text())
                .contains(refund.id().toString());
    }

    @Test
    void what_spring_rolls_back_leaves_neither() {
        Refund refund = new Refund(UUID.randomUUID(), "Broken");
        long before = count();
        TransactionTemplate transaction = new TransactionTemplate(host.getBean(PlatformTransactionManager.class));
        transaction.executeWithoutResult(status -> {
            refunds.grant(refund, ADA, JANE, "You get it back.");
            assertThat(count()).isEqualTo(before + 1);
            status.setRollbackOnly();
        });

        assertThat(count()).isEqualTo(before);
        assertThat(host.getBean(RefundRepository.class).existsById(refund.id())).isFalse();
    }

    @Test
    void entities_are_validated_if_and_only_if_the_host_brings_a_validator() {
        Refund refund = new Refund(UUID.randomUUID(), "No");
        long before = count();
        if (HOST_VALIDATES) {
            assertThatThrownBy(() -> refunds.grant(refund, ADA, JANE, "You get it back."))
                    .hasStackTraceContaining("jakarta.validation.ConstraintViolationException");
            assertThat(count()).as("the ticket went with the refund").isEqualTo(before);
        } else {
            refunds.grant(refund, ADA, JANE, "You get it back.");
            assertThat(count()).isEqualTo(before + 1);
        }
        assertThat(host.containsBean("methodValidationPostProcessor")).isEqualTo(HOST_VALIDATES);
    }

    @Test
    void all_faults_are_reported_whatever_the_host_configures_for_its_own_validation() {
        assertThatThrownBy(
                        () -> tickets.customer(ADA).open(NewTicket.of("", " ").channel("")))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("channel.blank, description.blank, title.blank");
    }

    @Test
    void the_hosts_own_jackson_works_beside_jackson_2() throws ReflectiveOperationException {
        boolean jackson3 = !SpringBootVersion.getVersion().startsWith("3.");
        Class<?> mapper = Class.forName(
                jackson3 ? "tools.jackson.databind.json.JsonMapper" : "com.fasterxml.jackson.databind.ObjectMapper");
        Object json = mapper.getMethod("writeValueAsString", Object.class)
                .invoke(host.getBean(mapper), Map.of("reason", "Broken"));
        assertThat(json).isEqualTo("{\"reason\":\"Broken\"}");
        assertThat(Class.forName("com.fasterxml.jackson.databind.ObjectMapper")).isNotNull();
    }

    /** As a controller returns them and takes them. */
    @Test
    void the_hosts_own_jackson_writes_and_reads_values_with_nothing_registered() throws ReflectiveOperationException {
        boolean jackson3 = !SpringBootVersion.getVersion().startsWith("3.");
        Class<?> type = Class.forName(
                jackson3 ? "tools.jackson.databind.json.JsonMapper" : "com.fasterxml.jackson.databind.ObjectMapper");
        Object mapper = host.getBean(type);
        Method write = type.getMethod("writeValueAsString", Object.class);
        Method read = type.getMethod("readValue", String.class, Class.class);
        NewTicket given = NewTicket.of("Fire", "It burns.").channel("web");
        CustomerTicket ticket = tickets.customer(ADA)
                .open((NewTicket) read.invoke(mapper, given.json().text(), NewTicket.class));
        Command command = Command.setField("weight", JsonValue.parse("1.10"));
        assertThat(read.invoke(mapper, command.json().text(), Command.class)).isEqualTo(command);
        tickets.agent(JANE).on(ticket.id()).apply(command);

        for (AsJson value : List.of(
                ticket,
                tickets.agent(JANE).on(ticket.id()).ticket(),
                tickets.agent(JANE).on(ticket.id()).history(PageRequest.oldestFirst(10)))) {
            String json = (String) write.invoke(mapper, value);
            assertThat(JsonValue.parse(json)).isEqualTo(value.json());
            assertThat(json).contains("\"created_at\":\"20", "+00:00\"");
        }
        assertThatThrownBy(() -> read.invoke(mapper, "{\"command\": \"note\"}", CustomerCommand.class))
                .hasRootCauseMessage("command.unknown");
    }

    @Test
    void jooqs_greeting_is_logged_unless_its_loggers_are_turned_down(CapturedOutput log) {
        if (HOST_VALIDATES) {
            assertThat(log).doesNotContainIgnoringCase("org.jooq", "jOOQ tip", "logVersionSupport");
        } else {
            assertThat(log).contains("Thank you for using jOOQ", "tip of the day", "logVersionSupport");
        }
    }

    private static long count() {
        return host.getBean(JdbcTemplate.class).queryForObject("select count(*) from counterfoil.ticket", Long.class);
    }
}
