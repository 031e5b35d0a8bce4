/** A host that keeps its own data with Hibernate ORM, and tickets in the same transactions. */
@NullMarked
package io.github.counterfoil.hibernate;

import org.jspecify.annotations.NullMarked;
