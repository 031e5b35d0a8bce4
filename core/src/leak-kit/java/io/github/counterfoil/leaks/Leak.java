package io.github.counterfoil.leaks;

import java.util.UUID;

/**
 * Something private in an answer to a customer.
 *
 * @param function whose answer it was
 * @param customerId who got it
 * @param ticketId which ticket was asked for
 * @param secret what it was: {@code note}, {@code custom field}, {@code e-mail of an agent}, …
 * @param canary what was found: a token, an id or a version
 */
public record Leak(String function, UUID customerId, UUID ticketId, String secret, String canary) {
    @Override
    public String toString() {
        return function + " gave customer " + customerId + " " + secret + " (" + canary + ", asked for ticket "
                + ticketId + ")";
    }
}
