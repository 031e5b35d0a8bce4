package io.github.counterfoil.internal.access;

import io.github.counterfoil.event.Role;
import java.util.UUID;

/** Who acts or reads, and on which side of the counter: a person who is both is one of the two at a time. */
public record Actor(Role role, UUID id) {

    public boolean isCustomer() {
        return role == Role.CUSTOMER;
    }
}
