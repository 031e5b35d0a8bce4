package io.github.counterfoil.internal.access;

import io.github.counterfoil.error.NotAllowed;
import io.github.counterfoil.event.Role;
import java.util.UUID;

/** Who acts or reads, and on which side of the counter: a person who is both is one of the two at a time. */
public record Actor(Role role, UUID id) {

    /** The refusal of somebody who is not registered on their side, or not active. */
    public NotAllowed unknown() {
        return new NotAllowed("actor.unknown", "not an active " + this);
    }

    public boolean isCustomer() {
        return role == Role.CUSTOMER;
    }
}
