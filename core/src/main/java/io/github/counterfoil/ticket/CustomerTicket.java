package io.github.counterfoil.ticket;

import io.github.counterfoil.internal.given.Given;
import io.github.counterfoil.json.AsJson;
import io.github.counterfoil.people.AgentDisplay;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A ticket as its customer sees it: what its public events make of it. There are no notes, custom fields, tags, ids or addresses of agents here, and neither
 * the version nor the time of change moves when something private happens.
 *
 * @param number short, for people to say; it tells roughly how many tickets there are, of all customers, and nothing else
 * @param title untrusted text
 * @param description untrusted text
 * @param feedback the customer's latest; empty if there is none
 * @param sourceChannel where the ticket came from; empty if nobody said
 * @param updatedAt the time of the last event that customers see, or of opening
 * @param assignedTo the agents who take care of it, named as the service's {@link AgentDisplay} says; may be empty
 * @param statusSince when the ticket got the status that it has
 * @param firstResponseAt when an agent first answered; empty if none has
 * @param closedAt when it was closed; empty while it is not
 * @param lastWritten the last message; empty if there is none
 * @param version the number of the last event that customers see, 0 if there is none: what {@code expecting} takes
 */
public record CustomerTicket(
        UUID id,
        long number,
        String title,
        String description,
        TicketStatus status,
        Priority priority,
        Optional<Feedback> feedback,
        Optional<String> sourceChannel,
        Instant createdAt,
        Instant updatedAt,
        List<String> assignedTo,
        Instant statusSince,
        Optional<Instant> firstResponseAt,
        Optional<Instant> closedAt,
        Optional<CustomerTicketSummary.Written> lastWritten,
        int version)
        implements AsJson {

    public CustomerTicket {
        assignedTo = Given.list("assigned_to", assignedTo);
    }

    @Override
    public String toString() {
        return "CustomerTicket[" + id + " " + status + " version " + version + "]";
    }

    /**
     * What a customer said of a resolution.
     *
     * @param rating 1 to 5
     * @param comment null if there is none; untrusted text
     */
    public record Feedback(int rating, @Nullable String comment, Instant submittedAt) implements AsJson {
        @Override
        public String toString() {
            return "Feedback[" + submittedAt + "]";
        }
    }
}
