package io.github.counterfoil.internal.people;

import jakarta.validation.groups.Default;

/** The constraints that hold when a person is registered, beside those that always hold. */
public interface Registration extends Default {}
