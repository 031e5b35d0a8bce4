package io.github.counterfoil.error;

import org.jspecify.annotations.Nullable;

/**
 * Who acts may not do this: {@code actor.unknown} if the desk's person is not registered or deactivated,
 * {@code actor.is_worker} if a customer's desk was asked for with the id of a worker who is no customer,
 * {@code actor.is_customer} if a worker's was with the id of a customer who is no worker,
 * {@code actor.blocked} if a customer was blocked, {@code actor.not_admin} if it takes an administrator,
 * {@code transition.not_allowed} if the workflow forbids the move, {@code status.not_allowed} if the ticket's status does.
 */
public final class NotAllowed extends Refusal {
    private static final long serialVersionUID = 1L;

    public NotAllowed(String code, String message) {
        this(code, message, null);
    }

    /** @param commandIndex of the command among several; null for the call as a whole */
    public NotAllowed(String code, String message, @Nullable Integer commandIndex) {
        super(code, message, commandIndex);
    }
}
