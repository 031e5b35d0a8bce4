package io.github.counterfoil.hosts;

import com.arjuna.ats.jta.TransactionManager;
import com.arjuna.ats.jta.common.jtaPropertyManager;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.narayana.NarayanaTransactionIntegration;
import io.github.counterfoil.TicketService;
import io.github.counterfoil.spi.ConnectionSource.TransactionOwner;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;

/** JTA: Narayana with a pool of Agroal's, as Quarkus and WildFly have it. */
final class JtaHost implements Host {
    private final AgroalDataSource dataSource;
    private final TicketService tickets;

    JtaHost(HostDatabase database) {
        dataSource = dataSource(database);
        tickets = TicketService.builder(dataSource)
                .transactionOwner(TransactionOwner.HOST)
                .build();
    }

    static AgroalDataSource dataSource(HostDatabase database) {
        try {
            return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                    .connectionPoolConfiguration(pool -> pool.maxSize(4)
                            .transactionIntegration(new NarayanaTransactionIntegration(
                                    TransactionManager.transactionManager(),
                                    jtaPropertyManager.getJTAEnvironmentBean().getTransactionSynchronizationRegistry()))
                            .connectionFactoryConfiguration(factory -> factory.jdbcUrl(database.url()))));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public TicketService tickets() {
        return tickets;
    }

    @Override
    public void transaction(Consumer<TicketService> work) {
        inJta(() -> work.accept(tickets));
    }

    static void inJta(Runnable work) {
        jakarta.transaction.TransactionManager transactions = TransactionManager.transactionManager();
        try {
            transactions.begin();
            try {
                work.run();
            } catch (RuntimeException e) {
                transactions.rollback();
                throw e;
            }
            transactions.commit();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void refund() {
        try (Connection connection = dataSource.getConnection()) {
            JdbcHost.refund(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        dataSource.close();
    }
}
