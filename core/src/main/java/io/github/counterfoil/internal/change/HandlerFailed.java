package io.github.counterfoil.internal.change;

import io.github.counterfoil.error.CounterfoilException;

/** Carries what the host's code threw past what knows the database's errors alone. */
final class HandlerFailed extends CounterfoilException {
    private static final long serialVersionUID = 1L;

    private final RuntimeException hosts;

    HandlerFailed(RuntimeException hosts) {
        super("handler.failed", "the handler failed");
        this.hosts = hosts;
    }

    RuntimeException hosts() {
        return hosts;
    }
}
