package io.github.counterfoil.desk;

import io.github.counterfoil.error.CommandIdReused;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.NotAllowed;
import io.github.counterfoil.error.OutcomeUnknown;
import io.github.counterfoil.error.PersonNotFound;
import io.github.counterfoil.error.TicketNotFound;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.json.AsJson;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Takes what somebody typed out of tickets, for good: a card number in a message, an attachment's description, an old title. The
 * event stays with its id, place, time and author; {@link TicketEvent#REDACTED} stands in the place of what is gone, which
 * {@link TicketEvent#redacted()} names. An {@code event-redacted} by the administrator is appended to the ticket and tells what
 * was taken out of which event and why: to customers, without the reason, where they had seen it, and to the staff alone otherwise.
 * Of a type that the host registered the staff alone is told; the event itself names to customers those of its members that they see.
 * One call appends two where it took out something of either kind.
 *
 * <p>It goes out of all that repeats it, in the same statement: the ticket itself, the event that replaced a value and the one that
 * brought it, what the ticket started with, resolutions, feedback. So do digests from which it could be guessed: whoever sends the
 * command again that had brought it is refused, as {@code command_id.redacted}. The same words typed a second time are another
 * value. Backups, replicas, and what a host copied elsewhere, are the host's to look after.
 *
 * <p>Every method throws {@link NotAllowed} ({@code actor.not_admin}) if the worker whose desk it is is not an active
 * administrator.
 */
public interface Redactions {

    /**
     * Takes out of one ticket what the redaction names: one round trip. What is gone already is not told again; if all of it is,
     * nothing is stored, and the outcome is {@link CommandResult.Outcome#UNCHANGED}.
     *
     * @param commandId made by the caller once for the call, not once for each try, as for commands
     * @throws InvalidInput also {@code event_id.unknown} if the ticket has no such event, {@code members.unknown} if it has no such
     *     member, and {@code members.not_allowed} for one that the ticket is made of, and for the old value of a private event
     *     that its customer sees: that goes with the update that brought it, or with the beginning
     * @throws TicketNotFound if there is no such ticket
     * @throws CommandIdReused if the id was used for another content
     * @throws OutcomeUnknown if the connection was lost and nobody knows
     */
    CommandResult<TicketEvent> redact(UUID ticketId, Redaction redaction, UUID commandId);

    /** As {@link #redact(UUID, Redaction, UUID)}, under an id of its own. */
    default CommandResult<TicketEvent> redact(UUID ticketId, Redaction redaction) {
        return redact(ticketId, redaction, UUID.randomUUID());
    }

    /**
     * Takes out of all tickets all that a person typed: their events, but for the old values of titles and the like, which they
     * replaced and did not type, and the beginnings of tickets that they opened. Of their own
     * redactions an administrator's reasons stay. A ticket after another, in the order of their ids, each by itself in one round trip
     * or more: each within the deadline. What was done stays done if it ends early; called again, under the same id or another, it
     * goes on. What the person writes while it runs may stay: erase or block them first.
     *
     * @param reason for each ticket, as that of {@link Redaction#reason(String)}
     * @return under the same id the same as at the end of the first call, and what came since
     * @throws PersonNotFound {@code person.not_found}
     * @throws OutcomeUnknown if a connection was lost and nobody knows what became of the last ticket: call it again
     */
    Report redactAll(UUID personId, @Nullable String reason, UUID commandId);

    /** As {@link #redactAll(UUID, String, UUID)}, without a reason and under an id of its own. */
    default Report redactAll(UUID personId) {
        return redactAll(personId, null, UUID.randomUUID());
    }

    /**
     * What became of all that a person typed.
     *
     * @param tickets in how many something was taken out
     * @param redactions how many events tell of it
     */
    record Report(long tickets, long redactions) implements AsJson {}
}
