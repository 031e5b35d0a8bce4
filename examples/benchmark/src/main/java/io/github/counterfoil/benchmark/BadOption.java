package io.github.counterfoil.benchmark;

/** What was asked for cannot be done. */
final class BadOption extends RuntimeException {
    private static final long serialVersionUID = 1;

    BadOption(String message) {
        super(message);
    }
}
