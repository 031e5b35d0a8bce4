/** Ids of other systems. */
@NullMarked
package io.github.counterfoil.internal.reference;

import org.jspecify.annotations.NullMarked;
