package io.github.counterfoil.internal.ticket;

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
 * function {@code apply_command}, for histories that come from elsewhere.
 */
public final class TicketState {

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
     * @param customerTime the event's time as customers see it, which is that of feedback
     * @return the member of the event that does not fit what the ticket is; null if the event fits
     */
    public @Nullable String apply(TicketEvent event, Instant customerTime) {
        if (event instanceof TicketEvent.StatusUpdate e) {
            return changeStatus(e);
        } else if (event instanceof TicketEvent.FieldAdded e) {
            return fields.putIfAbsent(e.fieldName(), e.newValue()) == null ? null : "field_name";
        } else if (event instanceof TicketEvent.FieldRemoved e) {
            return fields.remove(e.fieldName(), e.oldValue()) ? null : "old_value";
        } else if (event instanceof TicketEvent.AssignmentAdded e) {
            return assignments.putIfAbsent(e.agentId(), e.createdAt()) == null ? null : "agent_id";
        } else if (event instanceof TicketEvent.AssignmentRemoved e) {
            return assignments.remove(e.agentId()) != null ? null : "agent_id";
        } else if (event instanceof TicketEvent.FeedbackSubmitted e) {
            return rate(e, customerTime);
        }
        return applyExtension(event);
    }

    private @Nullable String applyExtension(TicketEvent event) {
        if (event instanceof TicketEvent.PriorityUpdate e) {
            String misfit = misfit(priority, e.oldValue(), e.newValue());
            priority = e.newValue();
            return misfit;
        } else if (event instanceof TicketEvent.TitleUpdate e) {
            String misfit = misfit(title, e.oldValue(), e.newValue());
            title = e.newValue();
            return misfit;
        } else if (event instanceof TicketEvent.DescriptionUpdate e) {
            String misfit = misfit(description, e.oldValue(), e.newValue());
            description = e.newValue();
            return misfit;
        } else if (event instanceof TicketEvent.CustomerUpdate e) {
            String misfit = misfit(customerId, e.oldValue(), e.newValue());
            customerId = e.newValue();
            return misfit;
        } else if (event instanceof TicketEvent.TagAdded e) {
            return tags.add(e.tag()) ? null : "tag";
        } else if (event instanceof TicketEvent.TagRemoved e) {
            return tags.remove(e.tag()) ? null : "tag";
        }
        // Messages, notes and the host's own types change nothing but the history.
        return null;
    }

    private @Nullable String changeStatus(TicketEvent.StatusUpdate event) {
        String misfit =
                event.newValue() == TicketStatus.NEW ? "new_value" : misfit(status, event.oldValue(), event.newValue());
        status = event.newValue();
        closedSeq = status == TicketStatus.CLOSED ? event.seq() : 0;
        if (status == TicketStatus.CLOSED) {
            assignments.forEach((workerId, assignedAt) ->
                    resolutions.add(new Resolution(event.seq(), workerId, title, assignedAt, event.createdAt())));
        }
        return misfit;
    }

    private @Nullable String rate(TicketEvent.FeedbackSubmitted event, Instant submittedAt) {
        if (closedSeq == 0 || ratings.stream().anyMatch(rating -> rating.closedSeq() == closedSeq)) {
            return "rating";
        }
        ratings.add(new Rating(closedSeq, customerId, event.rating(), event.comment(), submittedAt));
        return null;
    }

    private static @Nullable String misfit(Object current, Object oldValue, Object newValue) {
        return !current.equals(oldValue) ? "old_value" : current.equals(newValue) ? "new_value" : null;
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
