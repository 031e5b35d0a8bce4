package io.github.counterfoil.desk;

import io.github.counterfoil.error.CommandIdReused;
import io.github.counterfoil.error.Conflict;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.NotAllowed;
import io.github.counterfoil.error.OutcomeUnknown;
import io.github.counterfoil.error.PersonNotFound;
import io.github.counterfoil.error.TicketNotFound;
import io.github.counterfoil.error.Unavailable;
import io.github.counterfoil.internal.given.Given;
import io.github.counterfoil.json.AsJson;
import io.github.counterfoil.people.WorkerRole;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What administrators may do and agents may not: decide who works, block customers, erase
 * persons, and purge tickets. With tickets an administrator works as an agent, at an
 * {@link AgentDesk}.
 *
 * <p>Every method is one statement and one round trip ({@link #purge} four; {@link #deactivate} and {@link #erase} four for each of their
 * transactions, which are two and five or more), and throws {@link NotAllowed} ({@code actor.not_admin}) if the worker
 * whose desk it is is not an active administrator, and {@link PersonNotFound} ({@code worker.not_found}).
 *
 * <p>A command id is made by the caller once for the call, not once for each try, and counts for this administrator, the method
 * and the person, for 30 days or until the person is erased: the same call again is done once and gives the first answer, and with other
 * values it throws {@link CommandIdReused}. Whether given or not, a call whose connection is lost is sent again under its id; if the
 * database stays away, {@link OutcomeUnknown} holds it.
 *
 * <p>Once there is an administrator, there always is an active one: who would be the last to go is refused, and so is one of two
 * who go at once.
 */
public interface AdminDesk {

    /**
     * Takes a worker's rights away, from the next call on. What is past stays: events, resolutions, assignments to closed
     * tickets. Tickets that are not closed are freed, each with its {@code assignment-removed} by the administrator; one that is
     * closed is freed when somebody opens it again, by them, unless the worker was reactivated. The rights are taken in a transaction of
     * its own, and those that follow free a hundred tickets each; in a transaction of the host's all are one. A call that did not come to its
     * end goes on from there when it is sent again.
     *
     * @return the tickets that were freed; empty if there were none, and if the worker was not active
     * @throws Conflict {@code admin.last} if nobody else is an active administrator
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
     * @throws PersonNotFound also {@code user.not_found}, if an import had made the worker up or {@code People.detach} let go of
     *     them, and the host's table of users lacks the id
     */
    void reactivate(UUID workerId, UUID commandId);

    /** As {@link #reactivate(UUID, UUID)}, under an id of its own. */
    default void reactivate(UUID workerId) {
        reactivate(workerId, UUID.randomUUID());
    }

    /**
     * Makes a worker an administrator or an agent.
     *
     * @throws Conflict {@code person.erased} if the worker was erased, {@code admin.last} if an agent is to be made of the only
     *     active administrator
     */
    void changeRole(UUID workerId, WorkerRole role, UUID commandId);

    /** As {@link #changeRole(UUID, WorkerRole, UUID)}, under an id of its own. */
    default void changeRole(UUID workerId, WorkerRole role) {
        changeRole(workerId, role, UUID.randomUUID());
    }

    /**
     * Takes a customer's right to write: from the next call on they read their tickets as before, and whatever they would store
     * is refused with {@link NotAllowed}, {@code actor.blocked}. What they are writing now is waited for. What they sent before is
     * answered as it was when it is sent again. Agents go on working on their tickets and may open some for them, and imports
     * bring in what the customer wrote elsewhere.
     *
     * @throws Conflict {@code person.erased} if the customer was erased: they are blocked already, for good
     * @throws PersonNotFound {@code customer.not_found}
     */
    void block(UUID customerId, UUID commandId);

    /** As {@link #block(UUID, UUID)}, under an id of its own. */
    default void block(UUID customerId) {
        block(customerId, UUID.randomUUID());
    }

    /**
     * Gives a customer's right to write back.
     *
     * @throws Conflict {@code person.erased} if the customer was erased
     * @throws PersonNotFound {@code customer.not_found}
     */
    void unblock(UUID customerId, UUID commandId);

    /** As {@link #unblock(UUID, UUID)}, under an id of its own. */
    default void unblock(UUID customerId) {
        unblock(customerId, UUID.randomUUID());
    }

    /**
     * Erases a person: the names, addresses and languages of the customer and of the worker with this id, and the names under
     * all that they did, are replaced by stand-ins. So is, in events of tickets that were theirs or that they worked on, each member that is one of
     * their addresses or whole names and that Counterfoil does not know, as imports bring them. Rows of literal tables that an adoption kept aside and that hold their id, address or
     * whole name are deleted. Their id, their tickets and what they wrote stay, since these are others'
     * history too; what of it names them only a reader can tell, and the answer says where to look.
     *
     * <p>It is for good: the person is not updated, registered or reactivated any more, but may be erased again. An erased customer
     * is blocked, and the row in the table of users may be deleted. First the person is renamed, in a short transaction of its own that waits for who writes under the name: whoever writes from then on has the new one.
     * Then their events are gone through by an index, a thousand in each transaction, with the tickets of these locked meanwhile. What breaks off is taken up
     * again when the same call is sent again, and gives the same answer, or by another erasing of the person: all that meet get one report. Nobody is named again meanwhile. Each transaction has the deadline for itself.
     *
     * <p>In a transaction of the host's all is done in that one, and its locks are held to its end: erase one person in it, and expect to meet who works on
     * their tickets in a circle, until PostgreSQL fails one of the two ({@link Unavailable}, retryable). At REPEATABLE READ or
     * SERIALIZABLE it does not see what was written since that transaction began: erase outside of it.
     *
     * @throws Conflict {@code worker.active} if the person is a worker who was not deactivated
     * @throws PersonNotFound {@code person.not_found}
     */
    Erased erase(UUID personId, UUID commandId);

    /** As {@link #erase(UUID, UUID)}, under an id of its own. */
    default Erased erase(UUID personId) {
        return erase(personId, UUID.randomUUID());
    }

    /**
     * Takes a whole ticket out for good: its row, its events, assignments, resolutions and feedback, and what an adoption kept
     * aside of it. That a ticket of this id was, who purged it and when stays in the table {@code ticket_purge}, and nothing of
     * what it held. It is found by nobody any more, and counts in no figures. Its id is not used again: the opening that made it, sent again, is refused with the
     * {@link Conflict} {@code ticket.purged}, and so is its import ({@code ticket.purged} of the report). A call of
     * four round trips: it waits for who works on the ticket.
     *
     * @throws TicketNotFound if there is no such ticket, also if it was purged under another command id
     */
    void purge(UUID ticketId, UUID commandId);

    /** As {@link #purge(UUID, UUID)}, under an id of its own. */
    default void purge(UUID ticketId) {
        purge(ticketId, UUID.randomUUID());
    }

    /**
     * Purges tickets that were closed before a moment and are closed still, those first that were opened first: what a
     * host's scheduler calls until nothing is left, each call a transaction of its own. It waits for no ticket; one that
     * somebody works on is left to a later run. Sent again after a lost connection it purges what is left.
     *
     * @param before of the closing, not included; in the years 1 to 9999, less a day at either end
     * @param atMost how many, from 1 to 1,000
     * @throws InvalidInput for any other
     */
    Purged purgeClosed(Instant before, int atMost);

    /**
     * What an erasing did, and what it left to a reader. It looks for addresses and for first, last and whole names, in either order, without
     * regard to case, accents and the kind of apostrophe; for names in ASCII as whole words, for others anywhere, since many scripts have no
     * blanks between words. A single ASCII letter is not looked for. A text may mean somebody else of that name, and may mean the person
     * without naming them so.
     *
     * @param events how many have another name now, or another member
     * @param texts how many events and how many tickets, for their own texts and fields, hold a name or an address of the person still; none if
     *     the person had been erased before
     * @param tickets that hold them, the first thousand or somewhat more; ids only
     */
    record Erased(long events, long texts, List<UUID> tickets) implements AsJson {

        public Erased {
            tickets = Given.list("tickets", tickets);
        }
    }

    /**
     * What became of old tickets.
     *
     * @param tickets how many were purged by this call
     * @param more whether there are others like them
     */
    record Purged(int tickets, boolean more) implements AsJson {}

    /** Takes what somebody typed out of tickets. It asks for nothing by itself. */
    Redactions redactions();
}
