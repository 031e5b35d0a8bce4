package io.github.counterfoil.error;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person whom a call names is not there: {@code worker.not_found} (also if deactivated), {@code customer.not_found},
 * {@code person.not_found} if it may be either, or {@code user.not_found} if the host's own table of users does not know the id.
 */
public final class PersonNotFound extends Refusal {
    private static final long serialVersionUID = 1L;

    private final UUID personId;

    public PersonNotFound(String kind, UUID personId) {
        this(kind, personId, null);
    }

    /** @param commandIndex of the command among several; null for the call as a whole */
    public PersonNotFound(String kind, UUID personId, @Nullable Integer commandIndex) {
        super(kind + ".not_found", "no " + kind + " " + personId, commandIndex);
        this.personId = personId;
    }

    public UUID personId() {
        return personId;
    }
}
