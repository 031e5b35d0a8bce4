/** Customers and workers: their values, checked, and their rows. */
@NullMarked
package io.github.counterfoil.internal.people;

import org.jspecify.annotations.NullMarked;
