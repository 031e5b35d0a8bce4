package io.github.counterfoil.ticket;

import java.util.Locale;

/** The documented statuses. Any may follow any other, but none leads back to {@link #NEW}. */
public enum TicketStatus {
    /** Created, not yet assigned to support staff. */
    NEW,
    /** Assigned and being worked on. */
    OPEN,
    /** Waiting for the customer's reply. */
    PENDING,
    /** Resolved. */
    CLOSED;

    /** The documented value: the name in lower case. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
