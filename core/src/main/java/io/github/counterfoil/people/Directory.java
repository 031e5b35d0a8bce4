package io.github.counterfoil.people;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.NotAllowed;
import io.github.counterfoil.page.Page;
import io.github.counterfoil.page.PageRequest;
import java.util.Optional;
import java.util.UUID;

/**
 * Finds customers and workers: for the host, which {@link People} serves, and for agents. That of an agent throws {@link
 * NotAllowed} ({@code actor.unknown}) if the worker is not registered or not active. Each call is one statement; one of an
 * agent's that finds nobody asks with a second one whether they may ask at all.
 *
 * <p>Lists are in the order of names, first name first: from A to Z for {@link PageRequest#oldestFirst}, from Z to A for {@link
 * PageRequest#newestFirst}. In names as in e-mails the case of ASCII letters does not count, and that of others does. Who is
 * renamed while somebody turns the pages may be on two of them or on none.
 */
public interface Directory {

    /** Empty if nobody was registered with this id. */
    Optional<Customer> customer(UUID customerId);

    /**
     * The customer with an e-mail; empty if nobody has it.
     *
     * @throws InvalidInput for what no e-mail can be: nothing at all, or more than 2,000 bytes
     */
    Optional<Customer> customerByEmail(String email);

    /**
     * Customers whose name begins so: {@code ada l} finds Ada Lovelace. Those whom an import made up or who were erased are
     * among them, under the names that they have now.
     *
     * @param namePrefix at most 201 code points; empty for all
     */
    Page<Customer> customers(String namePrefix, PageRequest page);

    /** Empty if nobody was registered with this id. */
    Optional<Worker> worker(UUID workerId);

    /** As {@link #customerByEmail}. */
    Optional<Worker> workerByEmail(String email);

    /** The workers who fit, each with their open load. */
    Page<Worker.Listed> workers(Worker.Filter filter, PageRequest page);
}
