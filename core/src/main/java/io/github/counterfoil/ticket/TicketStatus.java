package io.github.counterfoil.ticket;

import io.github.counterfoil.json.AsJson;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The documented statuses. Any may follow any other, but none leads back to {@link #NEW}. */
public enum TicketStatus implements AsJson {
    /** Created, not yet assigned to support staff. */
    NEW,
    /** Assigned and being worked on. */
    OPEN,
    /** Waiting for the customer's reply. */
    PENDING,
    /** Resolved. */
    CLOSED;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The documented value: the name in lower case. */
    public String wireName() {
        return wireName;
    }

    /** The status of a documented value; empty if none has it. */
    public static Optional<TicketStatus> ofWireName(@Nullable String wireName) {
        for (TicketStatus status : values()) {
            if (status.wireName.equals(wireName)) {
                return Optional.of(status);
            }
        }
        return Optional.empty();
    }
}
