package io.github.counterfoil.internal.command;

import io.github.counterfoil.error.OutcomeUnknown;
import io.github.counterfoil.error.Unavailable;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * One call of several transactions. What breaks off after the first has stored a part: {@link Unavailable} would say that nothing
 * was. Called again, it goes on.
 */
public final class Steps {
    private final UUID commandId;
    private boolean stored;

    public Steps(UUID commandId) {
        this.commandId = commandId;
    }

    /** A step that stores something. */
    public <T> T store(Supplier<T> step) {
        T answer = read(step);
        stored = true;
        return answer;
    }

    /** A step that stores nothing. */
    public <T> T read(Supplier<T> step) {
        try {
            return step.get();
        } catch (Unavailable e) {
            // A transaction of the host's that has failed keeps nothing of any step.
            throw stored && !e.transactionFailed() ? new OutcomeUnknown(commandId) : e;
        } catch (OutcomeUnknown e) {
            throw new OutcomeUnknown(commandId);
        }
    }
}
