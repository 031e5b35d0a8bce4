package io.github.counterfoil.error;

import java.util.UUID;

/**
 * Something that may exist only once exists: {@code email.taken}, {@code person.exists} or {@code feedback.exists}.
 */
public final class Conflict extends CounterfoilException {
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
