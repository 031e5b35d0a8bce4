/** Customers and workers as rows. */
@NullMarked
package io.github.counterfoil.internal.people;

import org.jspecify.annotations.NullMarked;
