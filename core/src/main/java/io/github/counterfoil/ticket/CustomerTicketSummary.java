package io.github.counterfoil.ticket;

import io.github.counterfoil.internal.given.Given;
import io.github.counterfoil.json.AsJson;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A ticket as a list of its customer's shows it: what {@link CustomerTicket} holds, but for the description and the feedback. All of
 * it follows from public events.
 *
 * @param number for people to say, as #1042
 * @param title untrusted text
 * @param sourceChannel where the ticket came from; empty if nobody said
 * @param assignedTo the agents who take care of it, named as the service's {@code AgentDisplay} says; may be empty
 * @param updatedAt the time of the last event that customers see, or of opening
 * @param statusSince when the ticket got the status that it has
 * @param firstResponseAt when an agent first answered; empty if none has
 * @param closedAt when it was closed; empty while it is not
 * @param lastWritten the last message; empty if there is none
 * @param unread how many messages of others came after what the reader has marked as read, counted among the last 100
 *     events
 * @param version the number of the last event that customers see, 0 if there is none: what {@code expecting} takes
 * @param fragment where the query's text is found, of all texts the one that fits best; empty where the query has none
 */
public record CustomerTicketSummary(
        UUID id,
        long number,
        String title,
        TicketStatus status,
        Priority priority,
        Optional<String> sourceChannel,
        List<String> assignedTo,
        Instant createdAt,
        Instant updatedAt,
        Instant statusSince,
        Optional<Instant> firstResponseAt,
        Optional<Instant> closedAt,
        Optional<Written> lastWritten,
        int unread,
        int version,
        Optional<Fragment> fragment)
        implements AsJson {

    public CustomerTicketSummary {
        assignedTo = Given.list("assigned_to", assignedTo);
    }

    @Override
    public String toString() {
        return "CustomerTicketSummary[" + id + " " + status + " version " + version + "]";
    }

    /**
     * Who wrote, and when.
     *
     * @param name an agent's as the service's {@code AgentDisplay} says
     * @param agent whether an agent did
     */
    public record Written(String name, boolean agent, Instant at) implements AsJson {
        @Override
        public String toString() {
            return "Written[" + at + "]";
        }
    }
}
