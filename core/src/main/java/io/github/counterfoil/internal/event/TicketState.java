package io.github.counterfoil.internal.event;

import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Participants;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.TicketStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a ticket is after some of its events: it starts as opened, and each event moves it on. The same rules as in the
 * functions of the schema that write tickets. All events make what the staff sees, and those that customers see make what
 * they see, each by itself: an event fits if it fits what one of those was who see it.
 */
public final class TicketState implements TicketChanges {

    /** A worker's record of one closing. */
    public record Resolution(int closedSeq, UUID workerId, String title, Instant assignedAt, Instant resolvedAt) {}

    /**
     * A customer's record of one closing.
     *
     * @param hidden whether the staff alone sees it
     */
    public record Rating(
            int closedSeq,
            UUID customerId,
            int rating,
            @Nullable String comment,
            Instant submittedAt,
            boolean hidden) {}

    /** A closing, or a reopening, as the staff sees it. */
    public record Turn(int seq, boolean closes, Instant at) {}

    private final Seen all;
    private final Seen shown;
    private UUID customerId;
    private final Map<UUID, Participants.Kind> participants = new HashMap<>();
    private final Set<String> tags;
    private final Map<String, JsonValue> fields = new TreeMap<>();
    private final List<Resolution> resolutions = new ArrayList<>();
    private final TreeMap<Integer, Rating> ratings = new TreeMap<>();
    private final List<Turn> turns = new ArrayList<>();

    private @Nullable Instant snoozedUntil;

    /** Whether customers see the event that is being applied. */
    private boolean shows;

    private @Nullable Instant shownAt;

    public TicketState(NewTicket start, UUID customerId) {
        this.all = new Seen(start);
        this.shown = new Seen(start);
        this.customerId = customerId;
        this.tags = new LinkedHashSet<>(start.tags());
        this.fields.putAll(start.customFields());
    }

    /**
     * Moves on by one event.
     *
     * @param shownAt the event's time as customers see it, which is that of their feedback; null if they do not see it
     * @return the member of the event that does not fit what the ticket is; null if the event fits
     */
    public @Nullable String apply(TicketEvent event, @Nullable Instant shownAt) {
        shows = shownAt != null;
        this.shownAt = shownAt;
        write(event);
        return OwnTypes.of(event).change(this, event, shownAt == null ? event.createdAt() : shownAt);
    }

    private void write(TicketEvent event) {
        if (event.type().equals("message") && event.author().role() == Role.CUSTOMER) {
            snoozedUntil = null;
        }
        if (event.type().equals("message") || event.type().equals("note-added")) {
            all.writtenSeq(event.seq());
            if (shows) {
                shown.writtenSeq(event.seq());
            }
        }
    }

    @Override
    public @Nullable String changeTitle(String oldValue, String newValue) {
        return change(Seen::title, Seen::title, oldValue, newValue);
    }

    @Override
    public @Nullable String changeDescription(String oldValue, String newValue) {
        return change(Seen::description, Seen::description, oldValue, newValue);
    }

    @Override
    public @Nullable String changePriority(Priority oldValue, Priority newValue) {
        return change(Seen::priority, Seen::priority, oldValue, newValue);
    }

    @Override
    public @Nullable String changeCustomer(UUID oldValue, UUID newValue) {
        String misfit = misfit(customerId, oldValue, newValue);
        customerId = newValue;
        // Whose ticket it is takes part by that alone.
        participants.remove(newValue);
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
        TicketStatus before = all.status();
        String misfit = change(Seen::status, Seen::status, oldValue, newValue);
        if (newValue != before) {
            if (newValue == TicketStatus.CLOSED || before == TicketStatus.CLOSED) {
                turns.add(new Turn(seq, newValue == TicketStatus.CLOSED, at));
            }
            all.closedSeq(newValue == TicketStatus.CLOSED ? seq : 0);
            all.changedStatus(at);
            if (newValue == TicketStatus.CLOSED) {
                snoozedUntil = null;
                all.assigned()
                        .forEach((workerId, assignedAt) ->
                                resolutions.add(new Resolution(seq, workerId, all.title(), assignedAt, at)));
            }
        }
        if (shownAt != null) {
            shown.changedStatus(shownAt);
            // A closing that customers are told of later than the staff is the staff's.
            shown.closedSeq(all.closedSeq());
        }
        return newValue == TicketStatus.NEW ? "new_value" : misfit;
    }

    @Override
    public @Nullable String assign(UUID workerId, Instant at) {
        boolean fits = all.assigned().putIfAbsent(workerId, at) == null;
        if (shows) {
            fits |= shown.assigned().putIfAbsent(workerId, at) == null;
        }
        return fits ? null : "agent_id";
    }

    @Override
    public @Nullable String unassign(UUID workerId) {
        boolean fits = all.assigned().remove(workerId) != null;
        if (shows) {
            fits |= shown.assigned().remove(workerId) != null;
        }
        return fits ? null : "agent_id";
    }

    @Override
    public @Nullable String addParticipant(UUID added, Participants.Kind kind) {
        return !added.equals(customerId) && participants.putIfAbsent(added, kind) == null ? null : "customer_id";
    }

    @Override
    public @Nullable String removeParticipant(UUID removed, Participants.Kind kind) {
        return participants.remove(removed, kind) ? null : "customer_id";
    }

    @Override
    public @Nullable String snooze(@Nullable Instant until) {
        boolean changes = all.status() != TicketStatus.CLOSED && !Objects.equals(snoozedUntil, until);
        if (changes) {
            snoozedUntil = until;
        }
        return changes ? null : "until";
    }

    /** What customers are shown rates the closing that they see, if they have not rated it yet. */
    @Override
    public @Nullable String rate(UUID rater, int rating, @Nullable String comment, Instant at) {
        int closing = shows && isUnrated(shown.closedSeq()) ? shown.closedSeq() : all.closedSeq();
        if (!isUnrated(closing)) {
            return "rating";
        }
        ratings.put(closing, new Rating(closing, rater, rating, comment, at, !shows));
        return null;
    }

    /** What the staff alone sees of a closing makes room for what the customer says. */
    private boolean isUnrated(int closing) {
        Rating before = ratings.get(closing);
        return closing > 0 && (before == null || shows && before.hidden());
    }

    private <T> @Nullable String change(Function<Seen, T> part, BiConsumer<Seen, T> setter, T oldValue, T newValue) {
        String misfit = misfit(part.apply(all), oldValue, newValue);
        if (shows) {
            misfit = misfit(part.apply(shown), oldValue, newValue) == null ? null : misfit;
            setter.accept(shown, newValue);
        }
        setter.accept(all, newValue);
        return misfit;
    }

    /** Of two values that were both redacted nobody can tell that they differed. */
    private static @Nullable String misfit(Object current, Object oldValue, Object newValue) {
        boolean changes = !current.equals(newValue) || newValue.equals(TicketEvent.REDACTED);
        return !current.equals(oldValue) ? "old_value" : changes ? null : "new_value";
    }

    /** As the staff sees the ticket. */
    public Seen all() {
        return all;
    }

    /** As its customer sees it. */
    public Seen shown() {
        return shown;
    }

    public UUID customerId() {
        return customerId;
    }

    /** Who takes part beside whose it is. */
    public Map<UUID, Participants.Kind> participants() {
        return participants;
    }

    /** Until when it is put off, be that over or not; null if it is not. */
    public @Nullable Instant snoozedUntil() {
        return snoozedUntil;
    }

    public Set<String> tags() {
        return tags;
    }

    public Map<String, JsonValue> fields() {
        return fields;
    }

    public List<Resolution> resolutions() {
        return resolutions;
    }

    /** In their order. */
    public List<Turn> turns() {
        return turns;
    }

    /** One at most for each closing, in their order. */
    public Collection<Rating> ratings() {
        return ratings.values();
    }

    /** The one that the staff sees beside the ticket. */
    public Optional<Rating> lastRating() {
        return Optional.ofNullable(ratings.lastEntry()).map(Map.Entry::getValue);
    }
}
