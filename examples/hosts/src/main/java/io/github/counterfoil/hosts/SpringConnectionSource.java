package io.github.counterfoil.hosts;

import io.github.counterfoil.spi.ConnectionSource;
import io.github.counterfoil.spi.ConnectionSource.TransactionOwner;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionSynchronizationManager;

// region: spring
/**
 * Counterfoil on the connections of Spring's transactions: inside a transaction its calls belong to it, outside each call is
 * stored by itself, whatever the pool's autocommit.
 *
 * <p>Give it the data source of the transaction manager ({@code JdbcTransactionManager},
 * {@code DataSourceTransactionManager} or {@code JpaTransactionManager}).
 */
public final class SpringConnectionSource implements ConnectionSource {
    private final DataSource dataSource;

    public SpringConnectionSource(DataSource dataSource) {
        // Transaction managers keep their connections under what is behind this proxy.
        DataSource target =
                dataSource instanceof TransactionAwareDataSourceProxy proxy ? proxy.getTargetDataSource() : dataSource;
        this.dataSource = target == null ? dataSource : target;
    }

    @Override
    public Connection open() throws SQLException {
        return inTransaction() && TransactionSynchronizationManager.hasResource(dataSource)
                ? DataSourceUtils.doGetConnection(dataSource)
                : dataSource.getConnection();
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
        return inTransaction() ? Optional.empty() : Optional.of(TransactionOwner.COUNTERFOIL);
    }

    private static boolean inTransaction() {
        return TransactionSynchronizationManager.isActualTransactionActive();
    }
}
// endregion
