package io.github.counterfoil.desk;

import io.github.counterfoil.error.CommandIdReused;
import io.github.counterfoil.error.Conflict;
import io.github.counterfoil.error.NotAllowed;
import io.github.counterfoil.error.OutcomeUnknown;
import io.github.counterfoil.error.PersonNotFound;
import io.github.counterfoil.error.Unavailable;
import io.github.counterfoil.people.WorkerRole;
import java.util.List;
import java.util.UUID;

/**
 * What administrators may do and agents may not: decide who works, and erase
 * persons. With tickets an administrator works as an agent, at an
 * {@link AgentDesk}.
 *
 * <p>Every method is one statement and one round trip ({@link #erase} four: it is a transaction of its own), and throws {@link NotAllowed} ({@code actor.not_admin}) if the worker
 * whose desk it is is not an active administrator, and {@link PersonNotFound} ({@code worker.not_found}).
 *
 * <p>A command id is made by the caller once for the call, not once for each try, and counts for this administrator, the method
 * and the person, for 30 days or until the person is erased: the same call again is done once and gives the first answer, and with other
 * values it throws {@link CommandIdReused}. Whether given or not, a call whose connection is lost is sent again under its id; if the
 * database stays away, {@link OutcomeUnknown} holds it.
 */
public interface AdminDesk {

    /**
     * Takes a worker's rights away, from the next call on. What is past stays: events, resolutions, assignments to closed
     * tickets. Tickets that are not closed are freed, each with its {@code assignment-removed} by the administrator; one that is
     * closed is freed when somebody opens it again, by them, unless the worker was reactivated.
     *
     * @return the tickets that were freed; empty if there were none, and if the worker was not active
     */
    List<UUID> deactivate(UUID workerId, UUID commandId);

    /** As {@link #deactivate(UUID, UUID)}, under an id of its own. */
    default List<UUID> deactivate(UUID workerId) {
        return deactivate(workerId, UUID.randomUUID());
    }

    /**
     * Gives a worker's rights back; freed tickets stay free. Whom an import had made up is a worker like others from then on.
     *
     * @throws Conflict {@code person.erased} if the worker was erased
     * @throws PersonNotFound also {@code user.not_found}, if an import had made the worker up and the host's table of users
     *     lacks the id
     */
    void reactivate(UUID workerId, UUID commandId);

    /** As {@link #reactivate(UUID, UUID)}, under an id of its own. */
    default void reactivate(UUID workerId) {
        reactivate(workerId, UUID.randomUUID());
    }

    /**
     * Makes a worker an administrator or an agent.
     *
     * @throws Conflict {@code person.erased} if the worker was erased
     */
    void changeRole(UUID workerId, WorkerRole role, UUID commandId);

    /** As {@link #changeRole(UUID, WorkerRole, UUID)}, under an id of its own. */
    default void changeRole(UUID workerId, WorkerRole role) {
        changeRole(workerId, role, UUID.randomUUID());
    }

    /**
     * Erases a person: the names, address and languages of the customer and of the worker with this id, and the names under
     * all that they did, are replaced by stand-ins; rows of literal tables that an adoption kept aside and that hold their id or
     * address are deleted. Their id, their tickets and what they wrote stay, since these are others'
     * history too: {@link Redactions#redactAll} takes it out. It is for good: the person is not updated, registered or
     * reactivated any more, but may be erased again. An erased customer may go on writing, under the stand-in's name: whether
     * they still have an account is yours to decide. It reads all events once: give it the time
     * ({@code within}) that this takes. It waits for who writes under the name. In a transaction of the host's at REPEATABLE READ or
     * SERIALIZABLE it does not see what they wrote since that began: erase outside of it. Erase one person in a transaction: it
     * holds their locks to its end, and two transactions that each erase several may wait for each other, until PostgreSQL
     * fails one of them ({@link Unavailable}, retryable).
     *
     * @throws Conflict {@code worker.active} if the person is a worker who was not deactivated
     * @throws PersonNotFound {@code person.not_found}
     */
    void erase(UUID personId, UUID commandId);

    /** As {@link #erase(UUID, UUID)}, under an id of its own. */
    default void erase(UUID personId) {
        erase(personId, UUID.randomUUID());
    }

    /** Takes what somebody typed out of tickets. It asks for nothing by itself. */
    Redactions redactions();
}
