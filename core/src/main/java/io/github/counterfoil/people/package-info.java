/** Customers and workers: registering, reading and updating them. */
@NullMarked
package io.github.counterfoil.people;

import org.jspecify.annotations.NullMarked;
