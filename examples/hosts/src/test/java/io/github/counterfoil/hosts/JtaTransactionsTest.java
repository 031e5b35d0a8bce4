package io.github.counterfoil.hosts;

import static io.github.counterfoil.hosts.HostDatabase.JANE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.arjuna.ats.jta.TransactionManager;
import com.arjuna.ats.jta.common.jtaPropertyManager;
import io.agroal.api.AgroalDataSource;
import io.github.counterfoil.TicketService;
import io.github.counterfoil.error.Unavailable;
import io.github.counterfoil.error.UnsuitableConnection;
import jakarta.transaction.InvalidTransactionException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Synchronization;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of calls at the edges of JTA's transactions, and where nobody said whose transactions they are. */
class JtaTransactionsTest {
    private static HostDatabase database;

    /** Narayana logs what a synchronization throws after the completion, and goes on. */
    private final List<Throwable> swallowed = new ArrayList<>();

    private JtaHost host;
    private UUID id;

    /** How a host hears of the end: as applications do, or as containers do, before and after all applications. */
    enum Hears {
        FROM_THE_TRANSACTION {
            @Override
            void register(Synchronization synchronization) throws RollbackException, SystemException {
                TransactionManager.transactionManager().getTransaction().registerSynchronization(synchronization);
            }
        },
        INTERPOSED {
            @Override
            void register(Synchronization synchronization) {
                jtaPropertyManager
                        .getJTAEnvironmentBean()
                        .getTransactionSynchronizationRegistry()
                        .registerInterposedSynchronization(synchronization);
            }
        };

        abstract void register(Synchronization synchronization) throws RollbackException, SystemException;
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
        host = new JtaHost(database);
        id = database.ticket();
    }

    @AfterEach
    void close() {
        host.close();
        assertThat(swallowed).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void what_is_acknowledged_after_a_commit_is_stored_at_once(Hears hears) {
        host.transaction(tickets -> {
            afterCompletion(hears, () -> replyStored(tickets, 2));
            tickets.agent(JANE).on(id).reply("Hello");
        });
        host.transaction(tickets -> {
            tickets.agent(JANE).on(id).reply("Hello");
            afterCompletion(hears, () -> replyStored(tickets, 4));
        });
        host.transaction(tickets -> afterCompletion(hears, () -> replyStored(tickets, 5)));
        assertThat(version()).isEqualTo(5);
    }

    @ParameterizedTest
    @EnumSource
    void before_the_commit_a_call_belongs_to_the_transaction(Hears hears) {
        host.transaction(tickets -> register(
                hears,
                () -> {
                    tickets.agent(JANE).on(id).reply("Hello");
                    assertThat(version()).isZero();
                },
                () -> {}));
        assertThat(version()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void after_a_rollback_the_data_source_has_no_connection_until_the_transaction_is_suspended(Hears hears) {
        for (boolean used : List.of(true, false)) {
            int stored = version();
            assertThatThrownBy(() -> host.transaction(tickets -> {
                        if (used) {
                            tickets.agent(JANE).on(id).reply("Hello");
                        }
                        afterCompletion(hears, () -> {
                            assertThatThrownBy(() -> tickets.agent(JANE).on(id).reply("Hello"))
                                    .isInstanceOfSatisfying(
                                            Unavailable.class,
                                            e -> assertThat(e.code()).isEqualTo("database.unreachable"));
                            suspended(() -> replyStored(tickets, stored + 1));
                        });
                        throw new IllegalStateException("the host fails");
                    }))
                    .hasMessage("the host fails");
            replyStored(host.tickets(), stored + 2);
        }
    }

    @Test
    void a_transaction_begun_after_another_is_a_transaction_like_any_other() {
        host.transaction(tickets -> afterCompletion(
                Hears.FROM_THE_TRANSACTION,
                () -> suspended(() -> host.transaction(again -> {
                    again.agent(JANE).on(id).reply("Hello");
                    assertThat(version()).isZero();
                }))));
        assertThat(version()).isEqualTo(1);
    }

    @Test
    void an_undeclared_jta_data_source_is_refused_inside_a_transaction_by_name() {
        try (AgroalDataSource dataSource = JtaHost.dataSource(database)) {
            TicketService tickets = TicketService.builder(dataSource).build();
            assertThat(tickets.agent(JANE).on(id).ticket().version()).isZero();
            JtaHost.inJta(() -> {
                assertThatThrownBy(() -> tickets.agent(JANE).on(id).ticket())
                        .isInstanceOf(UnsuitableConnection.class)
                        .hasMessageContaining("transactionOwner");
                afterCompletion(Hears.FROM_THE_TRANSACTION, () -> replyStored(tickets, 1));
            });
            assertThat(version()).isEqualTo(1);
        }
    }

    @Test
    void the_schema_is_applied_by_a_jta_data_source_outside_a_transaction() {
        try (AgroalDataSource dataSource = JtaHost.dataSource(database)) {
            TicketService tickets =
                    TicketService.builder(dataSource).schema("support").build();
            assertThat(tickets.schema().apply()).isNotEmpty();
            assertThat(tickets.schema().verify()).isEmpty();
        }
    }

    private void replyStored(TicketService tickets, int version) {
        assertThat(tickets.agent(JANE).on(id).reply("Hello").version()).isEqualTo(version);
        assertThat(version()).as("stored").isEqualTo(version);
    }

    private int version() {
        return database.plain().agent(JANE).on(id).ticket().version();
    }

    private void afterCompletion(Hears hears, Runnable work) {
        swallowed.add(new AssertionError("the end was not heard"));
        register(hears, () -> {}, () -> {
            swallowed.remove(swallowed.size() - 1);
            work.run();
        });
    }

    private void register(Hears hears, Runnable before, Runnable after) {
        try {
            hears.register(new Synchronization() {
                @Override
                public void beforeCompletion() {
                    before.run();
                }

                @Override
                public void afterCompletion(int status) {
                    try {
                        after.run();
                    } catch (RuntimeException | Error e) {
                        swallowed.add(e);
                    }
                }
            });
        } catch (RollbackException | SystemException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Work outside the thread's transaction. */
    private static void suspended(Runnable work) {
        jakarta.transaction.TransactionManager transactions = TransactionManager.transactionManager();
        try {
            Transaction over = transactions.suspend();
            try {
                work.run();
            } finally {
                transactions.resume(over);
            }
        } catch (SystemException | InvalidTransactionException e) {
            throw new IllegalStateException(e);
        }
    }
}
