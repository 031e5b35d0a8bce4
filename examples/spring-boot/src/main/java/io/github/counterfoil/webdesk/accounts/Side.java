package io.github.counterfoil.webdesk.accounts;

/** The side of the counter at which somebody stands. */
public enum Side {
    AGENT,
    CUSTOMER
}
