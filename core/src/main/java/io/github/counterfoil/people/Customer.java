package io.github.counterfoil.people;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

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

    /**
     * What to change of a customer; a null stays as it is. The limits are those of {@link NewCustomer}. A changed e-mail moves
     * the {@code customer_email} of all their tickets with it and changes nobody's rights, which go by id.
     */
    public record Changes(
            @Nullable String email,
            @Nullable String firstName,
            @Nullable String lastName,
            @Nullable String preferredLanguage) {

        public static Changes none() {
            return new Changes(null, null, null, null);
        }

        public Changes email(String email) {
            return new Changes(email, firstName, lastName, preferredLanguage);
        }

        public Changes name(String firstName, String lastName) {
            return new Changes(email, firstName, lastName, preferredLanguage);
        }

        public Changes preferredLanguage(String tag) {
            return new Changes(email, firstName, lastName, tag);
        }

        @Override
        public String toString() {
            return "CustomerChanges";
        }
    }
}
