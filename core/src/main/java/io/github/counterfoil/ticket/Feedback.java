package io.github.counterfoil.ticket;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a customer said of a resolution.
 *
 * @param rating 1 to 5
 * @param comment null if there is none; untrusted text
 */
public record Feedback(int rating, @Nullable String comment, Instant submittedAt) {
    @Override
    public String toString() {
        return "Feedback[" + submittedAt + "]";
    }
}
