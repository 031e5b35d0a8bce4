package io.github.counterfoil.error;

/**
 * Who acts may not do this: {@code actor.unknown} if the desk's person is not registered or deactivated,
 * {@code actor.not_admin} if it takes an administrator,
 * {@code transition.not_allowed} if the workflow forbids the move, {@code status.not_allowed} if the ticket's status does.
 */
public final class NotAllowed extends Refusal {
    private static final long serialVersionUID = 1L;

    public NotAllowed(String code, String message) {
        super(code, message);
    }
}
