package io.github.counterfoil.error;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

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

    private final @Nullable Integer commandIndex;

    protected Refusal(String code, String message) {
        this(code, message, null);
    }

    /** @param commandIndex of the command among several; null for the call as a whole */
    protected Refusal(String code, String message, @Nullable Integer commandIndex) {
        super(code, commandIndex == null ? message : message + " (commands[" + commandIndex + "])");
        this.commandIndex = commandIndex;
    }

    /**
     * Which of several commands of a call was refused, counted from 0. Empty if the call had one alone or was refused as a whole,
     * and for {@link InvalidInput}, whose faults name their places.
     */
    public OptionalInt commandIndex() {
        return commandIndex == null ? OptionalInt.empty() : OptionalInt.of(commandIndex);
    }
}
