package io.github.counterfoil.internal.validation;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** A time zone that PostgreSQL reads as Java does: {@link ZoneRules#zone}. A null passes: {@code NotNull} refuses it where it must. */
@Target(FIELD)
@Retention(RUNTIME)
@Constraint(validatedBy = Constraints.TimezoneValidator.class)
public @interface Timezone {
    String message() default "ambiguous";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
