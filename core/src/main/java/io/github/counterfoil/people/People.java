package io.github.counterfoil.people;

import io.github.counterfoil.error.CommandIdReused;
import io.github.counterfoil.error.Conflict;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.OutcomeUnknown;
import io.github.counterfoil.error.PersonNotFound;
import java.util.UUID;

/**
 * Registers, finds and updates customers and workers. It acts for the host itself and checks nobody's rights: do not hand
 * it to code that acts for a customer. Each call is one round trip.
 *
 * <p>A person has a row in the table of users. Where Counterfoil made that table it adds the row; in a table of the host's
 * own the row must be there first. It can be deleted once the person was erased, or after {@link #detach}.
 *
 * <p>A command id is made by the caller once for the call, not once for each try, and counts for the method and the person, for 30
 * days or until the person is erased: the same call again is done once, and with other values it throws {@link CommandIdReused}. Whether
 * given or not, a call whose connection is lost is sent again under its id; if the database stays away, {@link OutcomeUnknown}
 * holds it.
 */
public interface People extends Directory {

    /**
     * @throws InvalidInput for values beyond the limits of {@link NewCustomer}
     * @throws Conflict {@code person.exists} if the id is a customer already, {@code email.taken} if another customer has
     *     the e-mail, {@code person.erased} if the id is that of a customer or worker who was erased
     * @throws PersonNotFound {@code user.not_found} if the host's table of users lacks the id
     */
    void registerCustomer(NewCustomer customer, UUID commandId);

    /** As {@link #registerCustomer(NewCustomer, UUID)}, under an id of its own. */
    default void registerCustomer(NewCustomer customer) {
        registerCustomer(customer, UUID.randomUUID());
    }

    /**
     * @throws InvalidInput for values beyond the limits of {@link NewCustomer}
     * @throws Conflict {@code email.taken} if another customer has the e-mail, {@code person.erased} if the customer was erased
     * @throws PersonNotFound {@code customer.not_found}
     */
    void updateCustomer(UUID customerId, Customer.Changes changes, UUID commandId);

    /** As {@link #updateCustomer(UUID, Customer.Changes, UUID)}, under an id of its own. */
    default void updateCustomer(UUID customerId, Customer.Changes changes) {
        updateCustomer(customerId, changes, UUID.randomUUID());
    }

    /**
     * @throws InvalidInput for values beyond the limits of {@link NewWorker}
     * @throws Conflict {@code person.exists} if the id is a worker already, {@code email.taken} if another worker has the
     *     e-mail, {@code person.erased} if the id is that of a customer or worker who was erased
     * @throws PersonNotFound {@code user.not_found} if the host's table of users lacks the id
     */
    void registerWorker(NewWorker worker, UUID commandId);

    /** As {@link #registerWorker(NewWorker, UUID)}, under an id of its own. */
    default void registerWorker(NewWorker worker) {
        registerWorker(worker, UUID.randomUUID());
    }

    /**
     * @throws InvalidInput for values beyond the limits of {@link NewWorker}
     * @throws Conflict {@code email.taken} if another worker has the e-mail, {@code person.erased} if the worker was erased
     * @throws PersonNotFound {@code worker.not_found}
     */
    void updateWorker(UUID workerId, Worker.Changes changes, UUID commandId);

    /** As {@link #updateWorker(UUID, Worker.Changes, UUID)}, under an id of its own. */
    default void updateWorker(UUID workerId, Worker.Changes changes) {
        updateWorker(workerId, changes, UUID.randomUUID());
    }

    /**
     * Registers an actor of the host's that is no person, for what it does by itself: {@code tickets.system(id)} is its desk, and
     * its events have the role of an agent and its name. It is in no list of workers, has no figures, is assigned nothing, is no
     * administrator, and needs no row in the table of users. Registering it again names it anew, so that a host may do it
     * whenever it starts.
     *
     * @param systemId the same for ever, made by the host
     * @param name what people read as its name, 1 to 100 code points on one line
     * @throws InvalidInput for another name
     * @throws Conflict {@code person.exists} if the id is a worker's
     */
    void registerSystem(UUID systemId, String name, UUID commandId);

    /** As {@link #registerSystem(UUID, String, UUID)}, under an id of its own. */
    default void registerSystem(UUID systemId, String name) {
        registerSystem(systemId, name, UUID.randomUUID());
    }

    /**
     * Lets go of a person's account: their row in the table of users may be deleted from then on, and nothing of Counterfoil's
     * refers to it. All else of them stays, their id included. Who was erased has been let go of already. Registering the customer
     * again, or reactivating the worker, makes them a user again.
     *
     * @throws Conflict {@code worker.active} if the person is a worker who was not deactivated
     * @throws PersonNotFound {@code person.not_found}
     */
    void detach(UUID personId, UUID commandId);

    /** As {@link #detach(UUID, UUID)}, under an id of its own. */
    default void detach(UUID personId) {
        detach(personId, UUID.randomUUID());
    }
}
