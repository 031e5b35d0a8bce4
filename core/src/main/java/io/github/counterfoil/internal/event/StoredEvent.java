package io.github.counterfoil.internal.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event for whoever looks after the histories themselves: without a body on which no state depends.
 *
 * @param publicSeq its number among those that customers see; null if they do not see it
 * @param publicAt its time as customers see it; null if they do not see it
 * @param authorKnown whether its author is registered in the role that it names
 * @param size of its whole body, in bytes
 * @param position where it stands among the changes
 * @param unfit the first of its columns that holds what no event has; null if all are well, or not looked at
 */
public record StoredEvent(
        EventRow row,
        @Nullable Integer publicSeq,
        @Nullable Instant publicAt,
        boolean authorKnown,
        int size,
        long position,
        @Nullable String unfit) {}
