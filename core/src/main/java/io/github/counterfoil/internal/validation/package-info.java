/** Constraints on the values of commands and of people, and how they are run. */
@NullMarked
package io.github.counterfoil.internal.validation;

import org.jspecify.annotations.NullMarked;
