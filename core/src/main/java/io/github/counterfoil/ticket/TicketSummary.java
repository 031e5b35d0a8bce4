package io.github.counterfoil.ticket;

import io.github.counterfoil.internal.given.Given;
import io.github.counterfoil.json.AsJson;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A ticket as a list of the staff's shows it: what {@link Ticket} holds, but for the description, the custom fields and the
 * feedback.
 *
 * @param number for people to say, as #1042
 * @param title untrusted text
 * @param tags in the order in which they were added; may be empty
 * @param sourceChannel where the ticket came from; empty if nobody said
 * @param assignedTo in the order of assignment; may be empty
 * @param customer whose ticket it is, as they are now
 * @param updatedAt the time of the last event, or of opening
 * @param statusSince when the ticket got the status that it has
 * @param firstResponseAt when an agent first answered; empty if none has
 * @param closedAt when it was closed; empty while it is not
 * @param snoozedUntil the moment until which it was put off, which may have passed since; empty if it was not, or was brought back before
 * @param lastWritten the last message or note; empty if there is none
 * @param unread how many messages and notes of others came after what the reader has marked as read, counted among the last 100
 *     events
 * @param version the {@code seq} of the last event, 0 if there is none: what {@code expecting} takes
 * @param fragment where the query's text is found, of all texts the one that fits best; empty where the query has none
 */
public record TicketSummary(
        UUID id,
        long number,
        String title,
        TicketStatus status,
        Priority priority,
        List<String> tags,
        Optional<String> sourceChannel,
        List<Ticket.Assignee> assignedTo,
        Requester customer,
        Instant createdAt,
        Instant updatedAt,
        Instant statusSince,
        Optional<Instant> firstResponseAt,
        Optional<Instant> closedAt,
        Optional<Instant> snoozedUntil,
        Optional<Written> lastWritten,
        int unread,
        int version,
        Optional<Fragment> fragment)
        implements AsJson {

    public TicketSummary {
        tags = Given.list("tags", tags);
        assignedTo = Given.list("assigned_to", assignedTo);
    }

    @Override
    public String toString() {
        return "TicketSummary[" + id + " " + status + " version " + version + "]";
    }

    /** The customer whose ticket it is. */
    public record Requester(UUID id, String firstName, String lastName, String email) implements AsJson {
        @Override
        public String toString() {
            return "Requester[" + id + "]";
        }
    }

    /**
     * Who wrote, and when.
     *
     * @param firstName as in the history
     * @param lastName as in the history
     * @param agent whether an agent did
     * @param note whether it is for the staff alone
     */
    public record Written(UUID authorId, String firstName, String lastName, boolean agent, boolean note, Instant at)
            implements AsJson {
        @Override
        public String toString() {
            return "Written[" + authorId + " " + at + "]";
        }
    }
}
