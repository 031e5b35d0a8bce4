package io.github.counterfoil.hosts;

import com.zaxxer.hikari.HikariDataSource;
import io.github.counterfoil.TicketService;
import io.github.counterfoil.spi.ConnectionSource.TransactionOwner;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Spring's transactions over JDBC. */
final class SpringHost implements SpringManaged {
    private final HikariDataSource pool;
    private final TicketService tickets;
    private final PlatformTransactionManager manager;
    private final JdbcTemplate jdbc;

    private SpringHost(
            HikariDataSource pool, DataSource dataSource, TicketService tickets, PlatformTransactionManager manager) {
        this.pool = pool;
        this.tickets = tickets;
        this.manager = manager;
        this.jdbc = new JdbcTemplate(dataSource);
    }

    static SpringHost jdbc(HostDatabase database, boolean autocommit) {
        return withSource(database.pool(autocommit), Function.identity(), JdbcTransactionManager::new);
    }

    static SpringHost dataSource(HostDatabase database, boolean autocommit) {
        return withSource(database.pool(autocommit), Function.identity(), DataSourceTransactionManager::new);
    }

    static SpringHost lazy(HostDatabase database, boolean autocommit) {
        return withSource(database.pool(autocommit), LazyConnectionDataSourceProxy::new, JdbcTransactionManager::new);
    }

    static SpringHost transactionAware(HostDatabase database, boolean autocommit) {
        return withSource(database.pool(autocommit), TransactionAwareDataSourceProxy::new, JdbcTransactionManager::new);
    }

    private static SpringHost withSource(
            HikariDataSource pool,
            Function<DataSource, DataSource> proxy,
            Function<DataSource, PlatformTransactionManager> managers) {
        DataSource dataSource = proxy.apply(pool);
        PlatformTransactionManager manager = managers.apply(dataSource);
        // region: spring-service
        TicketService tickets = TicketService.builder(new SpringConnectionSource(dataSource, manager))
                .build();
        // endregion
        return new SpringHost(pool, dataSource, tickets, manager);
    }

    /** Without a connection source: the proxy is a data source like any other. */
    static SpringHost proxyOnly(HostDatabase database) {
        HikariDataSource pool = database.pool(true);
        DataSource proxy = new TransactionAwareDataSourceProxy(pool);
        TicketService tickets = TicketService.builder(proxy)
                .transactionOwner(TransactionOwner.HOST)
                .build();
        return new SpringHost(pool, pool, tickets, new JdbcTransactionManager(pool));
    }

    @Override
    public TicketService tickets() {
        return tickets;
    }

    @Override
    public void transaction(Consumer<TicketService> work) {
        new TransactionTemplate(manager).executeWithoutResult(status -> work.accept(tickets));
    }

    @Override
    public PlatformTransactionManager manager() {
        return manager;
    }

    @Override
    public void refund() {
        jdbc.update("insert into refund values (gen_random_uuid(), 12)");
    }

    @Override
    public void close() {
        pool.close();
    }
}
