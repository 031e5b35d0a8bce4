/** Tickets as a plain Hibernate ORM model keeps them, with Envers for their history. */
@NullMarked
package io.github.counterfoil.benchmark.store.orm;

import org.jspecify.annotations.NullMarked;
