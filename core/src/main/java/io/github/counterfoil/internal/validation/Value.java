package io.github.counterfoil.internal.validation;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.TYPE_USE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** A JSON value: {@link ValueRules#value}. A null passes: {@code NotNull} refuses it where it must. */
@Target({FIELD, TYPE_USE})
@Retention(RUNTIME)
@Constraint(validatedBy = Constraints.ValueValidator.class)
public @interface Value {
    String message() default "invalid";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** In bytes of UTF-8. */
    long max() default ValueRules.MAX_VALUE_BYTES;

    /** Whether only an object will do. */
    boolean object() default false;
}
