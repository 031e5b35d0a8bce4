package io.github.counterfoil.internal.change;

import io.github.counterfoil.error.CounterfoilException;

/** Carries what the host's code threw past what knows the database's errors alone. */
final class HandlerFailed extends CounterfoilException {
    private static final long serialVersionUID = 1L;

    private final Exception hosts;

    HandlerFailed(Exception hosts) {
        super("handler.failed", "the handler failed");
        this.hosts = hosts;
    }

    /** What the handler threw: unchecked, or what it declares. */
    @SuppressWarnings("unchecked")
    static <X extends Exception> X hosts(HandlerFailed failed) throws X {
        if (failed.hosts instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        return (X) failed.hosts;
    }
}
