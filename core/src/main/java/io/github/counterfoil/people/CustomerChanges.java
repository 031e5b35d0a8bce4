package io.github.counterfoil.people;

import org.jspecify.annotations.Nullable;

/**
 * What to change of a customer; a null stays as it is. The limits are those of {@link NewCustomer}. A changed e-mail moves
 * the {@code customer_email} of all their tickets with it and changes nobody's rights, which go by id.
 */
public record CustomerChanges(
        @Nullable String email,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String preferredLanguage) {

    public static CustomerChanges none() {
        return new CustomerChanges(null, null, null, null);
    }

    public CustomerChanges email(String email) {
        return new CustomerChanges(email, firstName, lastName, preferredLanguage);
    }

    public CustomerChanges name(String firstName, String lastName) {
        return new CustomerChanges(email, firstName, lastName, preferredLanguage);
    }

    public CustomerChanges preferredLanguage(String tag) {
        return new CustomerChanges(email, firstName, lastName, tag);
    }

    @Override
    public String toString() {
        return "CustomerChanges";
    }
}
