package io.github.counterfoil.ticket;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a ticket starts with. The limits are checked when it is opened.
 *
 * @param title 1 to 500 code points on one line
 * @param description not blank, at most 4 MiB in UTF-8
 * @param priority {@link Priority#MEDIUM} unless said otherwise
 * @param channel where the ticket comes from, 1 to 64 code points; null if unknown
 * @param tags at most 50 of 1 to 64 code points; a repeated tag counts once. Only agents set them
 */
public record NewTicket(
        String title,
        String description,
        Priority priority,
        @Nullable String channel,
        List<String> tags) {

    public NewTicket {
        // Not List.copyOf: a null among them is a fault to be reported with the others.
        tags = Collections.unmodifiableList(new ArrayList<>(tags));
    }

    public static NewTicket of(String title, String description) {
        return new NewTicket(title, description, Priority.MEDIUM, null, List.of());
    }

    public NewTicket priority(Priority priority) {
        return new NewTicket(title, description, priority, channel, tags);
    }

    public NewTicket channel(String channel) {
        return new NewTicket(title, description, priority, channel, tags);
    }

    public NewTicket tags(String... tags) {
        return new NewTicket(title, description, priority, channel, Arrays.asList(tags));
    }

    @Override
    public String toString() {
        return "NewTicket[" + priority + "]";
    }
}
