package io.github.counterfoil.people;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.internal.given.Given;
import io.github.counterfoil.internal.json.JsonFields;
import io.github.counterfoil.internal.json.JsonObject;
import io.github.counterfoil.json.AsJson;
import io.github.counterfoil.json.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A customer.
 *
 * @param lastName empty for who has one name
 * @param communicationChannels every channel from which a ticket was opened for them, in order of first use; may be empty
 * @param preferredLanguage a BCP 47 tag, or what an import was given for it; empty if unknown
 * @param blocked whether the customer may write nothing: an administrator blocked them, or they were erased
 * @param placeholder whether an import made the customer up, because tickets name them and nobody had registered them
 */
public record Customer(
        UUID id,
        String email,
        String firstName,
        String lastName,
        List<String> communicationChannels,
        Optional<String> preferredLanguage,
        boolean blocked,
        boolean placeholder)
        implements AsJson {

    public Customer {
        communicationChannels = Given.list("communication_channels", communicationChannels);
    }

    @Override
    public String toString() {
        return "Customer[" + id + "]";
    }

    /**
     * What to change of a customer. The limits are those of {@link NewCustomer}. A changed e-mail moves the
     * {@code customer_email} of all their tickets with it and changes nobody's rights, which go by id.
     */
    public static final class Changes implements AsJson {
        private final @Nullable String email;
        private final @Nullable String firstName;
        private final @Nullable String lastName;
        private final @Nullable String preferredLanguage;

        private Changes(
                @Nullable String email,
                @Nullable String firstName,
                @Nullable String lastName,
                @Nullable String preferredLanguage) {
            this.email = email;
            this.firstName = firstName;
            this.lastName = lastName;
            this.preferredLanguage = preferredLanguage;
        }

        /** Nothing: what is not named stays as it is. */
        public static Changes none() {
            return new Changes(null, null, null, null);
        }

        public Changes email(String email) {
            return new Changes(Given.value("email", email), firstName, lastName, preferredLanguage);
        }

        public Changes name(String firstName, String lastName) {
            Given.both("first_name", firstName, "last_name", lastName);
            return new Changes(email, firstName, lastName, preferredLanguage);
        }

        public Changes preferredLanguage(String tag) {
            return new Changes(email, firstName, lastName, Given.value("preferred_language", tag));
        }

        /** Null if it stays as it is. */
        public @Nullable String email() {
            return email;
        }

        /** Null if it stays as it is. */
        public @Nullable String firstName() {
            return firstName;
        }

        /** Null if it stays as it is. */
        public @Nullable String lastName() {
            return lastName;
        }

        /** Null if it stays as it is. */
        public @Nullable String preferredLanguage() {
            return preferredLanguage;
        }

        /** This, a member for each thing that changes. */
        @Override
        public JsonValue json() {
            return JsonValue.parse(new JsonObject()
                    .putPresent("email", email)
                    .putPresent("first_name", firstName)
                    .putPresent("last_name", lastName)
                    .putPresent("preferred_language", preferredLanguage)
                    .text());
        }

        /**
         * What {@link #json()} gave. What is not there, or is {@code null}, stays as it is.
         *
         * @throws InvalidInput if it is anything else
         */
        public static Changes fromJson(JsonValue json) {
            JsonFields fields = JsonFields.of(json);
            return fields.done(new Changes(
                    fields.optionalText("email"),
                    fields.optionalText("first_name"),
                    fields.optionalText("last_name"),
                    fields.optionalText("preferred_language")));
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Changes that && parts().equals(that.parts());
        }

        @Override
        public int hashCode() {
            return parts().hashCode();
        }

        private List<@Nullable Object> parts() {
            return Arrays.asList(email, firstName, lastName, preferredLanguage);
        }

        @Override
        public String toString() {
            return "Customer.Changes";
        }
    }
}
