package io.github.counterfoil.people;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A customer to register. The limits are checked when it is registered.
 *
 * @param id the key in the table of users
 * @param email at most 254 characters, unique among customers without regard to the case of ASCII letters
 * @param firstName 1 to 100 code points on one line
 * @param lastName 1 to 100 code points on one line
 * @param preferredLanguage a BCP 47 tag of at most 35 characters; null if unknown
 */
public record NewCustomer(
        UUID id,
        String email,
        String firstName,
        String lastName,
        @Nullable String preferredLanguage) {

    public static NewCustomer of(UUID id, String email, String firstName, String lastName) {
        return new NewCustomer(id, email, firstName, lastName, null);
    }

    public NewCustomer preferredLanguage(String tag) {
        return new NewCustomer(id, email, firstName, lastName, tag);
    }

    @Override
    public String toString() {
        return "NewCustomer[" + id + "]";
    }
}
