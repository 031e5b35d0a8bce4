package io.github.counterfoil.packaged;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.constraints.NotNull;

/** What a host means by {@code @NotNull} in its own classes: nothing is good enough. */
public final class HostsOwnRule implements ConstraintValidator<NotNull, String> {
    @Override
    public boolean isValid(String value, ConstraintValidatorContext context) {
        return false;
    }
}
