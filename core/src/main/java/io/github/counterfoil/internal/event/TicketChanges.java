package io.github.counterfoil.internal.event;

import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.ticket.Participants;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.TicketStatus;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What events can do to a ticket, told as they tell it. Each answers the member of the event that does not fit what the
 * ticket was; null if the event fits.
 */
public interface TicketChanges {

    @Nullable
    String changeTitle(String oldValue, String newValue);

    @Nullable
    String changeDescription(String oldValue, String newValue);

    @Nullable
    String changePriority(Priority oldValue, Priority newValue);

    @Nullable
    String changeCustomer(UUID oldValue, UUID newValue);

    @Nullable
    String addTag(String tag);

    @Nullable
    String removeTag(String tag);

    @Nullable
    String addField(String name, JsonValue newValue);

    @Nullable
    String removeField(String name, JsonValue oldValue);

    /** @param seq of the event, which names a closing */
    @Nullable
    String changeStatus(TicketStatus oldValue, TicketStatus newValue, int seq, Instant at);

    @Nullable
    String assign(UUID workerId, Instant at);

    @Nullable
    String unassign(UUID workerId);

    @Nullable
    String addParticipant(UUID customerId, Participants.Kind kind);

    @Nullable
    String removeParticipant(UUID customerId, Participants.Kind kind);

    /** @param until null for no more */
    @Nullable
    String snooze(@Nullable Instant until);

    /** @param customerId who rates */
    @Nullable
    String rate(UUID customerId, int rating, @Nullable String comment, Instant at);
}
