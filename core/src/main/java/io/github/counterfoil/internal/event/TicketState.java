package io.github.counterfoil.internal.event;

import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.TicketStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a ticket is after some of its events: it starts as opened, and each event moves it on. The same rules as in the
 * functions of the schema that write tickets.
 */
public final class TicketState implements TicketChanges {

    /** A worker's record of one closing. */
    public record Resolution(int closedSeq, UUID workerId, String title, Instant assignedAt, Instant resolvedAt) {}

    /** A customer's record of one closing. */
    public record Rating(
            int closedSeq,
            UUID customerId,
            int rating,
            @Nullable String comment,
            Instant submittedAt) {}

    private String title;
    private String description;
    private TicketStatus status = TicketStatus.NEW;
    private Priority priority;
    private UUID customerId;
    private int closedSeq;
    private final Set<String> tags;
    private final Map<String, JsonValue> fields = new TreeMap<>();
    private final Map<UUID, Instant> assignments = new LinkedHashMap<>();
    private final List<Resolution> resolutions = new ArrayList<>();
    private final List<Rating> ratings = new ArrayList<>();

    public TicketState(NewTicket start, UUID customerId) {
        this.title = start.title();
        this.description = start.description();
        this.priority = start.priority();
        this.customerId = customerId;
        this.tags = new LinkedHashSet<>(start.tags());
        this.fields.putAll(start.customFields());
    }

    /**
     * Moves on by one event that customers see at its own time, if at all.
     *
     * @return the member of the event that does not fit what the ticket is; null if the event fits
     */
    public @Nullable String apply(TicketEvent event) {
        return apply(event, event.createdAt());
    }

    /**
     * Moves on by one event.
     *
     * @param shownAt the event's time as customers see it, which is that of feedback
     * @return the member of the event that does not fit what the ticket is; null if the event fits
     */
    public @Nullable String apply(TicketEvent event, Instant shownAt) {
        return OwnTypes.of(event).change(this, event, shownAt);
    }

    @Override
    public @Nullable String changeTitle(String oldValue, String newValue) {
        String misfit = misfit(title, oldValue, newValue);
        title = newValue;
        return misfit;
    }

    @Override
    public @Nullable String changeDescription(String oldValue, String newValue) {
        String misfit = misfit(description, oldValue, newValue);
        description = newValue;
        return misfit;
    }

    @Override
    public @Nullable String changePriority(Priority oldValue, Priority newValue) {
        String misfit = misfit(priority, oldValue, newValue);
        priority = newValue;
        return misfit;
    }

    @Override
    public @Nullable String changeCustomer(UUID oldValue, UUID newValue) {
        String misfit = misfit(customerId, oldValue, newValue);
        customerId = newValue;
        return misfit;
    }

    @Override
    public @Nullable String addTag(String tag) {
        return tags.add(tag) ? null : "tag";
    }

    @Override
    public @Nullable String removeTag(String tag) {
        return tags.remove(tag) ? null : "tag";
    }

    @Override
    public @Nullable String addField(String name, JsonValue newValue) {
        return fields.putIfAbsent(name, newValue) == null ? null : "field_name";
    }

    @Override
    public @Nullable String removeField(String name, JsonValue oldValue) {
        return fields.remove(name, oldValue) ? null : "old_value";
    }

    @Override
    public @Nullable String changeStatus(TicketStatus oldValue, TicketStatus newValue, int seq, Instant at) {
        String misfit = newValue == TicketStatus.NEW ? "new_value" : misfit(status, oldValue, newValue);
        status = newValue;
        closedSeq = status == TicketStatus.CLOSED ? seq : 0;
        if (status == TicketStatus.CLOSED) {
            assignments.forEach(
                    (workerId, assignedAt) -> resolutions.add(new Resolution(seq, workerId, title, assignedAt, at)));
        }
        return misfit;
    }

    @Override
    public @Nullable String assign(UUID workerId, Instant at) {
        return assignments.putIfAbsent(workerId, at) == null ? null : "agent_id";
    }

    @Override
    public @Nullable String unassign(UUID workerId) {
        return assignments.remove(workerId) != null ? null : "agent_id";
    }

    @Override
    public @Nullable String rate(int rating, @Nullable String comment, Instant at) {
        if (closedSeq == 0 || ratings.stream().anyMatch(one -> one.closedSeq() == closedSeq)) {
            return "rating";
        }
        ratings.add(new Rating(closedSeq, customerId, rating, comment, at));
        return null;
    }

    /** Of two values that were both redacted nobody can tell that they differed. */
    private static @Nullable String misfit(Object current, Object oldValue, Object newValue) {
        boolean changes = !current.equals(newValue) || newValue.equals(TicketEvent.REDACTED);
        return !current.equals(oldValue) ? "old_value" : changes ? null : "new_value";
    }

    public String title() {
        return title;
    }

    public String description() {
        return description;
    }

    public TicketStatus status() {
        return status;
    }

    public Priority priority() {
        return priority;
    }

    public UUID customerId() {
        return customerId;
    }

    /** The {@code seq} of the event that closed the ticket; 0 while it is not closed. */
    public int closedSeq() {
        return closedSeq;
    }

    public Set<String> tags() {
        return tags;
    }

    public Map<String, JsonValue> fields() {
        return fields;
    }

    /** Who is assigned, and since when. */
    public Map<UUID, Instant> assignments() {
        return assignments;
    }

    public List<Resolution> resolutions() {
        return resolutions;
    }

    public List<Rating> ratings() {
        return ratings;
    }
}
