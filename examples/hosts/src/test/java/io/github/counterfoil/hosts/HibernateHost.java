package io.github.counterfoil.hosts;

import com.zaxxer.hikari.HikariDataSource;
import io.github.counterfoil.TicketService;
import java.util.function.Consumer;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.jspecify.annotations.Nullable;

/** Hibernate without a framework around it. */
final class HibernateHost implements Host {
    private final HikariDataSource pool;
    private final TicketService tickets;
    private final SessionFactory sessions;
    private @Nullable Session session;

    HibernateHost(HostDatabase database) {
        pool = database.pool(true);
        tickets = TicketService.builder(pool).build();
        Configuration configuration = new Configuration().addAnnotatedClass(Refund.class);
        configuration.getProperties().put("jakarta.persistence.nonJtaDataSource", pool);
        sessions = configuration.buildSessionFactory();
    }

    @Override
    public TicketService tickets() {
        return tickets;
    }

    @Override
    public void transaction(Consumer<TicketService> work) {
        sessions.inTransaction(opened -> {
            session = opened;
            opened.doWork(connection -> work.accept(tickets.joining(connection)));
        });
    }

    @Override
    public void refund() {
        session.persist(new Refund());
    }

    @Override
    public void close() {
        sessions.close();
        pool.close();
    }
}
