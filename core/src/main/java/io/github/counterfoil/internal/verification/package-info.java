/** Rebuilds tickets from their events and compares. */
@NullMarked
package io.github.counterfoil.internal.verification;

import org.jspecify.annotations.NullMarked;
