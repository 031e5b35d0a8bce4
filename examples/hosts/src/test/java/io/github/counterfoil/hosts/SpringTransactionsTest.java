package io.github.counterfoil.hosts;

import static io.github.counterfoil.hosts.HostDatabase.JANE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.github.counterfoil.TicketService;
import io.github.counterfoil.error.OutcomeUnknown;
import io.github.counterfoil.error.TicketNotFound;
import io.github.counterfoil.error.Unavailable;
import io.github.counterfoil.error.UnsuitableConnection;
import io.github.counterfoil.spi.ConnectionSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.SpringVersion;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionTemplate;

/** What Spring's transactions do with Counterfoil's exceptions, and what becomes of calls at their edges. */
class SpringTransactionsTest {
    private static HikariDataSource pool;

    private HostDatabase database;
    private AnnotationConfigApplicationContext context;
    private Desk desk;
    private TicketService tickets;
    private TransactionTemplate transactions;
    private UUID id;

    @Configuration
    @EnableTransactionManagement
    static class Beans {
        @Bean(destroyMethod = "")
        DataSource dataSource() {
            return pool;
        }

        @Bean
        JdbcTransactionManager transactionManager(DataSource dataSource) {
            return new JdbcTransactionManager(dataSource);
        }

        @Bean
        TicketService tickets(DataSource dataSource, PlatformTransactionManager manager) {
            return TicketService.builder(new SpringConnectionSource(dataSource, manager))
                    .build();
        }

        @Bean
        Desk desk(TicketService tickets) {
            return new Desk(tickets);
        }

        @Bean
        Letters letters(TicketService tickets, Desk desk) {
            return new Letters(tickets, desk);
        }
    }

    record Refunded(UUID ticketId) {}

    /** Tells the customer once the refund is stored, in every way that Spring has. */
    record Letters(TicketService tickets, Desk desk) {

        @TransactionalEventListener
        void plainly(Refunded refunded) {
            tickets.agent(JANE).on(refunded.ticketId()).reply("Hello");
        }

        @TransactionalEventListener
        void inWhateverThereIs(Refunded refunded) {
            desk.replyAnywhere(refunded.ticketId());
        }

        @TransactionalEventListener
        void inTheTransactionThatIsOver(Refunded refunded) {
            desk.reply(refunded.ticketId());
        }

        @TransactionalEventListener
        void inAnother(Refunded refunded) {
            desk.replySeparately(refunded.ticketId());
        }
    }

    @BeforeEach
    void open() {
        database = new HostDatabase();
        id = database.ticket();
        start(database.pool(true));
    }

    @AfterEach
    void close() {
        context.close();
        pool.close();
        database.close();
    }

    private void start(HikariDataSource chosen) {
        pool = chosen;
        context = new AnnotationConfigApplicationContext(Beans.class);
        desk = context.getBean(Desk.class);
        tickets = context.getBean(TicketService.class);
        transactions = new TransactionTemplate(context.getBean(JdbcTransactionManager.class));
    }

    private void restartWithoutAutocommit() {
        context.close();
        pool.close();
        start(database.pool(false));
    }

    @Test
    void this_is_the_spring_that_was_asked_for() {
        assertThat(SpringVersion.getVersion()).isEqualTo(System.getProperty("expected.spring"));
    }

    @Test
    void a_refusal_that_leaves_an_inner_transactional_method_fails_the_outer_transaction_though_it_is_caught() {
        assertThatThrownBy(() -> transactions.executeWithoutResult(status -> {
                    refund();
                    assertThatThrownBy(() -> desk.reply(UUID.randomUUID())).isInstanceOf(TicketNotFound.class);
                }))
                .isInstanceOf(UnexpectedRollbackException.class);
        assertThat(database.count("refund")).isZero();
    }

    @Test
    void no_rollback_for_refusals_leaves_the_decision_to_the_outer_transaction() {
        transactions.executeWithoutResult(status -> {
            refund();
            assertThatThrownBy(() -> desk.replyIfPossible(UUID.randomUUID())).isInstanceOf(TicketNotFound.class);
            desk.reply(id);
        });
        assertThat(database.count("refund")).isEqualTo(1);
        assertThat(version()).isEqualTo(1);
    }

    @Test
    void a_read_that_answers_with_an_optional_fails_no_transaction() {
        transactions.executeWithoutResult(status -> {
            refund();
            assertThat(desk.knows(UUID.randomUUID())).isFalse();
        });
        assertThat(database.count("refund")).isEqualTo(1);
    }

    @Test
    void a_read_only_transaction_reads_and_refuses_the_rest() {
        assertThat(desk.version(id)).isZero();
        assertThatThrownBy(() -> desk.replyReadOnly(id))
                .isInstanceOfSatisfying(
                        Unavailable.class, e -> assertThat(e.code()).isEqualTo("database.read_only"));
        assertThat(version()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_new_transaction_inside_another_is_stored_though_the_other_fails(boolean autocommit) {
        if (!autocommit) {
            restartWithoutAutocommit();
        }
        transactions.executeWithoutResult(status -> {
            refund();
            desk.reply(id);
            UUID other = database.ticket();
            desk.replySeparately(other);
            assertThat(database.plain().agent(JANE).on(other).ticket().version())
                    .isEqualTo(1);
            status.setRollbackOnly();
        });
        assertThat(database.count("refund")).isZero();
        assertThat(version()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_event_listeners_do_after_the_commit_is_stored(boolean autocommit) {
        if (!autocommit) {
            restartWithoutAutocommit();
        }
        transactions.executeWithoutResult(status -> {
            refund();
            context.publishEvent(new Refunded(id));
            assertThat(version()).isZero();
        });
        assertThat(version()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void where_spring_only_supports_a_transaction_and_there_is_none_each_call_is_stored(boolean autocommit) {
        if (!autocommit) {
            restartWithoutAutocommit();
        }
        desk.replyAnywhere(id);
        assertThat(version()).isEqualTo(1);
        transactions.executeWithoutResult(status -> {
            desk.replyAnywhere(id);
            status.setRollbackOnly();
        });
        assertThat(version()).isEqualTo(1);
    }

    @Test
    void in_another_data_sources_transaction_a_pool_without_autocommit_is_refused_and_one_with_it_stores_each_call() {
        try (HikariDataSource other = database.pool(true)) {
            TransactionTemplate elsewhere = new TransactionTemplate(new JdbcTransactionManager(other));
            elsewhere.executeWithoutResult(status -> {
                tickets.agent(JANE).on(id).reply("Hello");
                status.setRollbackOnly();
            });
            assertThat(version()).isEqualTo(1);

            restartWithoutAutocommit();
            elsewhere.executeWithoutResult(status -> assertThatThrownBy(
                            () -> tickets.agent(JANE).on(id).reply("Hello"))
                    .isInstanceOf(UnsuitableConnection.class));
            assertThat(version()).isEqualTo(1);
        }
    }

    @Test
    void a_proxy_that_nobody_declared_is_refused_inside_a_transaction_and_leaves_it_alone() {
        TicketService undeclared =
                TicketService.builder(new TransactionAwareDataSourceProxy(pool)).build();
        transactions.executeWithoutResult(status -> {
            refund();
            assertThatThrownBy(() -> undeclared.agent(JANE).on(id).ticket()).isInstanceOf(UnsuitableConnection.class);
            status.setRollbackOnly();
        });
        assertThat(database.count("refund")).isZero();
        assertThat(undeclared.agent(JANE).on(id).ticket().version()).isZero();
    }

    @Test
    void an_exhausted_pool_is_unavailable_however_it_is_asked() throws SQLException {
        try (HikariDataSource small = database.pool(true)) {
            small.setMaximumPoolSize(1);
            small.setConnectionTimeout(250);
            DataSource lazy = new LazyConnectionDataSourceProxy(small);
            List<TicketService> services = List.of(
                    TicketService.builder(small).build(),
                    TicketService.builder(new SpringConnectionSource(small, new JdbcTransactionManager(small)))
                            .build(),
                    TicketService.builder(springUtilities(small)).build(),
                    TicketService.builder(new SpringConnectionSource(lazy, new JdbcTransactionManager(lazy)))
                            .build());
            try (Connection taken = small.getConnection()) {
                assertThat(taken).isNotNull();
                for (TicketService service : services) {
                    assertThatThrownBy(() -> service.agent(JANE).on(id).reply("Hello"))
                            .isInstanceOfSatisfying(
                                    Unavailable.class, e -> assertThat(e.code()).isEqualTo("database.unreachable"));
                }
            }
            services.get(3).agent(JANE).on(id).reply("Hello");
        }
        assertThat(version()).isEqualTo(1);
    }

    @Test
    void if_no_connection_can_be_had_after_an_answer_was_lost_the_caller_gets_the_commands_id() {
        try (HikariDataSource small = database.pool(true)) {
            ConnectionSource source = springUtilities(small);
            TicketService service =
                    TicketService.builder(new LosingThenClosed(source, small)).build();
            UUID command = UUID.randomUUID();
            assertThatThrownBy(() -> service.agent(JANE).on(id).once(command).reply("Hello"))
                    .isInstanceOfSatisfying(
                            OutcomeUnknown.class, e -> assertThat(e.commandId()).contains(command));
            assertThat(database.plain()
                            .agent(JANE)
                            .on(id)
                            .once(command)
                            .reply("Hello")
                            .version())
                    .isEqualTo(1);
        }
    }

    /** As hosts may write it: with the methods that throw Spring's own exceptions. */
    private static ConnectionSource springUtilities(DataSource dataSource) {
        return new ConnectionSource() {
            @Override
            public Connection open() {
                return DataSourceUtils.getConnection(dataSource);
            }

            @Override
            public void release(Connection connection) {
                DataSourceUtils.releaseConnection(connection, dataSource);
            }
        };
    }

    private void refund() {
        new JdbcTemplate(pool).update("insert into refund values (gen_random_uuid(), 12)");
    }

    private int version() {
        return database.plain().agent(JANE).on(id).ticket().version();
    }
}
