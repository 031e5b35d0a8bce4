package io.github.counterfoil.internal.people;

import io.github.counterfoil.internal.validation.Email;
import io.github.counterfoil.internal.validation.Language;
import io.github.counterfoil.internal.validation.Line;
import io.github.counterfoil.internal.validation.TextRules;
import io.github.counterfoil.people.Customer;
import io.github.counterfoil.people.NewCustomer;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A customer to be registered, where all but the language is needed, or to be changed, where nothing is. */
public record CustomerFields(
        @NotNull(message = "required") UUID id,

        @NotNull(message = "required", groups = Registration.class) @Email @Nullable
        String email,

        @NotNull(message = "required", groups = Registration.class) @Line(max = TextRules.MAX_NAME) @Nullable
        String firstName,

        @NotNull(message = "required", groups = Registration.class)
        @Line(max = TextRules.MAX_NAME, optional = true)
        @Nullable
        String lastName,

        @Language @Nullable String preferredLanguage) {

    public static CustomerFields of(NewCustomer customer) {
        return new CustomerFields(
                customer.id(),
                customer.email(),
                customer.firstName(),
                customer.lastName(),
                customer.preferredLanguage());
    }

    public static CustomerFields of(UUID id, Customer.Changes changes) {
        return new CustomerFields(
                id, changes.email(), changes.firstName(), changes.lastName(), changes.preferredLanguage());
    }
}
