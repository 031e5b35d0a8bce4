package io.github.counterfoil.webdesk.database;

import io.github.counterfoil.spi.ConnectionSource;
import io.github.counterfoil.spi.ConnectionSource.TransactionOwner;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.ConfigurableTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

// region: spring
/**
 * Counterfoil on the connections of Spring's transactions: inside a transaction its calls belong to it, outside each call is
 * stored by itself, whatever the pool's autocommit. After the commit, as in {@code afterCommit} and in
 * {@code @TransactionalEventListener}, is outside, and takes a connection of its own.
 *
 * <p>Give it the transaction manager ({@code JdbcTransactionManager}, {@code DataSourceTransactionManager} or
 * {@code JpaTransactionManager}) and the manager's data source. A transaction of another manager on the same data source
 * is refused with an {@code IllegalStateException}, since nobody would say when it is over.
 */
public final class SpringConnectionSource implements ConnectionSource {
    private final DataSource dataSource;
    /** By what Spring holds the transaction's connection in: whether the transaction can still be committed. */
    private final Map<Object, Boolean> open = Collections.synchronizedMap(new WeakHashMap<>());

    public SpringConnectionSource(DataSource dataSource, PlatformTransactionManager manager) {
        // Transaction managers keep their connections under what is behind this proxy.
        DataSource target =
                dataSource instanceof TransactionAwareDataSourceProxy proxy ? proxy.getTargetDataSource() : dataSource;
        this.dataSource = target == null ? dataSource : target;
        if (!(manager instanceof ConfigurableTransactionManager observable)) {
            throw new IllegalArgumentException("the transaction manager tells nobody what begins");
        }
        observable.addListener(new Beginnings());
    }

    @Override
    public Connection open() throws SQLException {
        return inTransaction() ? DataSourceUtils.doGetConnection(dataSource) : dataSource.getConnection();
    }

    private boolean inTransaction() {
        Object holder = TransactionSynchronizationManager.getResource(dataSource);
        if (holder == null || !TransactionSynchronizationManager.isActualTransactionActive()) {
            return false;
        }
        Boolean known = open.get(holder);
        if (known == null) {
            throw new IllegalStateException("SpringConnectionSource was given another transaction manager");
        }
        return known;
    }

    @Override
    public void release(Connection connection) throws SQLException {
        DataSourceUtils.doReleaseConnection(connection, dataSource);
    }

    @Override
    public Optional<TransactionOwner> transactionOwner(Connection connection) {
        if (DataSourceUtils.isConnectionTransactional(connection, dataSource)) {
            return Optional.of(TransactionOwner.HOST);
        }
        // In a transaction that is another data source's, nobody here knows: the builder may.
        return TransactionSynchronizationManager.isActualTransactionActive()
                        && !TransactionSynchronizationManager.hasResource(dataSource)
                ? Optional.empty()
                : Optional.of(TransactionOwner.COUNTERFOIL);
    }

    /** Spring itself does not tell an open transaction from one that is over and whose connection it still holds. */
    private final class Beginnings implements TransactionExecutionListener {
        @Override
        public void afterBegin(TransactionExecution transaction, @Nullable Throwable failure) {
            Object holder = TransactionSynchronizationManager.getResource(dataSource);
            if (failure == null && holder != null && TransactionSynchronizationManager.isSynchronizationActive()) {
                open.put(holder, true);
                TransactionSynchronizationManager.registerSynchronization(new End(holder));
            }
        }
    }

    private final class End implements TransactionSynchronization {
        private final Object holder;

        private End(Object holder) {
            this.holder = holder;
        }

        /** Before the host's own. */
        @Override
        public int getOrder() {
            return HIGHEST_PRECEDENCE;
        }

        @Override
        public void afterCommit() {
            open.put(holder, false);
        }

        @Override
        public void afterCompletion(int status) {
            open.put(holder, false);
        }
    }
}
// endregion
