package io.github.counterfoil.hosts;

import static io.github.counterfoil.hosts.HostDatabase.JANE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.github.counterfoil.TicketService;
import io.github.counterfoil.error.Unavailable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Calls after a transaction of Spring's is over, and before Spring has let its connection go: each is stored before it is
 * acknowledged, or refused.
 */
class AfterCommitTest {
    private static final Map<String, Function<HostDatabase, SpringManaged>> HOSTS = hosts();
    private static HostDatabase database;

    /** Spring logs what is thrown after the completion, and goes on. */
    private final List<Throwable> swallowed = new ArrayList<>();

    private UUID id;

    private static Map<String, Function<HostDatabase, SpringManaged>> hosts() {
        Map<String, Function<HostDatabase, SpringManaged>> hosts = new LinkedHashMap<>();
        for (boolean autocommit : List.of(true, false)) {
            String with = autocommit ? "" : ", autocommit off";
            hosts.put("JdbcTransactionManager" + with, db -> SpringHost.jdbc(db, autocommit));
            hosts.put("DataSourceTransactionManager" + with, db -> SpringHost.dataSource(db, autocommit));
            hosts.put("LazyConnectionDataSourceProxy" + with, db -> SpringHost.lazy(db, autocommit));
            hosts.put("TransactionAwareDataSourceProxy" + with, db -> SpringHost.transactionAware(db, autocommit));
            hosts.put("JpaTransactionManager" + with, db -> JpaHost.in(db, autocommit));
        }
        return hosts;
    }

    static Stream<String> rows() {
        return HOSTS.keySet().stream();
    }

    @BeforeAll
    static void start() {
        database = new HostDatabase();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void open() {
        id = database.ticket();
    }

    @AfterEach
    void nothingWasSwallowed() {
        assertThat(swallowed).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void what_is_acknowledged_after_a_commit_is_stored_at_once(String row) {
        try (SpringManaged host = HOSTS.get(row).apply(database)) {
            host.transaction(tickets -> {
                tickets.agent(JANE).on(id).reply("Hello");
                afterCommit(() -> replyStored(tickets, 2));
            });
            host.transaction(tickets -> afterCommit(() -> replyStored(tickets, 3)));
            host.transaction(tickets -> {
                host.refund();
                tickets.agent(JANE).on(id).ticket();
                afterCompletion(() -> replyStored(tickets, 4));
            });
        }
        assertThat(version()).isEqualTo(4);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void what_is_acknowledged_after_a_rollback_is_stored_at_once(String row) {
        try (SpringManaged host = HOSTS.get(row).apply(database)) {
            assertThatThrownBy(() -> host.transaction(tickets -> {
                        tickets.agent(JANE).on(id).reply("Hello");
                        afterCompletion(() -> replyStored(tickets, 1));
                        throw new IllegalStateException("the host fails");
                    }))
                    .hasMessage("the host fails");
        }
        assertThat(version()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void a_transaction_begun_after_a_commit_is_a_transaction_like_any_other(String row) {
        try (SpringManaged host = HOSTS.get(row).apply(database)) {
            host.transaction(tickets -> afterCommit(() -> {
                host.separately(() -> replyUnstored(tickets, 0));
                assertThat(version()).isEqualTo(1);
                replyStored(tickets, 2);
            }));
            host.transaction(tickets -> afterCompletion(() -> {
                host.separately(() -> replyUnstored(tickets, 2));
                assertThat(version()).isEqualTo(3);
                replyStored(tickets, 4);
            }));
        }
        assertThat(version()).isEqualTo(4);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void where_spring_joins_a_transaction_that_is_over_each_call_is_stored_by_itself(String row) {
        try (SpringManaged host = HOSTS.get(row).apply(database)) {
            host.transaction(outer -> afterCommit(() -> host.transaction(tickets -> replyStored(tickets, 1))));
            host.transaction(outer -> afterCompletion(() -> host.transaction(tickets -> replyStored(tickets, 2))));
        }
        assertThat(version()).isEqualTo(2);
    }

    @Test
    void before_the_commit_a_call_belongs_to_the_transaction() {
        try (SpringManaged host = SpringHost.jdbc(database, false)) {
            host.transaction(tickets ->
                    TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                        @Override
                        public void beforeCommit(boolean readOnly) {
                            replyUnstored(tickets, 0);
                        }

                        @Override
                        public void beforeCompletion() {
                            replyUnstored(tickets, 0);
                        }
                    }));
        }
        assertThat(version()).isEqualTo(2);
    }

    @Test
    void without_a_second_connection_a_call_after_a_commit_is_refused() {
        try (HikariDataSource pool = database.pool(false)) {
            pool.setMaximumPoolSize(1);
            pool.setConnectionTimeout(250);
            JdbcTransactionManager manager = new JdbcTransactionManager(pool);
            TicketService tickets = service(pool, manager);
            new TransactionTemplate(manager)
                    .executeWithoutResult(status -> afterCommit(() -> assertThatThrownBy(
                                    () -> tickets.agent(JANE).on(id).reply("Hello"))
                            .isInstanceOfSatisfying(
                                    Unavailable.class, e -> assertThat(e.code()).isEqualTo("database.unreachable"))));
        }
        assertThat(version()).isZero();
    }

    @Test
    void a_transaction_of_a_manager_that_was_not_named_is_refused() {
        for (boolean autocommit : List.of(true, false)) {
            try (HikariDataSource pool = database.pool(autocommit)) {
                TicketService tickets = service(pool, new JdbcTransactionManager(pool));
                TransactionTemplate other = new TransactionTemplate(new DataSourceTransactionManager(pool));
                other.executeWithoutResult(status -> {
                    assertThatThrownBy(() -> tickets.agent(JANE).on(id).reply("Hello"))
                            .isExactlyInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("transaction manager");
                    afterCommit(() -> assertThatThrownBy(
                                    () -> tickets.agent(JANE).on(id).reply("Hello"))
                            .isExactlyInstanceOf(IllegalStateException.class));
                });
                replyStored(tickets, version() + 1);
            }
        }
        assertThat(version()).isEqualTo(2);
    }

    @Test
    void a_transaction_of_another_data_source_inside_leaves_the_outer_one_as_it_is() {
        try (HikariDataSource pool = database.pool(false);
                HikariDataSource elsewhere = database.pool(true)) {
            JdbcTransactionManager manager = new JdbcTransactionManager(pool);
            JdbcTransactionManager other = new JdbcTransactionManager(elsewhere);
            TicketService tickets = service(pool, manager);
            TicketService others = service(elsewhere, other);
            new TransactionTemplate(manager)
                    .executeWithoutResult(outer -> new TransactionTemplate(other).executeWithoutResult(inner -> {
                        others.agent(JANE).on(id).ticket();
                        replyUnstored(tickets, 0);
                        afterCommit(() -> replyUnstored(tickets, 0));
                    }));
        }
        assertThat(version()).isEqualTo(2);
    }

    private void replyStored(TicketService tickets, int version) {
        assertThat(tickets.agent(JANE).on(id).reply("Hello").version()).isEqualTo(version);
        assertThat(version()).as("stored").isEqualTo(version);
    }

    private void replyUnstored(TicketService tickets, int stored) {
        assertThat(tickets.agent(JANE).on(id).reply("Hello").version()).isGreaterThan(stored);
        assertThat(version()).as("stored").isEqualTo(stored);
    }

    private int version() {
        return database.plain().agent(JANE).on(id).ticket().version();
    }

    private static TicketService service(HikariDataSource pool, DataSourceTransactionManager manager) {
        return TicketService.builder(new SpringConnectionSource(pool, manager)).build();
    }

    private static void afterCommit(Runnable work) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                work.run();
            }
        });
    }

    private void afterCompletion(Runnable work) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                try {
                    work.run();
                } catch (Throwable e) {
                    swallowed.add(e);
                }
            }
        });
    }
}
