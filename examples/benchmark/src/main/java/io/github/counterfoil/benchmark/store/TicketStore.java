package io.github.counterfoil.benchmark.store;

import io.github.counterfoil.benchmark.sample.Person;
import io.github.counterfoil.benchmark.sample.SampleTicket;
import io.github.counterfoil.benchmark.sample.Samples;
import io.github.counterfoil.benchmark.sample.Status;
import io.github.counterfoil.benchmark.sample.TicketSet;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One way of keeping tickets on PostgreSQL. Each call of an operation is stored, and atomic, when it returns. Not every
 * store plays each of them.
 */
public interface TicketStore extends AutoCloseable {

    /** Makes the tables and registers the people. Not measured. */
    void install(List<Person> people) throws SQLException;

    /** Stores tickets with their histories in the quickest way there is. Not measured. */
    default void load(Iterator<SampleTicket> tickets) throws SQLException {
        throw new UnsupportedOperationException();
    }

    /** Installs the people and loads these tickets. Not measured. */
    default void fill(Samples samples, Set<TicketSet> sets) throws SQLException {
        install(samples.people());
        for (TicketSet set : sets) {
            load(samples.tickets(set).iterator());
        }
    }

    /** Opens a ticket for the customer, by the customer. */
    default UUID open(Person customer, String title, String description) throws SQLException {
        throw new UnsupportedOperationException();
    }

    default void message(UUID ticket, Person author, String text) throws SQLException {
        throw new UnsupportedOperationException();
    }

    default void note(UUID ticket, Person agent, String text) throws SQLException {
        throw new UnsupportedOperationException();
    }

    /** Assigns the agent, by the agent. */
    default void assign(UUID ticket, Person agent) throws SQLException {
        throw new UnsupportedOperationException();
    }

    /** Takes the agent off the ticket, by the agent. */
    default void unassign(UUID ticket, Person agent) throws SQLException {
        throw new UnsupportedOperationException();
    }

    /** Any status but closed. */
    default void changeStatus(UUID ticket, Person agent, Status status) throws SQLException {
        throw new UnsupportedOperationException();
    }

    /** Closes the ticket, and records a resolution for the assignee. */
    default void close(UUID ticket, Person agent) throws SQLException {
        throw new UnsupportedOperationException();
    }

    default void rate(UUID ticket, Person customer, int rating, String comment) throws SQLException {
        throw new UnsupportedOperationException();
    }

    /** The ticket and its newest events, newest first. */
    default TicketPage read(UUID ticket, Person agent, int events) throws SQLException {
        throw new UnsupportedOperationException();
    }

    /** The agent's newest open tickets, newest first. */
    default Queue queue(Person agent, int tickets) throws SQLException {
        throw new UnsupportedOperationException();
    }

    /** Adds the same note to each ticket; all in one transaction. */
    default void noteOnEach(List<UUID> tickets, Person agent, String text) throws SQLException {
        throw new UnsupportedOperationException();
    }

    /** Stores tickets that happened elsewhere. */
    default void importTickets(List<SampleTicket> tickets) throws SQLException {
        throw new UnsupportedOperationException();
    }

    /** What became of a ticket. Not measured. */
    Stored stored(UUID ticket) throws SQLException;

    @Override
    void close();

    /**
     * A ticket with its newest events.
     *
     * @param ticket whatever the store makes of it
     * @param events whatever the store makes of them
     * @param newest the text of the first
     */
    record TicketPage(Object ticket, List<?> events, String newest) {}

    /**
     * Tickets of a queue.
     *
     * @param tickets whatever the store makes of them
     * @param first the id of the first; null if there is none
     * @param last the id of the last; null if there is none
     */
    record Queue(
            List<?> tickets, @Nullable UUID first, @Nullable UUID last) {}

    /**
     * What a store holds of a ticket.
     *
     * @param changes how many events there are in all
     * @param rating the customer's; 0 if there is none
     */
    record Stored(
            String status,
            int changes,
            int messages,
            int notes,
            @Nullable UUID assignee,
            int resolutions,
            int rating) {}
}
