package io.github.counterfoil.internal.access;

import io.github.counterfoil.error.Refusal;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.internal.refusal.Refused;
import java.util.UUID;

/** Who acts or reads, and on which side of the counter: a person who is both is one of the two at a time. */
public record Actor(Role role, UUID id) {

    /**
     * The refusal of somebody who is not registered on their side, or not active.
     *
     * @param onTheOtherSide whether they are registered there
     */
    Refusal unknown(boolean onTheOtherSide) {
        String otherSide = isCustomer() ? "actor.is_worker" : "actor.is_customer";
        return new Refused(onTheOtherSide ? otherSide : "actor.unknown", null, null, id, null).exception();
    }

    public boolean isCustomer() {
        return role == Role.CUSTOMER;
    }
}
