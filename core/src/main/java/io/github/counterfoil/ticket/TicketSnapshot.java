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
 * What a ticket was at a moment of the past, rebuilt from its events.
 *
 * @param version the {@code seq} of the last event that had happened, 0 if none had
 * @param at the time of that event, or of opening
 * @param tags in the order in which they were added; may be empty
 * @param customFields by name; may be empty
 * @param snoozedUntil the moment until which it was put off, which may have passed by then; empty if it was not
 * @param assigneeIds in the order of assignment; may be empty
 */
public record TicketSnapshot(
        UUID ticketId,
        int version,
        Instant at,
        String title,
        String description,
        TicketStatus status,
        Priority priority,
        UUID customerId,
        List<String> tags,
        Map<String, JsonValue> customFields,
        Optional<Instant> snoozedUntil,
        List<UUID> assigneeIds)
        implements AsJson {

    public TicketSnapshot {
        tags = Given.list("tags", tags);
        customFields = Given.members("custom_fields", customFields);
        assigneeIds = Given.list("assignee_ids", assigneeIds);
    }

    @Override
    public String toString() {
        return "TicketSnapshot[" + ticketId + " " + status + " version " + version + "]";
    }
}
