package io.github.counterfoil.benchmark.store.orm;

import io.github.counterfoil.benchmark.sample.Change;
import io.github.counterfoil.benchmark.sample.Person;
import io.github.counterfoil.benchmark.sample.SampleEvent;
import io.github.counterfoil.benchmark.sample.SampleTicket;
import io.github.counterfoil.benchmark.sample.Status;
import io.github.counterfoil.benchmark.store.CopyRows;
import io.github.counterfoil.benchmark.store.TicketStore;
import jakarta.persistence.LockModeType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import javax.sql.DataSource;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.boot.model.naming.PhysicalNamingStrategySnakeCaseImpl;
import org.hibernate.cfg.Configuration;
import org.hibernate.envers.AuditReaderFactory;
import org.jspecify.annotations.Nullable;

/** A plain model of Hibernate ORM: entities, Envers for what changed, batches, a pessimistic lock on the ticket. */
public final class HibernateStore implements TicketStore {
    private static final int CHARACTERS_AT_ONCE = 8_000_000;

    private final DataSource dataSource;
    private final SessionFactory sessions;

    public HibernateStore(DataSource dataSource) {
        this.dataSource = dataSource;
        Configuration configuration = new Configuration()
                .addAnnotatedClass(PersonEntity.class)
                .addAnnotatedClass(TicketEntity.class)
                .addAnnotatedClass(MessageEntity.class)
                .setPhysicalNamingStrategy(new PhysicalNamingStrategySnakeCaseImpl())
                .setProperty("hibernate.jdbc.batch_size", "50")
                .setProperty("hibernate.order_inserts", "true")
                .setProperty("hibernate.order_updates", "true")
                .setProperty("jakarta.persistence.validation.mode", "none");
        configuration.getProperties().put("jakarta.persistence.nonJtaDataSource", dataSource);
        this.sessions = configuration.buildSessionFactory();
    }

    @Override
    public void install(List<Person> people) {
        sessions.getSchemaManager().exportMappedObjects(false);
        sessions.inTransaction(session -> people.forEach(person -> session.persist(new PersonEntity(person))));
    }

    /** Without history: what Envers keeps is not read by any workload. */
    @Override
    public void load(Iterator<SampleTicket> tickets) throws SQLException {
        CopyRows rows = new CopyRows("ticket (id, title, description, status, priority, source_channel, created_at,"
                + " updated_at, last_seq, customer_id, assignee_id, rating)");
        CopyRows messages = new CopyRows("message (id, ticket_id, seq, author_id, internal, content, created_at)");
        try (Connection connection = dataSource.getConnection()) {
            while (tickets.hasNext()) {
                add(tickets.next(), rows, messages);
                if (rows.length() + messages.length() > CHARACTERS_AT_ONCE || !tickets.hasNext()) {
                    rows.send(connection);
                    messages.send(connection);
                }
            }
        }
    }

    private static void add(SampleTicket ticket, CopyRows rows, CopyRows messages) {
        Person assignee = ticket.assignee();
        int seq = 0;
        for (SampleEvent event : ticket.events()) {
            if (event.change() instanceof Change.Message message) {
                seq++;
                messages.add(
                        messageId(ticket, seq),
                        ticket.id(),
                        seq,
                        event.author().id(),
                        false,
                        message.text(),
                        event.createdAt());
            }
        }
        rows.add(
                ticket.id(),
                ticket.title(),
                ticket.description(),
                ticket.status().name(),
                "medium",
                "web",
                ticket.createdAt(),
                ticket.updatedAt(),
                seq,
                ticket.customer().id(),
                assignee == null ? null : assignee.id(),
                0);
    }

    /** Sample events are numbered within their sets alone. */
    private static UUID messageId(SampleTicket ticket, int seq) {
        return new UUID(ticket.id().getMostSignificantBits(), ticket.id().getLeastSignificantBits() | (long) seq << 40);
    }

    private void change(UUID ticket, BiConsumer<Session, TicketEntity> work) {
        sessions.inTransaction(session ->
                work.accept(session, session.find(TicketEntity.class, ticket, LockModeType.PESSIMISTIC_WRITE)));
    }

    private static PersonEntity reference(Session session, Person person) {
        return session.getReference(PersonEntity.class, person.id());
    }

    @Override
    public UUID open(Person customer, String title, String description) {
        UUID id = UUID.randomUUID();
        sessions.inTransaction(
                session -> session.persist(new TicketEntity(id, title, description, reference(session, customer))));
        return id;
    }

    @Override
    public void message(UUID ticket, Person author, String text) {
        change(ticket, (session, entity) -> write(session, entity, author, false, text));
    }

    @Override
    public void note(UUID ticket, Person agent, String text) {
        change(ticket, (session, entity) -> write(session, entity, agent, true, text));
    }

    private static void write(Session session, TicketEntity ticket, Person author, boolean internal, String text) {
        session.persist(new MessageEntity(
                UUID.randomUUID(), ticket, ticket.nextSeq(), reference(session, author), internal, text));
    }

    @Override
    public void assign(UUID ticket, Person agent) {
        change(ticket, (session, entity) -> entity.assignTo(reference(session, agent)));
    }

    @Override
    public void unassign(UUID ticket, Person agent) {
        change(ticket, (session, entity) -> entity.assignTo(null));
    }

    @Override
    public void changeStatus(UUID ticket, Person agent, Status status) {
        change(ticket, (session, entity) -> entity.changeStatus(status));
    }

    @Override
    public void close(UUID ticket, Person agent) {
        changeStatus(ticket, agent, Status.CLOSED);
    }

    @Override
    public void rate(UUID ticket, Person customer, int rating, String comment) {
        change(ticket, (session, entity) -> entity.rate(rating, comment));
    }

    @Override
    public TicketPage read(UUID ticket, Person agent, int events) {
        return sessions.fromTransaction(session -> {
            TicketEntity read = session.createQuery(
                            "from TicketEntity t join fetch t.customer left join fetch t.assignee where t.id = :id",
                            TicketEntity.class)
                    .setParameter("id", ticket)
                    .setReadOnly(true)
                    .getSingleResult();
            List<MessageEntity> newest = session.createQuery(
                            "from MessageEntity m join fetch m.author where m.ticket.id = :id order by m.seq desc",
                            MessageEntity.class)
                    .setParameter("id", ticket)
                    .setReadOnly(true)
                    .setMaxResults(events)
                    .getResultList();
            return new TicketPage(
                    read, newest, newest.isEmpty() ? "" : newest.get(0).getContent());
        });
    }

    @Override
    public Queue queue(Person agent, int tickets) {
        List<TicketEntity> queue = sessions.fromTransaction(session -> session.createQuery(
                        "from TicketEntity t join fetch t.customer join fetch t.assignee"
                                + " where t.assignee.id = :agent and t.status = :status"
                                + " order by t.createdAt desc, t.id desc",
                        TicketEntity.class)
                .setParameter("agent", agent.id())
                .setParameter("status", Status.OPEN)
                .setReadOnly(true)
                .setMaxResults(tickets)
                .getResultList());
        return new Queue(
                queue,
                queue.isEmpty() ? null : queue.get(0).getId(),
                queue.isEmpty() ? null : queue.get(queue.size() - 1).getId());
    }

    @Override
    public void noteOnEach(List<UUID> tickets, Person agent, String text) {
        sessions.inTransaction(session -> session.createQuery(
                        "from TicketEntity t where t.id in :ids order by t.id", TicketEntity.class)
                .setParameterList("ids", tickets)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList()
                .forEach(ticket -> write(session, ticket, agent, true, text)));
    }

    /** All that the other stores keep as events, with the history that Envers writes of it. */
    @Override
    public void importTickets(List<SampleTicket> tickets) {
        sessions.inTransaction(session -> tickets.forEach(ticket -> {
            TicketEntity entity = new TicketEntity(
                    ticket.id(), ticket.title(), ticket.description(), reference(session, ticket.customer()));
            session.persist(entity);
            for (SampleEvent event : ticket.events()) {
                if (event.change() instanceof Change.Message message) {
                    write(session, entity, event.author(), false, message.text());
                } else if (event.change() instanceof Change.StatusUpdate update) {
                    entity.changeStatus(update.to());
                } else {
                    entity.assignTo(reference(session, ((Change.AssignmentAdded) event.change()).agent()));
                }
            }
        }));
    }

    @Override
    public Stored stored(UUID ticket) {
        return sessions.fromTransaction(session -> {
            TicketEntity read = session.find(TicketEntity.class, ticket);
            List<MessageEntity> messages = session.createQuery(
                            "from MessageEntity m where m.ticket.id = :id", MessageEntity.class)
                    .setParameter("id", ticket)
                    .getResultList();
            int notes =
                    (int) messages.stream().filter(MessageEntity::isInternal).count();
            // What was opened, or loaded without history, is no change.
            int revisions = AuditReaderFactory.get(session)
                    .getRevisions(TicketEntity.class, ticket)
                    .size();
            boolean loaded = revisions == 0 || !opened(session, ticket);
            return new Stored(
                    read.getStatus().wireName(),
                    messages.size() + revisions - (loaded ? 0 : 1),
                    messages.size() - notes,
                    notes,
                    id(read.getAssignee()),
                    read.getResolvedBy() == null ? 0 : 1,
                    read.getRating());
        });
    }

    private static boolean opened(Session session, UUID ticket) {
        return !session.createNativeQuery("select 1 from ticket_aud where id = ?1 and revtype = 0", Integer.class)
                .setParameter(1, ticket)
                .getResultList()
                .isEmpty();
    }

    private static @Nullable UUID id(@Nullable PersonEntity person) {
        return person == null ? null : person.getId();
    }

    @Override
    public void close() {
        sessions.close();
    }
}
