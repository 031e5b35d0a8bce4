package io.github.counterfoil.ticket;

import io.github.counterfoil.json.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a ticket starts with. The limits are checked when it is opened.
 *
 * @param title 1 to 500 code points on one line
 * @param description not blank, at most 4 MiB in UTF-8
 * @param priority {@link Priority#MEDIUM} unless said otherwise
 * @param channel where the ticket comes from, 1 to 64 code points; null if unknown
 * @param tags at most 50 of 1 to 64 code points; a repeated tag counts once. Only agents set them
 * @param customFields what the ticket's custom fields hold from the start, within the limits of {@code setField}. Only
 *     agents set them
 */
public record NewTicket(
        String title,
        String description,
        Priority priority,
        @Nullable String channel,
        List<String> tags,
        Map<String, JsonValue> customFields) {

    public NewTicket {
        // Not List.copyOf: a null among them is a fault to be reported with the others.
        tags = Collections.unmodifiableList(new ArrayList<>(tags));
        customFields = Collections.unmodifiableMap(new TreeMap<>(customFields));
    }

    public static NewTicket of(String title, String description) {
        return new NewTicket(title, description, Priority.MEDIUM, null, List.of(), Map.of());
    }

    public NewTicket priority(Priority priority) {
        return new NewTicket(title, description, priority, channel, tags, customFields);
    }

    public NewTicket channel(String channel) {
        return new NewTicket(title, description, priority, channel, tags, customFields);
    }

    public NewTicket tags(String... tags) {
        return new NewTicket(title, description, priority, channel, Arrays.asList(tags), customFields);
    }

    public NewTicket field(String name, JsonValue value) {
        Map<String, JsonValue> fields = new TreeMap<>(customFields);
        fields.put(name, value);
        return new NewTicket(title, description, priority, channel, tags, fields);
    }

    @Override
    public String toString() {
        return "NewTicket[" + priority + "]";
    }
}
