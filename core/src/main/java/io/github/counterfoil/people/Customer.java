package io.github.counterfoil.people;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A customer.
 *
 * @param communicationChannels every channel that one of their tickets came from, in order of first use; may be empty
 * @param preferredLanguage a BCP 47 tag; empty if unknown
 */
public record Customer(
        UUID id,
        String email,
        String firstName,
        String lastName,
        List<String> communicationChannels,
        Optional<String> preferredLanguage) {

    public Customer {
        communicationChannels = List.copyOf(communicationChannels);
    }

    @Override
    public String toString() {
        return "Customer[" + id + "]";
    }
}
