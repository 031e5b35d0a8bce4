package io.github.counterfoil.internal.event;

import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.internal.access.AgentName;
import io.github.counterfoil.internal.json.StoredJson;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code ticket_event}.
 *
 * @param number the event's number on the side of who reads: {@code seq} for agents, {@code public_seq} for customers
 * @param agent the worker whom an assignment names; null for other types and where not asked for
 */
public record EventRow(
        UUID ticketId,
        int number,
        UUID id,
        String type,
        Instant createdAt,
        UUID createdBy,
        String firstName,
        String lastName,
        Role role,
        Visibility visibility,
        StoredJson body,
        @Nullable AgentName agent) {

    EventRow naming(AgentName worker) {
        return new EventRow(
                ticketId, number, id, type, createdAt, createdBy, firstName, lastName, role, visibility, body, worker);
    }
}
