package io.github.counterfoil.people;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.internal.json.JsonFields;
import io.github.counterfoil.internal.json.JsonObject;
import io.github.counterfoil.json.AsJson;
import io.github.counterfoil.json.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A customer to register. The limits are checked when it is registered. */
public final class NewCustomer implements AsJson {
    private final UUID id;
    private final String email;
    private final String firstName;
    private final String lastName;
    private final @Nullable String preferredLanguage;

    private NewCustomer(UUID id, String email, String firstName, String lastName, @Nullable String preferredLanguage) {
        this.id = id;
        this.email = email;
        this.firstName = firstName;
        this.lastName = lastName;
        this.preferredLanguage = preferredLanguage;
    }

    /**
     * @param id the key in the table of users
     * @param email at most 254 characters, unique among customers without regard to the case of ASCII letters
     * @param firstName 1 to 100 code points on one line
     * @param lastName 1 to 100 code points on one line; empty for who has one name
     */
    public static NewCustomer of(UUID id, String email, String firstName, String lastName) {
        return new NewCustomer(id, email, firstName, lastName, null);
    }

    /** @param tag a BCP 47 tag of at most 35 characters; null if unknown */
    public NewCustomer preferredLanguage(@Nullable String tag) {
        return new NewCustomer(id, email, firstName, lastName, tag);
    }

    public UUID id() {
        return id;
    }

    public String email() {
        return email;
    }

    public String firstName() {
        return firstName;
    }

    public String lastName() {
        return lastName;
    }

    /** Null if unknown. */
    public @Nullable String preferredLanguage() {
        return preferredLanguage;
    }

    @Override
    public JsonValue json() {
        return JsonValue.parse(new JsonObject()
                .putAny("id", id)
                .putAny("email", email)
                .putAny("first_name", firstName)
                .putAny("last_name", lastName)
                .putAny("preferred_language", preferredLanguage)
                .text());
    }

    /**
     * What {@link #json()} gave.
     *
     * @throws InvalidInput if it is anything else
     */
    public static NewCustomer fromJson(JsonValue json) {
        JsonFields fields = JsonFields.of(json);
        return fields.done(new NewCustomer(
                fields.id("id"),
                fields.text("email"),
                fields.text("first_name"),
                fields.text("last_name"),
                fields.optionalText("preferred_language")));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NewCustomer that && parts().equals(that.parts());
    }

    @Override
    public int hashCode() {
        return parts().hashCode();
    }

    private List<@Nullable Object> parts() {
        return Arrays.asList(id, email, firstName, lastName, preferredLanguage);
    }

    @Override
    public String toString() {
        return "NewCustomer[" + id + "]";
    }
}
