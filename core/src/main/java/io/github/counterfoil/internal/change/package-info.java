/** The feeds of changes on PostgreSQL. */
@NullMarked
package io.github.counterfoil.internal.change;

import org.jspecify.annotations.NullMarked;
