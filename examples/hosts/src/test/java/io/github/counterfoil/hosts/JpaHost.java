package io.github.counterfoil.hosts;

import com.zaxxer.hikari.HikariDataSource;
import io.github.counterfoil.TicketService;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.util.Objects;
import java.util.function.Consumer;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Spring's transactions over JPA, with Hibernate. */
final class JpaHost implements SpringManaged {
    private final HikariDataSource pool;
    private final TicketService tickets;
    private final LocalContainerEntityManagerFactoryBean factory;
    private final JpaTransactionManager manager;
    private final EntityManager entities;

    private JpaHost(HikariDataSource pool) {
        this.pool = pool;
        factory = new LocalContainerEntityManagerFactoryBean();
        factory.setDataSource(pool);
        factory.setPackagesToScan(Refund.class.getPackageName());
        factory.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
        factory.afterPropertiesSet();
        EntityManagerFactory made = Objects.requireNonNull(factory.getObject());
        manager = new JpaTransactionManager(made);
        manager.afterPropertiesSet();
        entities = SharedEntityManagerCreator.createSharedEntityManager(made);
        tickets =
                TicketService.builder(new SpringConnectionSource(pool, manager)).build();
    }

    static JpaHost in(HostDatabase database, boolean autocommit) {
        return new JpaHost(database.pool(autocommit));
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
        entities.persist(new Refund());
    }

    @Override
    public void close() {
        factory.destroy();
        pool.close();
    }
}
