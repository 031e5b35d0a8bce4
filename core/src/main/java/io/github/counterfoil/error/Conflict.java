package io.github.counterfoil.error;

import java.util.UUID;

/**
 * The call does not go with what is there: {@code email.taken}, {@code person.exists}, {@code feedback.exists},
 * {@code ticket.busy}, {@code ticket.full}, or {@code worker.active} where a worker must be deactivated first.
 */
public final class Conflict extends Refusal {
    private static final long serialVersionUID = 1L;

    private final UUID id;

    public Conflict(String code, UUID id) {
        super(code, code + " " + id);
        this.id = id;
    }

    /** The person or the ticket that the call named. */
    public UUID id() {
        return id;
    }
}
