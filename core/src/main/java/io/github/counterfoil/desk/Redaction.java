package io.github.counterfoil.desk;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.internal.given.Given;
import io.github.counterfoil.internal.json.JsonFields;
import io.github.counterfoil.internal.json.JsonObject;
import io.github.counterfoil.json.AsJson;
import io.github.counterfoil.json.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is to be taken out of a ticket: members of one event, or of what the ticket started with, which no event tells.
 *
 * <p>Members have the names of the documented JSON: {@code content} of a message or a note, {@code attachments[0]} for one
 * attachment by its place and {@code attachments} for all, {@code old_value} and {@code new_value} of a title, a description or a
 * field, {@code comment} of feedback, {@code reason} of a failed delivery or of a redaction, and any member of an event of the
 * host's own type but {@code version}. What a ticket is made of cannot be taken out: statuses, priorities, ratings, people, tags
 * and the names of fields.
 */
public final class Redaction implements AsJson {
    private final @Nullable UUID eventId;
    private final @Nullable List<String> members;
    private final @Nullable String reason;

    private Redaction(@Nullable UUID eventId, @Nullable List<String> members, @Nullable String reason) {
        this.eventId = eventId;
        this.members = members;
        this.reason = reason;
    }

    /** @param members of the event, 1 to 200 names */
    public static Redaction of(UUID eventId, String... members) {
        return new Redaction(Given.value("event_id", eventId, "members", members), names(members), null);
    }

    private static List<String> names(String[] members) {
        return Given.list("members", Arrays.asList(Given.value("members", members)));
    }

    /** All that somebody typed into the event. */
    public static Redaction ofEverythingIn(UUID eventId) {
        return new Redaction(Given.value("event_id", eventId), null, null);
    }

    /** @param members {@code title}, {@code description}, or {@code custom_fields.name} for a field; 1 to 200 */
    public static Redaction ofBeginning(String... members) {
        return new Redaction(null, names(members), null);
    }

    /** The title, the description and the values of all fields with which the ticket started. */
    public static Redaction ofWholeBeginning() {
        return new Redaction(null, null, null);
    }

    /** @param reason why, for the staff alone: 1 to 500 code points on one line; null for none */
    public Redaction reason(@Nullable String reason) {
        return new Redaction(eventId, members, reason);
    }

    /** Empty for what the ticket started with. */
    public Optional<UUID> eventId() {
        return Optional.ofNullable(eventId);
    }

    /** As the names are in {@link TicketEvent#redacted()}; empty for all that somebody typed. */
    public Optional<List<String>> members() {
        return Optional.ofNullable(members);
    }

    /** Null if none was given. */
    public @Nullable String reason() {
        return reason;
    }

    @Override
    public JsonValue json() {
        return JsonValue.parse(new JsonObject()
                .putAny("event_id", eventId)
                .putAny("members", members)
                .putAny("reason", reason)
                .text());
    }

    /**
     * What {@link #json()} gave.
     *
     * @throws InvalidInput if it is anything else
     */
    public static Redaction fromJson(JsonValue json) {
        JsonFields fields = JsonFields.of(json);
        // Nothing is to be redacted because a name was left out: null says that it is the beginning.
        fields.value("event_id");
        UUID event = fields.optionalId("event_id");
        List<String> names = fields.has("members") ? fields.texts("members") : null;
        return fields.done(new Redaction(event, names, fields.optionalText("reason")));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Redaction that && parts().equals(that.parts());
    }

    @Override
    public int hashCode() {
        return parts().hashCode();
    }

    private List<@Nullable Object> parts() {
        return Arrays.asList(eventId, members, reason);
    }

    @Override
    public String toString() {
        return "Redaction[" + (eventId == null ? "beginning" : eventId) + "]";
    }
}
