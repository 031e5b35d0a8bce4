package io.github.counterfoil.error;

/**
 * A call that Counterfoil did not carry out, for a reason that lies in the call or in what is stored. Nothing was stored, and
 * a transaction of the host's stays usable: PostgreSQL gave an answer, no error.
 *
 * <p>Spring marks a transaction as failed when an unchecked exception leaves a {@code @Transactional} method, also if a
 * caller inside the same transaction catches it. {@code @Transactional(noRollbackFor = Refusal.class)} on that method
 * leaves the decision to the caller.
 */
public abstract class Refusal extends CounterfoilException {
    private static final long serialVersionUID = 1L;

    protected Refusal(String code, String message) {
        super(code, message);
    }
}
