package io.github.counterfoil.internal.event;

import org.jspecify.annotations.Nullable;

/**
 * An event for whoever looks after the histories themselves: without the text of messages and notes.
 *
 * @param publicSeq its number among those that customers see; null if they do not see it
 * @param authorKnown whether its author is registered in the role that it names
 */
public record StoredEvent(EventRow row, @Nullable Integer publicSeq, boolean authorKnown) {}
