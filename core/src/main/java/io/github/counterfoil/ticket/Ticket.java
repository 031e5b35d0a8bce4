package io.github.counterfoil.ticket;

import io.github.counterfoil.internal.given.Given;
import io.github.counterfoil.json.AsJson;
import io.github.counterfoil.json.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A ticket as the staff sees it: the documented columns but for the history, which is read in pages.
 *
 * @param number short, for people to say: given once, to no other ticket, and larger than those of tickets that were opened before
 * @param title untrusted text
 * @param description untrusted text
 * @param tags in the order in which they were added; may be empty
 * @param customFields by name; may be empty
 * @param feedback the customer's latest; empty if there is none
 * @param sourceChannel where the ticket came from; empty if nobody said
 * @param updatedAt the time of the last event, or of opening
 * @param customerEmail the customer's address as it is now
 * @param assignedTo in the order of assignment; stays when the ticket is closed; may be empty
 * @param statusSince when the ticket got the status that it has
 * @param firstResponseAt when an agent first answered; empty if none has
 * @param closedAt when it was closed; empty while it is not
 * @param snoozedUntil the moment until which it was put off, which may have passed since; empty if it was not, or was brought back before
 * @param lastWritten the last message or note; empty if there is none
 * @param version the {@code seq} of the last event, 0 if there is none: what {@code expecting} takes
 */
public record Ticket(
        UUID id,
        long number,
        String title,
        String description,
        TicketStatus status,
        Priority priority,
        List<String> tags,
        Map<String, JsonValue> customFields,
        Optional<CustomerTicket.Feedback> feedback,
        Optional<String> sourceChannel,
        Instant createdAt,
        Instant updatedAt,
        UUID createdBy,
        UUID customerId,
        String customerEmail,
        List<Assignee> assignedTo,
        Instant statusSince,
        Optional<Instant> firstResponseAt,
        Optional<Instant> closedAt,
        Optional<Instant> snoozedUntil,
        Optional<TicketSummary.Written> lastWritten,
        int version)
        implements AsJson {

    public Ticket {
        tags = Given.list("tags", tags);
        customFields = Given.members("custom_fields", customFields);
        assignedTo = Given.list("assigned_to", assignedTo);
    }

    @Override
    public String toString() {
        return "Ticket[" + id + " " + status + " version " + version + "]";
    }

    /**
     * A worker who is assigned to a ticket: an element of the documented {@code assigned_to}.
     *
     * @param firstName as it is now
     * @param lastName as it is now
     */
    public record Assignee(UUID id, String firstName, String lastName) implements AsJson {
        @Override
        public String toString() {
            return "Assignee[" + id + "]";
        }
    }
}
