package io.github.counterfoil.internal.document;

import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.internal.event.EventTypes;
import io.github.counterfoil.internal.event.TicketChanges;
import io.github.counterfoil.internal.ticket.Beginning;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Participants;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.TicketStatus;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a ticket started with, for one that comes without its beginning: the first event that changes a part tells what it
 * was, and a part that none changes was always as it is.
 */
final class DeducedBeginning implements TicketChanges {
    private @Nullable String title;
    private @Nullable String description;
    private @Nullable Priority priority;
    private @Nullable UUID customerId;
    private final Map<String, Boolean> tags = new LinkedHashMap<>();
    private final Map<String, Optional<JsonValue>> fields = new LinkedHashMap<>();

    private DeducedBeginning() {}

    /**
     * Follows the history.
     *
     * @param now what the ticket is after all its events
     * @param customerNow whose it is now
     */
    static Beginning of(List<TicketEvent> events, NewTicket now, UUID customerNow) {
        DeducedBeginning before = new DeducedBeginning();
        events.forEach(event -> EventTypes.change(before, event));
        return new Beginning(
                NewTicket.of(
                                Objects.requireNonNullElse(before.title, now.title()),
                                Objects.requireNonNullElse(before.description, now.description()))
                        .priority(Objects.requireNonNullElse(before.priority, now.priority()))
                        .channel(now.channel())
                        .tags(before.tags(now.tags()))
                        .customFields(before.fields(now.customFields())),
                Objects.requireNonNullElse(before.customerId, customerNow));
    }

    /** In the order of now; where those stood that are gone, nothing tells. */
    private String[] tags(List<String> now) {
        return Stream.concat(
                        now.stream().filter(tag -> tags.getOrDefault(tag, true)),
                        tags.keySet().stream().filter(tag -> !now.contains(tag) && tags.getOrDefault(tag, false)))
                .toArray(String[]::new);
    }

    private Map<String, JsonValue> fields(Map<String, JsonValue> now) {
        Map<String, JsonValue> start = new TreeMap<>(now);
        fields.forEach((name, value) -> value.ifPresentOrElse(one -> start.put(name, one), () -> start.remove(name)));
        return start;
    }

    @Override
    public @Nullable String changeTitle(String oldValue, String newValue) {
        title = Objects.requireNonNullElse(title, oldValue);
        return null;
    }

    @Override
    public @Nullable String changeDescription(String oldValue, String newValue) {
        description = Objects.requireNonNullElse(description, oldValue);
        return null;
    }

    @Override
    public @Nullable String changePriority(Priority oldValue, Priority newValue) {
        priority = Objects.requireNonNullElse(priority, oldValue);
        return null;
    }

    @Override
    public @Nullable String changeCustomer(UUID oldValue, UUID newValue) {
        customerId = Objects.requireNonNullElse(customerId, oldValue);
        return null;
    }

    @Override
    public @Nullable String addTag(String tag) {
        tags.putIfAbsent(tag, false);
        return null;
    }

    @Override
    public @Nullable String removeTag(String tag) {
        tags.putIfAbsent(tag, true);
        return null;
    }

    @Override
    public @Nullable String addField(String name, JsonValue newValue) {
        fields.putIfAbsent(name, Optional.empty());
        return null;
    }

    @Override
    public @Nullable String removeField(String name, JsonValue oldValue) {
        fields.putIfAbsent(name, Optional.of(oldValue));
        return null;
    }

    @Override
    public @Nullable String changeStatus(TicketStatus oldValue, TicketStatus newValue, int seq, Instant at) {
        return null;
    }

    @Override
    public @Nullable String assign(UUID workerId, Instant at) {
        return null;
    }

    @Override
    public @Nullable String unassign(UUID workerId) {
        return null;
    }

    @Override
    public @Nullable String addParticipant(UUID added, Participants.Kind kind) {
        return null;
    }

    @Override
    public @Nullable String removeParticipant(UUID removed, Participants.Kind kind) {
        return null;
    }

    @Override
    public @Nullable String snooze(@Nullable Instant until) {
        return null;
    }

    @Override
    public @Nullable String rate(UUID rater, int rating, @Nullable String comment, Instant at) {
        return null;
    }
}
