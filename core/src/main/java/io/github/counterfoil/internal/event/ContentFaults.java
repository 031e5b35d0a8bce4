package io.github.counterfoil.internal.event;

import io.github.counterfoil.internal.validation.Problem;
import org.jspecify.annotations.Nullable;

/** Takes what is wrong with the members of an event that comes from elsewhere. */
@FunctionalInterface
public interface ContentFaults {

    /** @param problem null if the member is as it should be */
    void add(String member, @Nullable Problem problem);
}
