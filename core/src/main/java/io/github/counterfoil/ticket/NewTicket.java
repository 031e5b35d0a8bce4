package io.github.counterfoil.ticket;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.internal.given.Given;
import io.github.counterfoil.internal.json.JsonFields;
import io.github.counterfoil.internal.json.JsonObject;
import io.github.counterfoil.json.AsJson;
import io.github.counterfoil.json.JsonValue;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a ticket starts with. The limits are checked when it is opened. */
public final class NewTicket implements AsJson {
    private final String title;
    private final String description;
    private final Priority priority;
    private final @Nullable String channel;
    private final List<String> tags;
    private final Map<String, JsonValue> customFields;
    private final @Nullable Reference reference;

    private NewTicket(
            String title,
            String description,
            Priority priority,
            @Nullable String channel,
            List<String> tags,
            Map<String, JsonValue> customFields,
            @Nullable Reference reference) {
        this.title = title;
        this.description = description;
        this.priority = priority;
        this.channel = channel;
        this.tags = Given.held("tags", tags);
        this.customFields = Collections.unmodifiableMap(sorted(customFields));
        this.reference = reference;
    }

    /**
     * @param title 1 to 500 code points on one line, without blanks at its ends and anything invisible: {@link CleanText}
     *     makes one
     * @param description not blank, at most 4 MiB in UTF-8
     */
    public static NewTicket of(String title, String description) {
        return new NewTicket(title, description, Priority.MEDIUM, null, List.of(), Map.of(), null);
    }

    /** {@link Priority#MEDIUM} unless said otherwise. */
    public NewTicket priority(Priority priority) {
        return new NewTicket(title, description, priority, channel, tags, customFields, reference);
    }

    /** @param channel where the ticket comes from, 1 to 64 code points; null if unknown */
    public NewTicket channel(@Nullable String channel) {
        return new NewTicket(title, description, priority, channel, tags, customFields, reference);
    }

    /** @param tags at most 50 of 1 to 64 code points; a repeated tag counts once. Only agents set them */
    public NewTicket tags(String... tags) {
        return new NewTicket(title, description, priority, channel, Given.held("tags", tags), customFields, reference);
    }

    /** One custom field more, within the limits of {@code setField}. Only agents set them. */
    public NewTicket field(String name, JsonValue value) {
        Map<String, JsonValue> fields = sorted(customFields);
        fields.put(name, value);
        return new NewTicket(title, description, priority, channel, tags, fields, reference);
    }

    /** All custom fields in place of those that were set, as {@link #field} sets one. */
    public NewTicket customFields(Map<String, JsonValue> fields) {
        return new NewTicket(title, description, priority, channel, tags, fields, reference);
    }

    /**
     * Its id in another system. If that was given before, nothing is opened: the answer is the ticket on which it is, or on an event of
     * which, as it is now and whatever is in this one. That takes a second statement, and finds no ticket if who opens may not see it any
     * more.
     */
    public NewTicket reference(Reference reference) {
        return new NewTicket(
                title, description, priority, channel, tags, customFields, Given.value("reference", reference));
    }

    public String title() {
        return title;
    }

    public String description() {
        return description;
    }

    public Priority priority() {
        return priority;
    }

    /** Null if unknown. */
    public @Nullable String channel() {
        return channel;
    }

    /** In the order in which they were given; may be empty. */
    public List<String> tags() {
        return tags;
    }

    /** By name; may be empty. */
    public Map<String, JsonValue> customFields() {
        return customFields;
    }

    /** Null for none. */
    public @Nullable Reference reference() {
        return reference;
    }

    @Override
    public JsonValue json() {
        return JsonValue.parse(new JsonObject()
                .putAny("title", title)
                .putAny("description", description)
                .putAny("priority", priority)
                .putAny("channel", channel)
                .putAny("tags", tags)
                .putAny("custom_fields", customFields)
                .putAny("reference", reference)
                .text());
    }

    /**
     * What {@link #json()} gave.
     *
     * @throws InvalidInput if it is anything else
     */
    public static NewTicket fromJson(JsonValue json) {
        JsonFields fields = JsonFields.of(json);
        Priority given = fields.optionalConstant("priority", Priority.class);
        return fields.done(new NewTicket(
                fields.text("title"),
                fields.text("description"),
                given == null ? Priority.MEDIUM : given,
                fields.optionalText("channel"),
                fields.texts("tags"),
                fields.object("custom_fields"),
                fields.optional("reference", Reference::fromJson)));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NewTicket that && parts().equals(that.parts());
    }

    @Override
    public int hashCode() {
        return parts().hashCode();
    }

    /** A name or a value that is missing is a fault to be reported with the others. */
    private static Map<String, JsonValue> sorted(Map<String, JsonValue> fields) {
        Map<String, JsonValue> sorted = new TreeMap<>(Comparator.nullsFirst(Comparator.naturalOrder()));
        sorted.putAll(Given.value("custom_fields", fields));
        return sorted;
    }

    private List<@Nullable Object> parts() {
        return Arrays.asList(title, description, priority, channel, tags, customFields, reference);
    }

    @Override
    public String toString() {
        return "NewTicket[" + priority + "]";
    }
}
