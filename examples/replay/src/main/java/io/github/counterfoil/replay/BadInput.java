package io.github.counterfoil.replay;

/** The input cannot be replayed; the message names the place and what is wrong there. */
final class BadInput extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadInput(String message) {
        super(message);
    }
}
